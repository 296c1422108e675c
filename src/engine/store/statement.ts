import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.js';

/** Runs statements that are compiled already: a Kysely, or a shorter way to the same connection. */
export interface Runner {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<{ readonly rows: readonly Row[] }>;
  /**
   * Runs a statement once for each list of parameters, in one go. Only a database within this process has it: elsewhere
   * each run costs a round trip.
   */
  runEach?(text: string, lists: readonly (readonly unknown[])[]): void;
}

/** One connection, by both of its ways. */
export interface Connection {
  /** For queries that Kysely builds each time. */
  readonly db: Kysely<Tables>;
  /** For each {@link Statement}. */
  readonly runner: Runner;
}

/** A parameter whose value is known only when the statement runs. */
export class ToldAtRun<Given = unknown> {
  /** @param of gives the value, from what the statement is run with */
  constructor(readonly of: (given: Given) => unknown) {}

  /** How the driver of PostgreSQL asks a parameter for its value, in a query that is no {@link Statement}. */
  toPostgres(): unknown {
    return this.of(undefined as Given);
  }
}

/** Makes the place of a value in a statement that is yet to be run. */
export type Tell<Given> = <Value>(of: (given: Given) => Value) => RawBuilder<Value>;

/** Makes a query, with places in it for the values that are known when it runs. */
type Build<Given, Row> = (tell: Tell<Given>, db: Kysely<Tables>) => { compile(db: Kysely<Tables>): CompiledQuery<Row> };

/**
 * A query whose text is made once: building it anew for every read costs as much as the database takes to answer.
 *
 * @example
 * const byId = new Statement((tell: Tell<string>, db) => db.selectFrom('instance').selectAll().where('id', '=', tell((id) => id)));
 * const rows = await byId.run(connection, '10000000-0000-4000-8000-000000000001');
 */
export class Statement<Given, Row> {
  readonly #build: Build<Given, Row>;
  #compiled: CompiledQuery<Row> | undefined;

  constructor(build: Build<Given, Row>) {
    this.#build = build;
  }

  /** Runs it, and returns its rows. */
  async run({ db, runner }: Connection, given: Given): Promise<readonly Row[]> {
    const compiled = this.#compile(db);
    const { rows } = await runner.executeQuery<Row>({ ...compiled, parameters: parametersOf(compiled, given) });
    return rows;
  }

  /** Runs it for each thing in turn. For connections that have `runEach` alone. */
  runEach({ db, runner }: Connection, things: readonly Given[]): void {
    const compiled = this.#compile(db);
    const lists = things.map((thing) => parametersOf(compiled, thing));
    runner.runEach?.(compiled.sql, lists);
  }

  #compile(db: Kysely<Tables>): CompiledQuery<Row> {
    this.#compiled ??= this.#build((of) => sql`${new ToldAtRun(of)}`, db).compile(db);
    return this.#compiled;
  }
}

function parametersOf<Given>({ parameters }: CompiledQuery<unknown>, given: Given): readonly unknown[] {
  return parameters.map((value) => (value instanceof ToldAtRun ? value.of(given) : value));
}

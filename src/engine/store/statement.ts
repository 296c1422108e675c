import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.js';

/** What runs statements that are compiled already: a Kysely, or less. */
export interface Runner {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<{ readonly rows: readonly Row[] }>;
}

/** A parameter whose value is told when the statement runs. */
export class ToldAtRun<Given = unknown> {
  /** @param of tells it, by what the statement is run with */
  constructor(readonly of: (given: Given) => unknown) {}

  /** How the driver of PostgreSQL asks a parameter for its value, in a query that is no {@link Statement}. */
  toPostgres(): unknown {
    return this.of(undefined as Given);
  }
}

/** The one parameter of a statement that a database within this process runs once for each of several things. */
export class ForEach {
  constructor(
    readonly parameters: readonly unknown[],
    readonly things: readonly unknown[],
  ) {}
}

/** Makes the place of a value in a statement that is yet to be run. */
export type Tell<Given> = <Value>(of: (given: Given) => Value) => RawBuilder<Value>;

/** Makes a query, with places in it for what is told when it runs. */
type Build<Given, Row> = (tell: Tell<Given>, db: Kysely<Tables>) => { compile(db: Kysely<Tables>): CompiledQuery<Row> };

/**
 * A query whose text is made once: building it anew for every read costs as much as the database takes to answer.
 *
 * @example
 * const byId = new Statement((tell: Tell<string>, db) => db.selectFrom('instance').selectAll().where('id', '=', tell((id) => id)));
 * const rows = await byId.run(db, '10000000-0000-4000-8000-000000000001');
 */
export class Statement<Given, Row> {
  readonly #build: Build<Given, Row>;
  #compiled: CompiledQuery<Row> | undefined;

  constructor(build: Build<Given, Row>) {
    this.#build = build;
  }

  /**
   * Runs it.
   *
   * @param runner what it is run by where that is another than what it is written for
   */
  async run(db: Kysely<Tables>, given: Given, runner: Runner = db): Promise<readonly Row[]> {
    const compiled = this.#compile(db);
    const parameters = compiled.parameters.map((value) => (value instanceof ToldAtRun ? value.of(given) : value));
    const { rows } = await runner.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  }

  /** Runs it for each thing in turn, where the database is within this process: all are bound and run in one go. */
  async runEach(db: Kysely<Tables>, things: readonly Given[]): Promise<void> {
    const compiled = this.#compile(db);
    await db.executeQuery({ ...compiled, parameters: [new ForEach(compiled.parameters, things)] });
  }

  #compile(db: Kysely<Tables>): CompiledQuery<Row> {
    this.#compiled ??= this.#build((of) => sql`${new ToldAtRun(of)}`, db).compile(db);
    return this.#compiled;
  }
}

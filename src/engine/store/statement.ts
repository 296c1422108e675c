import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.js';

/** Runs compiled statements: a Kysely, or a faster way to the same connection. */
export interface Runner {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<{ readonly rows: readonly Row[] }>;
  /**
   * Runs a statement once for each list of parameters, synchronously. Omitted for a database outside this process, because
   * each run would cost a round trip.
   */
  runEach?(text: string, lists: readonly (readonly unknown[])[]): void;
}

/** A connection for queries of Kysely and for compiled statements. */
export interface Connection {
  /** Runs queries that Kysely compiles each time. */
  readonly db: Kysely<Tables>;
  /** Runs a {@link Statement}. */
  readonly runner: Runner;
}

/** A parameter whose value is known when the statement runs. */
export class DeferredParameter<Input = unknown> {
  /** @param of returns the value, from the input of the run */
  constructor(readonly of: (given: Input) => unknown) {}

  /** Returns the value to PostgreSQL's driver, in a query that is not a {@link Statement}. */
  toPostgres(): unknown {
    return this.of(undefined as Input);
  }
}

/** Makes a placeholder for a value that is computed from the input of a run. */
export type Bind<Input> = <Value>(of: (given: Input) => Value) => RawBuilder<Value>;

/** Makes a query with placeholders for the values of a run. */
type Build<Input, Row> = (bind: Bind<Input>, db: Kysely<Tables>) => { compile(db: Kysely<Tables>): CompiledQuery<Row> };

/**
 * A query whose text is compiled once. To compile it for each run takes as long as the database takes to answer.
 *
 * @example
 * const byId = new Statement((bind: Bind<string>, db) => db.selectFrom('instance').selectAll().where('id', '=', bind((id) => id)));
 * const rows = await byId.run(connection, '10000000-0000-4000-8000-000000000001');
 */
export class Statement<Input, Row> {
  readonly #build: Build<Input, Row>;
  #compiled: CompiledQuery<Row> | undefined;

  constructor(build: Build<Input, Row>) {
    this.#build = build;
  }

  /** Runs the statement and returns its rows. */
  async run({ db, runner }: Connection, given: Input): Promise<readonly Row[]> {
    const compiled = this.#compile(db);
    const { rows } = await runner.executeQuery<Row>({ ...compiled, parameters: parametersOf(compiled, given) });
    return rows;
  }

  /** Runs the statement once for each input, on a connection with `runEach`. */
  runEach({ db, runner }: Connection, inputs: readonly Input[]): void {
    const compiled = this.#compile(db);
    const lists = inputs.map((input) => parametersOf(compiled, input));
    runner.runEach?.(compiled.sql, lists);
  }

  #compile(db: Kysely<Tables>): CompiledQuery<Row> {
    this.#compiled ??= this.#build((of) => sql`${new DeferredParameter(of)}`, db).compile(db);
    return this.#compiled;
  }
}

function parametersOf<Input>({ parameters }: CompiledQuery<unknown>, given: Input): readonly unknown[] {
  return parameters.map((value) => (value instanceof DeferredParameter ? value.of(given) : value));
}

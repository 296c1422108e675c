import { type CompiledQuery, type RawBuilder, sql } from 'kysely';

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

/** Makes the place of a value in a statement that is yet to be run. */
export type Tell<Given> = <Value>(of: (given: Given) => Value) => RawBuilder<Value>;

/**
 * A query whose text is made once: building it anew for every read costs as much as the database takes to answer.
 *
 * @example
 * const byId = new Statement((tell: Tell<string>) => db.selectFrom('instance').selectAll().where('id', '=', tell((id) => id)));
 * const rows = await byId.run(db, '10000000-0000-4000-8000-000000000001');
 */
export class Statement<Given, Row> {
  readonly #build: (tell: Tell<Given>) => { compile(): CompiledQuery<Row> };
  #compiled: CompiledQuery<Row> | undefined;

  constructor(build: (tell: Tell<Given>) => { compile(): CompiledQuery<Row> }) {
    this.#build = build;
  }

  /** Runs it. */
  async run(runner: Runner, given: Given): Promise<readonly Row[]> {
    this.#compiled ??= this.#build((of) => sql`${new ToldAtRun(of)}`).compile();
    const parameters = this.#compiled.parameters.map((value) => (value instanceof ToldAtRun ? value.of(given) : value));
    const { rows } = await runner.executeQuery<Row>({ ...this.#compiled, parameters });
    return rows;
  }
}

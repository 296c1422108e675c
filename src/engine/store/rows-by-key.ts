import { type RawBuilder, sql } from 'kysely';
import { listedPairs, pairsIn, type SqlDialect } from './batch-sql.js';
import { instantSql } from './retention.js';
import { type Connection, Statement, type Bind } from './statement.js';
import type { ResourceKey, Tables } from './tables.js';

/** A table whose rows belong to an instance. */
export type KeyedTable = Exclude<keyof Tables, 'meta' | 'instance' | 'clientToken' | 'batch'>;

/** The values of a query by keys. */
interface Asked {
  readonly keys: readonly ResourceKey[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Additions to a query by keys. */
interface QueryParts {
  /** An additional condition. */
  readonly where?: RawBuilder<unknown>;
  /** An additional column. */
  readonly more?: RawBuilder<unknown>;
}

/** Reads rows of a table by their keys. */
export class RowsByKey<Row> {
  readonly #statement: Statement<Asked, Row>;

  /** @param parts makes the additions to the query, from the instant of the read */
  constructor(dialect: SqlDialect, table: KeyedTable, parts: (now: RawBuilder<number>) => QueryParts = () => ({})) {
    this.#statement = new Statement((bind: Bind<Asked>) => {
      const { where, more } = parts(instantSql(bind(({ now }) => now)));
      const keys = bind(({ keys }) => listedPairs(keys));
      return sql<Row>`select ${more ? sql`${sql.table(table)}.*, ${more}` : sql`*`} from ${sql.table(table)}
        where ("instanceId", "id") in ${pairsIn(dialect, keys)}${where ? sql` and ${where}` : sql``}`;
    });
  }

  /** Returns the rows. Unknown keys are left out. */
  async run(connection: Connection, keys: readonly ResourceKey[], now = 0): Promise<readonly Row[]> {
    return keys.length === 0 ? [] : this.#statement.run(connection, { keys, now });
  }
}

import { type RawBuilder, sql } from 'kysely';
import { listedPairs, pairsIn, type SqlFlavour } from './batch-sql.js';
import { instantSql } from './retention.js';
import { type Connection, Statement, type Tell } from './statement.js';
import type { ResourceKey, Tables } from './tables.js';

/** A table whose rows belong to an instance. */
export type KeyedTable = Exclude<keyof Tables, 'meta' | 'instance' | 'clientToken' | 'batch'>;

/** What rows are asked for by. */
interface Asked {
  readonly keys: readonly ResourceKey[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What a query of rows by their keys asks for beside them. */
interface QueryParts {
  /** One condition more. */
  readonly where?: RawBuilder<unknown>;
  /** One column more. */
  readonly more?: RawBuilder<unknown>;
}

/** Reads rows of a table by their keys. */
export class RowsByKey<Row> {
  readonly #statement: Statement<Asked, Row>;

  /** @param parts what it asks for beside the rows, by the present instant */
  constructor(flavour: SqlFlavour, table: KeyedTable, parts: (now: RawBuilder<number>) => QueryParts = () => ({})) {
    this.#statement = new Statement((tell: Tell<Asked>) => {
      const { where, more } = parts(instantSql(tell(({ now }) => now)));
      const keys = tell(({ keys }) => listedPairs(keys));
      return sql<Row>`select ${more ? sql`${sql.table(table)}.*, ${more}` : sql`*`} from ${sql.table(table)}
        where ("instanceId", "id") in ${pairsIn(flavour, keys)}${where ? sql` and ${where}` : sql``}`;
    });
  }

  /** The rows; unknown keys are left out. */
  async run(connection: Connection, keys: readonly ResourceKey[], now = 0): Promise<readonly Row[]> {
    return keys.length === 0 ? [] : this.#statement.run(connection, { keys, now });
  }
}

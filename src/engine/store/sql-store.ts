import { CompiledQuery, type Kysely } from 'kysely';
import { DAY_MS, RETENTION_DAYS } from '../../connect/limits.js';
import { migrate } from './migrations.js';
import { type Purged, purgeRows } from './purge.js';
import { SqlReads, type SqlReadsParts } from './sql-reads.js';
import { BatchTools, type LockInstances, putContent, SqlStoreTransaction } from './sql-transaction.js';
import type { Connection, Runner } from './statement.js';
import { CommitFailedError, type Content, type Store, type StoreTransaction, StoreUnreachableError } from './store.js';
import type { Tables } from './tables.js';

/** What a database must provide. */
export interface SqlStoreParts extends Omit<SqlReadsParts, 'retentionMs'> {
  /** Where batches run, one at a time. */
  readonly writer: Kysely<Tables>;
  /** Runs the statements of batches, on the connection of `writer`. Default: `writer`. */
  readonly writerRunner?: Runner;
  /** How long ended contacts are kept, in milliseconds. Default: as the service does. */
  readonly retentionMs?: number | undefined;
  /** Runs first in the transaction that opens the store: other openers wait, and a database that is not ours is refused. */
  readonly enter?: (transaction: Kysely<Tables>) => Promise<unknown>;
  /** Not needed where there is one writer. */
  readonly lock?: LockInstances;
  /** Waits until no transaction can commit a batch any more. Omitted where a lost COMMIT cannot still be under way. */
  readonly settled?: (batchId: string) => Promise<void>;
  /** Runs before rows are removed that must not be found in the file any more. Omitted where that is not ours to do. */
  readonly erasing?: (writer: Kysely<Tables>) => Promise<void>;
  /** Bytes of the write-ahead log. Omitted where that is not a file of ours. */
  readonly logBytes?: () => number;
  /** Called when everything is closed. */
  readonly released?: () => void;
}

const [BEGIN, COMMIT, ROLLBACK] = ['begin', 'commit', 'rollback'].map((text) => CompiledQuery.raw(text)) as [
  CompiledQuery,
  CompiledQuery,
  CompiledQuery,
];

/** The store over SQL: the same statements for every database. */
export class SqlStore extends SqlReads implements Store {
  readonly #parts: SqlStoreParts;
  readonly #tools: BatchTools;

  private constructor(parts: SqlStoreParts) {
    const { flavour, lock, retentionMs = RETENTION_DAYS * DAY_MS } = parts;
    super({ ...parts, retentionMs });
    this.#parts = parts;
    this.#tools = new BatchTools(flavour, retentionMs, lock);
  }

  /**
   * Opens a store, its schema brought up to date.
   *
   * @param content what a new database holds: it comes with the tables, in one transaction
   * @throws DatabaseTooNewError, and what `enter` throws
   */
  static async open(parts: SqlStoreParts, content?: Content): Promise<SqlStore> {
    const store = new SqlStore(parts);
    await parts.writer.transaction().execute(async (transaction) => {
      await parts.enter?.(transaction);
      const isNew = await migrate(transaction);
      if (isNew && content) await putContent(store.#connection(transaction), store.#tools, content);
    });
    return store;
  }

  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    let began = false;
    const run = this.#parts.writer.connection().execute(async (db) => {
      await db.executeQuery(BEGIN);
      began = true;
      let result: Result;
      try {
        result = await work(new SqlStoreTransaction(this.#connection(db), this.#tools));
      } catch (error) {
        await rollback(db);
        throw error;
      }
      try {
        await db.executeQuery(COMMIT);
      } catch (error) {
        await rollback(db);
        throw new CommitFailedError({ cause: error });
      }
      return result;
    });
    return run.catch((error: unknown) => {
      throw began ? error : new StoreUnreachableError({ cause: error });
    });
  }

  async hasBatch(batchId: string): Promise<boolean> {
    await this.#parts.settled?.(batchId);
    const row = await this.#parts.reader.selectFrom('batch').select('id').where('id', '=', batchId).executeTakeFirst();
    return row !== undefined;
  }

  logBytes(): number | undefined {
    return this.#parts.logBytes?.();
  }

  async ready(): Promise<void> {
    await this.#parts.reader.selectFrom('meta').select('key').limit(1).execute();
  }

  /**
   * Removes a contact with its client tokens, and with its chain's attributes where it was the last; undefined where
   * there is none.
   */
  async purge(instanceId: string, contactId: string): Promise<Purged | undefined> {
    const { writer, flavour, lock, erasing } = this.#parts;
    await erasing?.(writer);
    return writer.transaction().execute(async (transaction) => {
      await lock?.(transaction, [instanceId]);
      return purgeRows(transaction, flavour, instanceId, contactId);
    });
  }

  async close(): Promise<void> {
    const { reader, writer, scans, released } = this.#parts;
    await scans.close();
    await reader.destroy();
    if (writer !== reader) await writer.destroy();
    released?.();
  }

  /** The writer's connection, while a transaction holds it. */
  #connection(db: Kysely<Tables>): Connection {
    return { db, runner: this.#parts.writerRunner ?? db };
  }
}

async function rollback(db: Kysely<Tables>): Promise<void> {
  try {
    await db.executeQuery(ROLLBACK);
  } catch {
    // The transaction is over already, or its connection is gone and with it the transaction.
  }
}

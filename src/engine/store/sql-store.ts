import { randomBytes } from 'node:crypto';
import { CompiledQuery, type Kysely } from 'kysely';
import { DAY_MS, RETENTION_DAYS } from '../../connect/limits.js';
import { migrate } from './migrations.js';
import { type Purged, purgeRows } from './purge.js';
import { SqlReads, type SqlReadsParts } from './sql-reads.js';
import { BatchTools, type LockInstances, putContent, SqlStoreTransaction } from './sql-transaction.js';
import type { Connection, Runner } from './statement.js';
import {
  CommitFailedError,
  type Content,
  type Store,
  type StoreEvents,
  type StoreTransaction,
  StoreUnreachableError,
  StoreUnwritableError,
} from './store.js';
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
  /** Whether an error says that nothing can be written at the moment. */
  readonly isUnwritable?: (error: unknown) => boolean;
  readonly events?: StoreEvents | undefined;
  /** Bytes of the write-ahead log. Omitted where that is not a file of ours. */
  readonly logBytes?: () => number;
  /** Called when everything is closed. */
  readonly released?: () => void;
}

/** The files of a database, where those are ours to watch. Both throw if they are no longer where they were. */
interface DatabaseFiles {
  check(): void;
  /** Does so only if that was not done lately. */
  checkNowAndThen(): void;
}

/** What is written to learn whether there is room again, in bytes: the largest batch. */
const ROOM_BYTES = 1024 * 1024;

const [BEGIN, COMMIT, ROLLBACK] = ['begin', 'commit', 'rollback'].map((text) => CompiledQuery.raw(text)) as [
  CompiledQuery,
  CompiledQuery,
  CompiledQuery,
];

/** The store over SQL: the same statements for every database. */
export class SqlStore extends SqlReads implements Store {
  readonly #parts: SqlStoreParts;
  readonly #tools: BatchTools;
  #files: DatabaseFiles | undefined;
  /** False as long as the last attempt to write failed because nothing can be written. */
  #isWritable = true;

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

  /** Begins to watch the files of the database: changes are refused as long as they are not where they are now. */
  watch(files: DatabaseFiles): void {
    this.#files = files;
  }

  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    let began = false;
    const run = this.#parts.writer.connection().execute(async (db) => {
      if (!this.#isWritable) this.#files?.check();
      await db.executeQuery(BEGIN);
      began = true;
      const transaction = new SqlStoreTransaction(this.#connection(db), this.#tools);
      let result: Result;
      try {
        result = await work(transaction);
        // What is answered must be where the next start looks for it.
        if (transaction.hasWritten) this.#files?.checkNowAndThen();
      } catch (error) {
        await rollback(db);
        throw error;
      }
      try {
        await db.executeQuery(COMMIT);
      } catch (error) {
        await rollback(db);
        this.#noteWrite(error);
        throw new CommitFailedError({ cause: error });
      }
      if (transaction.hasWritten) this.#noteWrite();
      return result;
    });
    return run.catch((error: unknown) => {
      if (this.#noteWrite(error)) throw new StoreUnwritableError({ cause: error });
      throw began ? error : new StoreUnreachableError({ cause: error });
    });
  }

  /** Notes how an attempt to write ended; returns whether it failed because nothing can be written. */
  #noteWrite(error?: unknown): boolean {
    const isWritable = error === undefined;
    // Any other error says nothing about the next attempt.
    if (!isWritable && !this.#parts.isUnwritable?.(error)) return false;
    if (this.#isWritable !== isWritable) this.#parts.events?.onWritable({ isWritable, error });
    this.#isWritable = isWritable;
    return !isWritable;
  }

  /** Writes as much as a batch may, so that a disk with room again is noticed without a change. */
  async #tryToWrite(): Promise<void> {
    try {
      this.#files?.check();
      const { writer } = this.#parts;
      const room = { key: 'room', value: randomBytes(ROOM_BYTES / 2).toString('hex') };
      const insert = writer.insertInto('meta').values(room);
      await insert.onConflict((conflict) => conflict.column('key').doUpdateSet({ value: room.value })).execute();
      await writer.deleteFrom('meta').where('key', '=', room.key).execute();
      this.#noteWrite();
    } catch (error) {
      this.#noteWrite(error);
      throw new StoreUnwritableError({ cause: error });
    }
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
    try {
      this.#files?.check();
    } catch (error) {
      this.#noteWrite(error);
    }
    if (!this.#isWritable) await this.#tryToWrite();
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

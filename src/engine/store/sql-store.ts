import { randomBytes } from 'node:crypto';
import { CompiledQuery, type Kysely } from 'kysely';
import { DAY_MS, RETENTION_DAYS } from '../../connect/limits.js';
import { dueInstances, writeTimedChanges } from './contact-changes.js';
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

/** The parts of a {@link SqlStore}. */
export interface SqlStoreParts extends Omit<SqlReadsParts, 'retentionMs'> {
  /** Runs batches, one at a time. */
  readonly writer: Kysely<Tables>;
  /** Runs the statements of batches, on the connection of `writer`. Default: `writer`. */
  readonly writerRunner?: Runner;
  /** Retention of ended contacts, in milliseconds. Default: 730 days. */
  readonly retentionMs?: number | undefined;
  /** Called first in the transaction that opens the store. It locks the schema and refuses that of another program. */
  readonly beforeMigration?: (transaction: Kysely<Tables>) => Promise<unknown>;
  /** Omitted if the database has one writer. */
  readonly lock?: LockInstances;
  /** Waits until the transaction of a batch has ended. Omitted if the answer to COMMIT cannot be lost. */
  readonly awaitBatch?: (batchId: string) => Promise<void>;
  /** Called before rows are removed for an erasure request. Omitted if the engine cannot overwrite the file. */
  readonly beforePurge?: (writer: Kysely<Tables>) => Promise<void>;
  /** Returns whether an error means that the database cannot be written at the moment. */
  readonly isUnwritable?: (error: unknown) => boolean;
  readonly events?: StoreEvents | undefined;
  /** Returns the size of the write-ahead log in bytes. Omitted if that is not a file of the engine. */
  readonly logBytes?: () => number;
  /** Called when the connections are closed. */
  readonly onClosed?: () => void;
}

/** The files of a database on this machine. Both methods throw if a file is no longer at its path. */
interface DatabaseFiles {
  check(): void;
  /** Checks them if the last check is some time ago. */
  checkNowAndThen(): void;
}

/** Size of the row that tests whether the disk has space again, in bytes: that of the largest batch. */
const ROOM_BYTES = 1024 * 1024;

const [BEGIN, COMMIT, ROLLBACK] = ['begin', 'commit', 'rollback'].map((text) => CompiledQuery.raw(text)) as [
  CompiledQuery,
  CompiledQuery,
  CompiledQuery,
];

/** The store over SQL. All databases get the same statements. */
export class SqlStore extends SqlReads implements Store {
  readonly #parts: SqlStoreParts;
  readonly #tools: BatchTools;
  #files: DatabaseFiles | undefined;
  /** Whether the last attempt to write found the database writable. */
  #isWritable = true;

  private constructor(parts: SqlStoreParts) {
    const { dialect, lock, retentionMs = RETENTION_DAYS * DAY_MS } = parts;
    super({ ...parts, retentionMs });
    this.#parts = parts;
    this.#tools = new BatchTools(dialect, retentionMs, lock);
  }

  /**
   * Opens a store, and migrates its schema to the latest version.
   *
   * @param content the rows of a new database. They are inserted in the transaction that creates the tables
   * @throws DatabaseTooNewError, and the errors of `beforeMigration`
   */
  static async open(parts: SqlStoreParts, content?: Content): Promise<SqlStore> {
    const store = new SqlStore(parts);
    await parts.writer.transaction().execute(async (transaction) => {
      await parts.beforeMigration?.(transaction);
      const isNew = await migrate(transaction);
      if (isNew && content) await putContent(store.#connection(transaction), store.#tools, content);
    });
    return store;
  }

  /** Begins to check the files of the database. Changes fail while a file is not at its path. */
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
        // The next start must find the rows of an answered request.
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

  /** Records the result of an attempt to write. Returns whether it failed because the database cannot be written. */
  #noteWrite(error?: unknown): boolean {
    const isWritable = error === undefined;
    // After another error the next attempt may succeed.
    if (!isWritable && !this.#parts.isUnwritable?.(error)) return false;
    if (this.#isWritable !== isWritable) this.#parts.events?.onWritable({ isWritable, error });
    this.#isWritable = isWritable;
    return !isWritable;
  }

  /** Writes as much as the largest batch, so that the store detects free disk space before the next change. */
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

  async writeTimedChanges(): Promise<boolean> {
    const { reader, writer, dialect, lock } = this.#parts;
    const due = await dueInstances(reader, dialect);
    for (const { id } of due) {
      await writer.transaction().execute(async (transaction) => {
        await lock?.(transaction, [id]);
        // Another process may have done it meanwhile.
        const [still] = (await dueInstances(transaction, dialect)).filter((each) => each.id === id);
        if (still) await writeTimedChanges(this.#connection(transaction), this.#tools.changes, still);
      });
    }
    return due.length > 0;
  }

  get isShared(): boolean {
    return this.#parts.lock !== undefined;
  }

  async databaseName(): Promise<string> {
    const { reader, writer } = this.#parts;
    const find = () => reader.selectFrom('meta').select('value').where('key', '=', 'databaseName').executeTakeFirst();
    const found = await find();
    if (found) return found.value;
    const row = { key: 'databaseName', value: randomBytes(6).toString('base64url') };
    await writer
      .insertInto('meta')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return (await find())?.value ?? row.value;
  }

  async keptNumber(name: string): Promise<number | undefined> {
    const { reader } = this.#parts;
    const row = await reader.selectFrom('meta').select('value').where('key', '=', name).executeTakeFirst();
    return row && Number(row.value);
  }

  async keepNumber(name: string, number: number): Promise<void> {
    const value = String(number);
    await this.#parts.writer
      .insertInto('meta')
      .values({ key: name, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  }

  async hasBatch(batchId: string): Promise<boolean> {
    await this.#parts.awaitBatch?.(batchId);
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
   * Removes a contact with its client tokens, and the attributes of its chain if it was the last contact of the chain.
   * Returns undefined if it does not exist.
   */
  async purge(instanceId: string, contactId: string): Promise<Purged | undefined> {
    const { writer, dialect, lock, beforePurge } = this.#parts;
    await beforePurge?.(writer);
    return writer.transaction().execute(async (transaction) => {
      await lock?.(transaction, [instanceId]);
      return purgeRows(transaction, dialect, instanceId, contactId);
    });
  }

  async close(): Promise<void> {
    const { reader, writer, scans, onClosed } = this.#parts;
    await scans.close();
    await reader.destroy();
    if (writer !== reader) await writer.destroy();
    onClosed?.();
  }

  /** Returns the connection of the writer, for the transaction that uses it. */
  #connection(db: Kysely<Tables>): Connection {
    return { db, runner: this.#parts.writerRunner ?? db };
  }
}

async function rollback(db: Kysely<Tables>): Promise<void> {
  try {
    await db.executeQuery(ROLLBACK);
  } catch {
    // The transaction has ended already, or was rolled back when its connection was lost.
  }
}

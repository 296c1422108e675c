import type { Kysely } from 'kysely';
import type { SqlDialect } from './batch-sql.js';
import { ChangeWriter } from './contact-changes.js';
import { Inserts, replaceAll } from './inserts.js';
import { Loader } from './load.js';
import type { Connection } from './statement.js';
import type { Content, Keys, LoadedRows, Resources, StoreTransaction, WrittenRows } from './store.js';
import type { BatchTable, Tables } from './tables.js';
import { recordTemplateVersions } from './template-versions.js';
import { Writer } from './write.js';

/** Makes other writers of these instances wait until the transaction ends. */
export type LockInstances = (transaction: Kysely<Tables>, instanceIds: readonly string[]) => Promise<void>;

/** The statements of batches. Their text is compiled once. */
export class BatchTools {
  readonly dialect: SqlDialect;
  readonly lock: LockInstances | undefined;
  readonly inserts: Inserts;
  readonly loader: Loader;
  readonly changes: ChangeWriter;
  readonly writer: Writer;

  constructor(dialect: SqlDialect, retentionMs: number, lock: LockInstances | undefined) {
    this.dialect = dialect;
    this.lock = lock;
    this.inserts = new Inserts(dialect);
    this.loader = new Loader(dialect, retentionMs);
    this.changes = new ChangeWriter(this.inserts);
    this.writer = new Writer(dialect, retentionMs, this.inserts);
  }
}

/** The transaction of a batch. */
export class SqlStoreTransaction implements StoreTransaction {
  readonly #connection: Connection;
  readonly #tools: BatchTools;
  #hasWritten = false;

  constructor(connection: Connection, tools: BatchTools) {
    this.#connection = connection;
    this.#tools = tools;
  }

  /** Whether the transaction has written anything. */
  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  async instant(instanceIds: readonly string[]): Promise<number> {
    // Before the first read, so that it sees the changes of the process that held the lock.
    await this.#tools.lock?.(this.#connection.db, instanceIds);
    return this.#tools.loader.instant(this.#connection, instanceIds);
  }

  load(keys: Keys, now: number): Promise<LoadedRows> {
    return this.#tools.loader.load(this.#connection, keys, now);
  }

  put(resources: Resources): Promise<void> {
    this.#hasWritten = true;
    return putResources(this.#connection, this.#tools, resources);
  }

  write(batchId: string, rows: WrittenRows, now: number): Promise<void> {
    this.#hasWritten = true;
    return this.#tools.writer.write(this.#connection, batchId, rows, now);
  }
}

/** Inserts the rows of a new database. */
export async function putContent(connection: Connection, tools: BatchTools, content: Content): Promise<void> {
  await putResources(connection, tools, content);
  await tools.inserts.into(connection, 'contact', content.contacts);
  await tools.inserts.into(connection, 'chain', content.chains);
}

async function putResources(connection: Connection, tools: BatchTools, resources: Resources): Promise<void> {
  const { inserts, dialect } = tools;
  const put = <Table extends BatchTable>(table: Table, rows: readonly Tables[Table][]) =>
    inserts.into(connection, table, rows, replaceAll(table));
  // An existing instance keeps its counters.
  await inserts.into(connection, 'instance', resources.instances, { key: ['id'], columns: ['alias', 'arn'] });
  await put('contactFlow', resources.contactFlows);
  await put('queue', resources.queues);
  await put('connectUser', resources.users);
  await put('quickConnect', resources.quickConnects);
  await put('taskTemplate', resources.taskTemplates);
  await recordTemplateVersions(connection.db, dialect, resources.taskTemplates);
}

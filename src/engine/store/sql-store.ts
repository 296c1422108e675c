import { CompiledQuery, type Kysely, sql } from 'kysely';
import { DAY_MS, RETENTION_DAYS } from '../../connect/limits.js';
import { isStorable } from '../../util/storable-text.js';
import { listed, type SqlFlavour, texts } from './batch-sql.js';
import { type ContactReads, contactReads, isKept, readContacts } from './contact-reads.js';
import { Inserts, replaceAll } from './inserts.js';
import { Loader } from './load.js';
import { migrate } from './migrations.js';
import { type Purged, purgeRows } from './purge.js';
import { RowsByKey } from './rows-by-key.js';
import { afterPlace, countFound, searchConditions, searchOrder, sortKey } from './search-contacts.js';
import type { Runner, Statement } from './statement.js';
import {
  type AttributesRow,
  CommitFailedError,
  type ContactReadRow,
  type Content,
  type Keys,
  type LoadedRows,
  type ResourceQuery,
  type Resources,
  type ResourceTable,
  type SearchPlace,
  type SearchQuery,
  type Store,
  type StoreTransaction,
  StoreUnreachableError,
  type Takers,
  type WrittenRows,
} from './store.js';
import type { BatchTable, InstanceRow, Tables, TaskTemplateRow } from './tables.js';
import { recordTemplateVersions, templateVersion } from './template-versions.js';
import { Writer } from './write.js';

/** A page of the resources of an instance, in the order of (name, id): each database's own order of texts. */
async function listResources<Table extends ResourceTable>(
  db: Kysely<Tables>,
  flavour: SqlFlavour,
  table: Table,
  instanceId: string,
  { where, after, limit }: ResourceQuery,
): Promise<readonly Tables[Table][]> {
  if (!isStorable(instanceId)) return [];
  const conditions = [
    sql`"instanceId" = ${instanceId}`,
    ...Object.entries(where).map(([column, values]) => sql`${sql.ref(column)} in ${texts(flavour, values)}`),
    ...(after ? [sql`("name", "id") > (${after[0]}, ${after[1]})`] : []),
  ];
  const { rows } = await sql<Tables[Table]>`select * from ${sql.table(table)}
    where ${sql.join(conditions, sql` and `)} order by "name", "id" limit ${limit}`.execute(db);
  return rows;
}

/** What a database must provide. */
export interface SqlStoreParts {
  /** Where batches run, one at a time. */
  readonly writer: Kysely<Tables>;
  /** Where reads run; it sees committed rows only. */
  readonly reader: Kysely<Tables>;
  /** Runs the reads that nearly every request needs. Omitted: the reader. */
  readonly runner?: Runner;
  readonly flavour: SqlFlavour;
  /** How long ended contacts are kept, in milliseconds. Omitted: as the service does. */
  readonly retentionMs?: number | undefined;
  /** Runs first in the transaction that opens the store: other openers wait, and a database that is not ours is refused. */
  readonly enter?: (transaction: Kysely<Tables>) => Promise<unknown>;
  /** Keeps other writers of these instances waiting until the transaction ends. Omitted where there is one writer. */
  readonly lock?: (transaction: Kysely<Tables>, instanceIds: readonly string[]) => Promise<void>;
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
export class SqlStore implements Store {
  readonly #parts: SqlStoreParts & { readonly retentionMs: number };
  readonly #reads: ContactReads;
  readonly #resources: { readonly [Table in ResourceTable]: RowsByKey<Tables[Table]> };
  readonly #tools: BatchTools;
  readonly #runner: Runner;

  private constructor(parts: SqlStoreParts) {
    this.#parts = { ...parts, retentionMs: parts.retentionMs ?? RETENTION_DAYS * DAY_MS };
    this.#reads = contactReads(this.#parts);
    const { flavour, retentionMs, lock } = this.#parts;
    this.#resources = {
      contactFlow: new RowsByKey(flavour, 'contactFlow'),
      quickConnect: new RowsByKey(flavour, 'quickConnect'),
      taskTemplate: new RowsByKey(flavour, 'taskTemplate'),
    };
    const inserts = new Inserts(flavour);
    const loader = new Loader(flavour, retentionMs);
    this.#tools = { flavour, lock, inserts, loader, writer: new Writer(flavour, retentionMs, inserts) };
    this.#runner = parts.runner ?? parts.reader;
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
      if (isNew && content) await putContent(transaction, store.#tools, content);
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
        result = await work(new SqlStoreTransaction(db, this.#tools));
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

  async instanceArn(instanceId: string): Promise<string | undefined> {
    const row = await this.#parts.reader
      .selectFrom('instance')
      .select('arn')
      .where('id', 'in', texts(this.#parts.flavour, [instanceId]))
      .executeTakeFirst();
    return row?.arn;
  }

  async takersOf(instanceId: string, contactId: string): Promise<Takers | undefined> {
    if (![instanceId, contactId].every(isStorable)) return undefined;
    return this.#parts.reader
      .selectFrom('contact')
      .leftJoin('quickConnect', (join) =>
        join
          .onRef('quickConnect.instanceId', '=', 'contact.instanceId')
          .onRef('quickConnect.id', '=', 'contact.quickConnectId'),
      )
      .select((of) => [
        of.fn
          .coalesce(
            'contact.queueId',
            'quickConnect.queueId',
            of
              .selectFrom('queue')
              .select((queue) => queue.fn.min('queue.id').as('id'))
              .where('instanceId', '=', instanceId),
          )
          .as('queueId'),
        of.fn
          .coalesce(
            'contact.agentId',
            'quickConnect.userId',
            of
              .selectFrom('connectUser')
              .select((user) => user.fn.min('connectUser.id').as('id'))
              .where('instanceId', '=', instanceId),
          )
          .as('userId'),
      ])
      .where('contact.instanceId', '=', instanceId)
      .where('contact.id', '=', contactId)
      .executeTakeFirst();
  }

  async #read<Row>(
    statement: Statement<{ readonly instanceId: string; readonly ids: string }, Row>,
    instanceId: string,
    ids: readonly string[],
  ): Promise<readonly Row[]> {
    if (!isStorable(instanceId)) return [];
    return statement.run(this.#parts.reader, { instanceId, ids: listed(ids) }, this.#runner);
  }

  async contacts(instanceId: string, ids: readonly string[]): Promise<readonly ContactReadRow[]> {
    return this.#read(this.#reads.contacts, instanceId, ids);
  }

  async chainMembers(instanceId: string, ids: readonly string[]): Promise<readonly ContactReadRow[]> {
    return this.#read(this.#reads.chains, instanceId, ids);
  }

  async associatedContacts(
    instanceId: string,
    associationId: string,
    after: readonly [initiatedAt: number, id: string] | undefined,
    limit: number,
  ): Promise<readonly ContactReadRow[]> {
    const association = this.#contactReads(instanceId).where('contact.associationId', '=', associationId);
    const page = after
      ? association.where(sql<boolean>`("contact"."initiatedAt", "contact"."id") > (${after[0]}, ${after[1]})`)
      : association;
    return page.orderBy('contact.initiatedAt').orderBy('contact.id').limit(limit).execute();
  }

  listResources<Table extends ResourceTable>(table: Table, instanceId: string, query: ResourceQuery) {
    return listResources(this.#parts.reader, this.#parts.flavour, table, instanceId, query);
  }

  resources<Table extends ResourceTable>(table: Table, instanceId: string, ids: readonly string[]) {
    return this.#resources[table].run(
      this.#parts.reader,
      ids.map((id) => ({ instanceId, id })),
    );
  }

  taskTemplateVersion(instanceId: string, id: string, version: number): Promise<TaskTemplateRow | undefined> {
    return templateVersion(this.#parts.reader, this.#parts.flavour, { instanceId, id }, version);
  }

  listInstances(after: string | undefined, limit: number): Promise<readonly InstanceRow[]> {
    const all = this.#parts.reader.selectFrom('instance').selectAll().orderBy('id').limit(limit);
    return (after === undefined ? all : all.where('id', '>', after)).execute();
  }

  instances(ids: readonly string[]): Promise<readonly InstanceRow[]> {
    const { reader, flavour } = this.#parts;
    return reader.selectFrom('instance').selectAll().where('id', 'in', texts(flavour, ids)).execute();
  }

  async readInstant(instanceId: string): Promise<number> {
    const { reader, flavour } = this.#parts;
    const { lastInstant, clock } = await reader
      .selectFrom('instance')
      .select(['lastInstant', flavour.clock().as('clock')])
      .where('id', '=', instanceId)
      .executeTakeFirstOrThrow();
    return Math.max(lastInstant, clock);
  }

  async searchContacts(
    instanceId: string,
    query: SearchQuery,
    after: SearchPlace | undefined,
    limit: number,
    counted: boolean,
  ) {
    const { reader, flavour } = this.#parts;
    const conditions = searchConditions(flavour, query);
    const found = this.#contactReads(instanceId).select(sortKey(query).as('sortKey')).where(conditions);
    const page = after ? found.where(afterPlace(query, after)) : found;
    const [rows, total] = await Promise.all([
      page.orderBy(searchOrder(query)).limit(limit).execute(),
      counted ? countFound(reader, instanceId, sql<boolean>`${conditions} and ${isKept(this.#parts)}`) : undefined,
    ]);
    return { rows, total };
  }

  async attributes(instanceId: string, ids: readonly string[]): Promise<readonly AttributesRow[]> {
    return this.#read(this.#reads.attributes, instanceId, ids);
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
    const { reader, writer, released } = this.#parts;
    await reader.destroy();
    if (writer !== reader) await writer.destroy();
    released?.();
  }

  #contactReads(instanceId: string) {
    return readContacts(this.#parts).where('contact.instanceId', '=', instanceId);
  }
}

/** What a batch works with. */
interface BatchTools {
  readonly flavour: SqlFlavour;
  readonly lock: SqlStoreParts['lock'] | undefined;
  readonly inserts: Inserts;
  readonly loader: Loader;
  readonly writer: Writer;
}

class SqlStoreTransaction implements StoreTransaction {
  readonly #db: Kysely<Tables>;
  readonly #tools: BatchTools;

  constructor(db: Kysely<Tables>, tools: BatchTools) {
    this.#db = db;
    this.#tools = tools;
  }

  async instant(instanceIds: readonly string[]): Promise<number> {
    // Before anything is read: what another process decided meanwhile is then seen.
    await this.#tools.lock?.(this.#db, instanceIds);
    return this.#tools.loader.instant(this.#db, instanceIds);
  }

  load(keys: Keys, now: number): Promise<LoadedRows> {
    return this.#tools.loader.load(this.#db, keys, now);
  }

  put(resources: Resources): Promise<void> {
    return putResources(this.#db, this.#tools, resources);
  }

  write(batchId: string, rows: WrittenRows, now: number): Promise<void> {
    return this.#tools.writer.write(this.#db, batchId, rows, now);
  }
}

async function rollback(db: Kysely<Tables>): Promise<void> {
  try {
    await db.executeQuery(ROLLBACK);
  } catch {
    // The transaction is over already, or its connection is gone and with it the transaction.
  }
}

async function putContent(db: Kysely<Tables>, tools: BatchTools, content: Content): Promise<void> {
  await putResources(db, tools, content);
  await tools.inserts.into(db, 'contact', content.contacts);
  await tools.inserts.into(db, 'chain', content.chains);
}

async function putResources(db: Kysely<Tables>, { inserts, flavour }: BatchTools, resources: Resources): Promise<void> {
  const put = <Table extends BatchTable>(table: Table, rows: readonly Tables[Table][]) =>
    inserts.into(db, table, rows, replaceAll(table));
  // What batches have counted of an instance stays.
  await inserts.into(db, 'instance', resources.instances, { key: ['id'], columns: ['alias', 'arn'] });
  await put('contactFlow', resources.contactFlows);
  await put('queue', resources.queues);
  await put('connectUser', resources.users);
  await put('quickConnect', resources.quickConnects);
  await put('taskTemplate', resources.taskTemplates);
  await recordTemplateVersions(db, flavour, resources.taskTemplates);
}

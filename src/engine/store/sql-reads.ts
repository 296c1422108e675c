import { type CompiledQuery, type Kysely, sql } from 'kysely';
import { isStorable } from '../../util/storable-text.js';
import { listed, type SqlDialect, texts } from './batch-sql.js';
import type { LogBounds } from '../../connect/contact-change.js';
import { changeBounds, changesAfter } from './contact-changes.js';
import { type ContactReads, contactReads, isKept, readContacts } from './contact-reads.js';
import { nextInQueue, queuePlaces } from './queue-order.js';
import { RowsByKey } from './rows-by-key.js';
import { afterPlace, countFound, searchConditions, searchOrder, sortKey } from './search-contacts.js';
import type { Scans } from './scans.js';
import type { Connection, Runner, Statement } from './statement.js';
import type {
  AttributesRow,
  ContactReadRow,
  FoundRow,
  ResourceQuery,
  ResourceTable,
  SearchPlace,
  SearchQuery,
  StoreReads,
  Assignees,
  QueuePlaceRow,
} from './store.js';
import type { ContactChangeRow, InstanceRow, Tables, TaskTemplateRow } from './tables.js';
import { templateVersion } from './template-versions.js';

/** The parts of {@link SqlReads}. */
export interface SqlReadsParts {
  /** Runs reads. It sees committed rows only. */
  readonly reader: Kysely<Tables>;
  /** Runs the reads that nearly every request needs. Default: `reader`. */
  readonly runner?: Runner;
  /** Runs reads over many rows. */
  readonly scans: Scans;
  readonly dialect: SqlDialect;
  /** Retention of ended contacts, in milliseconds. */
  readonly retentionMs: number;
}

/** The column of each table that holds the name of a resource. */
const NAME_COLUMNS: Readonly<Record<ResourceTable, string>> = {
  contactFlow: 'name',
  quickConnect: 'name',
  taskTemplate: 'name',
  queue: 'name',
  connectUser: 'username',
};

/** The reads of a store over SQL. All databases get the same statements. */
export class SqlReads implements StoreReads {
  readonly #reader: Kysely<Tables>;
  readonly #connection: Connection;
  readonly #dialect: SqlDialect;
  readonly #parts: SqlReadsParts;
  readonly #contacts: ContactReads;
  readonly #resources: { readonly [Table in ResourceTable]: RowsByKey<Tables[Table]> };

  constructor(parts: SqlReadsParts) {
    const { reader, runner = reader, dialect } = parts;
    this.#parts = parts;
    this.#reader = reader;
    this.#connection = { db: reader, runner };
    this.#dialect = dialect;
    this.#contacts = contactReads(parts);
    this.#resources = {
      contactFlow: new RowsByKey(dialect, 'contactFlow'),
      quickConnect: new RowsByKey(dialect, 'quickConnect'),
      taskTemplate: new RowsByKey(dialect, 'taskTemplate'),
      queue: new RowsByKey(dialect, 'queue'),
      connectUser: new RowsByKey(dialect, 'connectUser'),
    };
  }

  async instanceArn(instanceId: string): Promise<string | undefined> {
    const row = await this.#reader
      .selectFrom('instance')
      .select('arn')
      .where('id', 'in', texts(this.#dialect, [instanceId]))
      .executeTakeFirst();
    return row?.arn;
  }

  async assigneesOf(instanceId: string, contactId: string): Promise<Assignees | undefined> {
    if (![instanceId, contactId].every(isStorable)) return undefined;
    return this.#reader
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
            of.case().when('contact.assignmentType', '=', 'SELF').then(of.ref('contact.createdByUserId')).end(),
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

  async nextInQueue(instanceId: string, queueId: string): Promise<string | undefined> {
    return [instanceId, queueId].every(isStorable) ? nextInQueue(this.#parts, instanceId, queueId) : undefined;
  }

  async queuePlaces(instanceId: string, ids: readonly string[], since: number): Promise<readonly QueuePlaceRow[]> {
    return isStorable(instanceId) ? queuePlaces(this.#parts, instanceId, ids, since) : [];
  }

  contacts(instanceId: string, ids: readonly string[]): Promise<readonly ContactReadRow[]> {
    return this.#byIds(this.#contacts.contacts, instanceId, ids);
  }

  chainMembers(instanceId: string, ids: readonly string[]): Promise<readonly ContactReadRow[]> {
    return this.#byIds(this.#contacts.chains, instanceId, ids);
  }

  attributes(instanceId: string, ids: readonly string[]): Promise<readonly AttributesRow[]> {
    return this.#byIds(this.#contacts.attributes, instanceId, ids);
  }

  async associatedContacts(
    instanceId: string,
    associationId: string,
    after: readonly [initiatedAt: number, id: string] | undefined,
    limit: number,
  ): Promise<readonly ContactReadRow[]> {
    const association = this.#contactsOf(instanceId).where('contact.associationId', '=', associationId);
    const page = after
      ? association.where(sql<boolean>`("contact"."initiatedAt", "contact"."id") > (${after[0]}, ${after[1]})`)
      : association;
    return page.orderBy('contact.initiatedAt').orderBy('contact.id').limit(limit).execute();
  }

  /** Reads a page of the resources of an instance, by (name, id) in the database's own order of texts. */
  async listResources<Table extends ResourceTable>(
    table: Table,
    instanceId: string,
    { where, after, limit }: ResourceQuery,
  ): Promise<readonly Tables[Table][]> {
    if (!isStorable(instanceId)) return [];
    const name = sql.ref(NAME_COLUMNS[table]);
    const conditions = [
      sql`"instanceId" = ${instanceId}`,
      ...Object.entries(where).map(([column, values]) => sql`${sql.ref(column)} in ${texts(this.#dialect, values)}`),
      ...(after ? [sql`(${name}, "id") > (${after[0]}, ${after[1]})`] : []),
    ];
    const { rows } = await sql<Tables[Table]>`select * from ${sql.table(table)}
      where ${sql.join(conditions, sql` and `)} order by ${name}, "id" limit ${limit}`.execute(this.#reader);
    return rows;
  }

  resources<Table extends ResourceTable>(
    table: Table,
    instanceId: string,
    ids: readonly string[],
  ): Promise<readonly Tables[Table][]> {
    return this.#resources[table].run(
      { db: this.#reader, runner: this.#reader },
      ids.map((id) => ({ instanceId, id })),
    );
  }

  taskTemplateVersion(instanceId: string, id: string, version: number): Promise<TaskTemplateRow | undefined> {
    return templateVersion(this.#reader, this.#dialect, { instanceId, id }, version);
  }

  listInstances(after: string | undefined, limit: number): Promise<readonly InstanceRow[]> {
    const all = this.#reader.selectFrom('instance').selectAll().orderBy('id').limit(limit);
    return (after === undefined ? all : all.where('id', '>', after)).execute();
  }

  instances(ids: readonly string[]): Promise<readonly InstanceRow[]> {
    return this.#reader.selectFrom('instance').selectAll().where('id', 'in', texts(this.#dialect, ids)).execute();
  }

  async readInstant(instanceId: string): Promise<number> {
    const { lastInstant, clock } = await this.#reader
      .selectFrom('instance')
      .select(['lastInstant', this.#dialect.clock().as('clock')])
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
    signal: AbortSignal,
  ) {
    const conditions = searchConditions(this.#dialect, query);
    const found = this.#contactsOf(instanceId).select(sortKey(query).as('sortKey')).where(conditions);
    const page = after ? found.where(afterPlace(query, after)) : found;
    const all = countFound(this.#reader, instanceId, sql<boolean>`${conditions} and ${isKept(this.#parts)}`);
    const statements: CompiledQuery<unknown>[] = [page.orderBy(searchOrder(query)).limit(limit).compile()];
    if (counted) statements.push(all.compile());
    const [rows = [], total] = await this.#parts.scans.run(statements, signal);
    const [row] = (total ?? []) as readonly { readonly found: number }[];
    return { rows: rows as readonly FoundRow[], total: row?.found };
  }

  changeBounds(instanceId: string): Promise<LogBounds> {
    return changeBounds(this.#reader, instanceId);
  }

  changesAfter(instanceId: string, after: number, limit: number): Promise<readonly ContactChangeRow[]> {
    return changesAfter(this.#reader, instanceId, after, limit);
  }

  async #byIds<Row>(
    statement: Statement<{ readonly instanceId: string; readonly ids: string }, Row>,
    instanceId: string,
    ids: readonly string[],
  ): Promise<readonly Row[]> {
    if (!isStorable(instanceId)) return [];
    return statement.run(this.#connection, { instanceId, ids: listed(ids) });
  }

  #contactsOf(instanceId: string) {
    return readContacts(this.#parts).where('contact.instanceId', '=', instanceId);
  }
}

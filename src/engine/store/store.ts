import type { SearchCriteria, SearchSortField, SearchTimestamp } from '../../connect/contact-search.js';
import type {
  ChainRow,
  ClientTokenRow,
  ConnectUserRow,
  ContactFlowRow,
  ContactRow,
  InstanceRow,
  QueueRow,
  QuickConnectRow,
  ResourceKey,
  Tables,
  TaskTemplateRow,
} from './tables.js';

/** What a batch of requests needs to know before it is decided. */
export interface Keys {
  readonly instances: readonly string[];
  readonly contactFlows: readonly ResourceKey[];
  readonly quickConnects: readonly ResourceKey[];
  readonly taskTemplates: readonly ResourceKey[];
  readonly queues: readonly ResourceKey[];
  readonly users: readonly ResourceKey[];
  /** Each comes with its chain. */
  readonly contacts: readonly ResourceKey[];
  /** Instances whose task templates are wanted, all of them. */
  readonly templatesOf: readonly string[];
  /** Scopes of client tokens. */
  readonly tokens: readonly string[];
}

/** A chain as it is loaded. */
export interface LoadedChainRow extends ChainRow {
  /** Those of its linkedTasks that are past their retention, and hold their places no more. */
  readonly pastTasks: number;
}

/** What the store has of that. Flows that a quick connect or a template names come along. */
export interface LoadedRows {
  readonly instances: readonly InstanceRow[];
  readonly contactFlows: readonly ContactFlowRow[];
  readonly quickConnects: readonly QuickConnectRow[];
  readonly taskTemplates: readonly TaskTemplateRow[];
  readonly queues: readonly QueueRow[];
  readonly users: readonly ConnectUserRow[];
  /** Without those past their retention. */
  readonly contacts: readonly ContactRow[];
  readonly chains: readonly LoadedChainRow[];
  readonly tokens: readonly ClientTokenRow[];
  /** Instance id to the number of open tasks whose expiry has passed. */
  readonly expiredTasks: ReadonlyMap<string, number>;
}

/** What a batch leaves behind. */
export interface WrittenRows {
  readonly newTemplates: readonly TaskTemplateRow[];
  readonly newContacts: readonly ContactRow[];
  readonly changedContacts: readonly ContactRow[];
  /** New and changed ones. */
  readonly chains: readonly ChainRow[];
  /** New ones, and expired ones that are taken anew. */
  readonly tokens: readonly ClientTokenRow[];
  /** Each instance that anything changed in, with the number of its tasks that became open, less those that ended. */
  readonly openedTasks: ReadonlyMap<string, number>;
}

/** One transaction: everything in it happens, or nothing. */
export interface StoreTransaction {
  /** The instant to decide by: the store's clock, never below one that was used before on the same instances. */
  instant(instanceIds: readonly string[]): Promise<number>;
  load(keys: Keys, now: number): Promise<LoadedRows>;
  /** Puts resources in, each replacing the one of the same id; an instance keeps its counters. */
  put(resources: Resources): Promise<void>;
  write(batchId: string, rows: WrittenRows, now: number): Promise<void>;
}

/** A contact as it is read, with what its telling takes of its instance and of the clock. */
export interface ContactReadRow extends ContactRow {
  readonly instanceArn: string;
  /** The present name of the template that it came from. */
  readonly taskTemplateName: string | null;
  /** The greatest instant that a batch of the instance has used. */
  readonly lastInstant: number;
  /** The store's clock. */
  readonly clock: number;
}

/** A contact that a search found, with what it was sorted by. */
export interface FoundRow extends ContactReadRow {
  readonly sortKey: string | number | null;
}

/** A queue and a user; null where the instance has none. */
export interface Takers {
  readonly queueId: string | null;
  readonly userId: string | null;
}

/** The shared attributes beside the contact that they were asked by. */
export interface AttributesRow {
  readonly contactId: string;
  /** JSON: key to value. */
  readonly attributes: string;
}

/** A table of the resources of an instance that have a name. */
export type ResourceTable = 'contactFlow' | 'quickConnect' | 'taskTemplate' | 'queue' | 'connectUser';

/** Which resources of a table, and from where on. */
export interface ResourceQuery {
  /** Columns, each with the values that it may have. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly after: readonly [name: string, id: string] | undefined;
  readonly limit: number;
}

/** Resources to put into the store: all that an instance holds but its contacts. */
export interface Resources {
  readonly instances: readonly InstanceRow[];
  readonly contactFlows: readonly ContactFlowRow[];
  readonly queues: readonly QueueRow[];
  readonly users: readonly ConnectUserRow[];
  readonly quickConnects: readonly QuickConnectRow[];
  readonly taskTemplates: readonly TaskTemplateRow[];
}

/** What a new database holds. */
export interface Content extends Resources {
  readonly contacts: readonly ContactRow[];
  readonly chains: readonly ChainRow[];
}

/**
 * COMMIT failed, or its answer was lost: whether the transaction took effect must be looked up.
 */
export class CommitFailedError extends Error {
  constructor(options: ErrorOptions) {
    super('The answer to COMMIT was a failure or was lost', options);
    this.name = 'CommitFailedError';
  }
}

/** No transaction could be begun: nothing of it has happened, and the next one is not likely to fare better. */
export class StoreUnreachableError extends Error {
  constructor(options: ErrorOptions) {
    super('The store cannot be reached', options);
    this.name = 'StoreUnreachableError';
  }
}

/** What the engine reads of what is committed. */
export interface StoreReads {
  /** The ARN of an instance; undefined where there is no such instance. */
  instanceArn(instanceId: string): Promise<string | undefined>;

  /**
   * Who may take a contact: its own queue and agent, else those of its quick connect, else the first of the instance by
   * id. Undefined where there is no such contact.
   */
  takersOf(instanceId: string, contactId: string): Promise<Takers | undefined>;

  /** Contacts by id; unknown ids are left out. */
  contacts(instanceId: string, ids: readonly string[]): Promise<readonly ContactReadRow[]>;

  /** All members of the chains that the given contacts belong to, chain by chain in their order. */
  chainMembers(instanceId: string, ids: readonly string[]): Promise<readonly ContactReadRow[]>;

  /**
   * The contacts of an association, by (initiatedAt, id).
   *
   * @param after where the page before ended
   */
  associatedContacts(
    instanceId: string,
    associationId: string,
    after: readonly [initiatedAt: number, id: string] | undefined,
    limit: number,
  ): Promise<readonly ContactReadRow[]>;

  /** Reads a page of the resources of an instance, by (name, id); of users by (username, id). */
  listResources<Table extends ResourceTable>(
    table: Table,
    instanceId: string,
    query: ResourceQuery,
  ): Promise<readonly Tables[Table][]>;

  /** Resources by id; unknown ids are left out. */
  resources<Table extends ResourceTable>(
    table: Table,
    instanceId: string,
    ids: readonly string[],
  ): Promise<readonly Tables[Table][]>;

  /** A task template as it was; undefined where it has no such version, or is unknown. */
  taskTemplateVersion(instanceId: string, id: string, version: number): Promise<TaskTemplateRow | undefined>;

  /** A page of the instances, by id. */
  listInstances(after: string | undefined, limit: number): Promise<readonly InstanceRow[]>;

  /** Instances by id; unknown ids are left out. */
  instances(ids: readonly string[]): Promise<readonly InstanceRow[]>;

  /** The instant that reads of an instance judge by: the store's clock, never below one that a batch has used. */
  readInstant(instanceId: string): Promise<number>;

  /**
   * A page of the contacts that a search finds, in its order, and how many it finds in all.
   *
   * @param after where the page before ended
   * @param counted whether they are counted: a statement of its own
   * @param signal interrupts the search
   */
  searchContacts(
    instanceId: string,
    query: SearchQuery,
    after: SearchPlace | undefined,
    limit: number,
    counted: boolean,
    signal: AbortSignal,
  ): Promise<{ readonly rows: readonly FoundRow[]; readonly total: number | undefined }>;

  /** The shared attributes of each given contact's chain. */
  attributes(instanceId: string, ids: readonly string[]): Promise<readonly AttributesRow[]>;
}

/** Where the engine keeps its rows. It does no thinking: it loads, writes and looks up what it is asked for. */
export interface Store extends StoreReads {
  /**
   * Runs work in a transaction. Whatever the work throws rolls it back and is thrown on.
   *
   * @throws CommitFailedError, StoreUnreachableError
   */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;

  /** Whether a batch was committed. */
  hasBatch(batchId: string): Promise<boolean>;

  /** Bytes of its write-ahead log; undefined where that is not a file of ours. */
  logBytes(): number | undefined;

  /** Throws where the store cannot be read, and StoreUnwritableError as long as it cannot be written. */
  ready(): Promise<void>;

  close(): Promise<void>;
}

/** Nothing can be written at the moment: the disk is full, the database only reads, or its file is gone. */
export class StoreUnwritableError extends StoreUnreachableError {
  constructor(options: ErrorOptions) {
    super(options);
    this.name = 'StoreUnwritableError';
  }
}

/** Watches a store. It changes nothing and never throws. */
export interface StoreEvents {
  /** The store can no longer be written, with the reason; or it can again. Called when that changes. */
  onWritable(event: { readonly isWritable: boolean; readonly error?: unknown }): void;
}

/** What the URL leads to is there, but it is not a database of this program. It is left as it is. */
export class ForeignDatabaseError extends Error {
  /**
   * @param what the database, as the user knows it
   * @param why what gives it away
   */
  constructor(what: string, why: string, options?: ErrorOptions) {
    super(
      `${what} is not a database of this program (${why}). Nothing was changed: give another DATABASE_URL, or move what is there away.`,
      options,
    );
    this.name = 'ForeignDatabaseError';
  }
}

/** There is no database where one was to be looked at. None is made. */
export class MissingDatabaseError extends Error {
  constructor(what: string) {
    super(`There is no database at ${what}. Give another DATABASE_URL.`);
    this.name = 'MissingDatabaseError';
  }
}

/** A search as the store runs it. Instants are milliseconds since the epoch, ids are bare. */
export interface SearchQuery {
  /** The instant that the whole search judges expiry by. */
  readonly asOf: number;
  readonly range: { readonly type: SearchTimestamp; readonly from: number; readonly to: number };
  readonly criteria: SearchCriteria;
  readonly sort: { readonly field: SearchSortField; readonly order: 'ASCENDING' | 'DESCENDING' };
}

/** Where a page of a search ended: the sort key and the id of its last contact. */
export interface SearchPlace {
  readonly key: string | number | null;
  readonly id: string;
}

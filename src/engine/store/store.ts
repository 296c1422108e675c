import type { LogBounds } from '../../connect/contact-change.js';
import type { SearchCriteria, SearchSortField, SearchTimestamp } from '../../connect/contact-search.js';
import type {
  ChainRow,
  ClientTokenRow,
  ConnectUserRow,
  ContactChangeRow,
  ContactFlowRow,
  ContactRow,
  InstanceRow,
  QueueRow,
  QuickConnectRow,
  ResourceKey,
  Tables,
  TaskTemplateRow,
} from './tables.js';

/** The keys of the rows that a batch of requests needs. */
export interface Keys {
  readonly instances: readonly string[];
  readonly contactFlows: readonly ResourceKey[];
  readonly quickConnects: readonly ResourceKey[];
  readonly taskTemplates: readonly ResourceKey[];
  readonly queues: readonly ResourceKey[];
  readonly users: readonly ResourceKey[];
  /** The chains of these contacts are loaded as well. */
  readonly contacts: readonly ResourceKey[];
  /** Instances of which all task templates are loaded. */
  readonly templatesOf: readonly string[];
  /** Scopes of client tokens. */
  readonly tokens: readonly string[];
}

/** A chain, as it is loaded. */
export interface LoadedChainRow extends ChainRow {
  /** The number of its linkedTasks that are past their retention. They no longer count for its limit. */
  readonly pastTasks: number;
}

/** The rows of {@link Keys}, and the flows that the quick connects and templates name. */
export interface LoadedRows {
  readonly instances: readonly InstanceRow[];
  readonly contactFlows: readonly ContactFlowRow[];
  readonly quickConnects: readonly QuickConnectRow[];
  readonly taskTemplates: readonly TaskTemplateRow[];
  readonly queues: readonly QueueRow[];
  readonly users: readonly ConnectUserRow[];
  /** Without contacts past their retention. */
  readonly contacts: readonly ContactRow[];
  readonly chains: readonly LoadedChainRow[];
  readonly tokens: readonly ClientTokenRow[];
  /** Instance id to the number of its open tasks that have expired. */
  readonly expiredTasks: ReadonlyMap<string, number>;
}

/** The rows that a batch writes. */
export interface WrittenRows {
  readonly newTemplates: readonly TaskTemplateRow[];
  readonly newContacts: readonly ContactRow[];
  readonly changedContacts: readonly ContactRow[];
  /** New and changed chains. */
  readonly chains: readonly ChainRow[];
  /** New tokens, and expired tokens that are used again. */
  readonly tokens: readonly ClientTokenRow[];
  /** In their order, the numbers of each instance following its last one. */
  readonly changes: readonly ContactChangeRow[];
  /** Id of each changed instance to the number of tasks that became open, minus those that ended. */
  readonly openedTasks: ReadonlyMap<string, number>;
}

/** A transaction of the store. */
export interface StoreTransaction {
  /** Returns the instant for decisions: the store's clock, or the latest instant of these instances if that is later. */
  instant(instanceIds: readonly string[]): Promise<number>;
  load(keys: Keys, now: number): Promise<LoadedRows>;
  /** Inserts or replaces resources by their ids. An instance keeps its counters. */
  put(resources: Resources): Promise<void>;
  write(batchId: string, rows: WrittenRows, now: number): Promise<void>;
}

/** A contact with the data of its instance and the clock that its state depends on. */
export interface ContactReadRow extends ContactRow {
  readonly instanceArn: string;
  /** The current name of its task template. */
  readonly taskTemplateName: string | null;
  /** The latest instant that a batch of the instance has used. */
  readonly lastInstant: number;
  /** The store's clock. */
  readonly clock: number;
}

/** A contact that a search found, with its sort key. */
export interface FoundRow extends ContactReadRow {
  readonly sortKey: string | number | null;
}

/** A queue and a user for a contact; null if the instance has none. */
export interface Assignees {
  readonly queueId: string | null;
  readonly userId: string | null;
}

/** The place of a contact in its queue. Both values are null unless it waits there. */
export interface QueuePlaceRow {
  readonly id: string;
  readonly instanceArn: string;
  /** 1 is next. */
  readonly place: number | null;
  /** How long tasks of its queue waited in the mean until an agent had them, in milliseconds; null if none had. */
  readonly meanWaitMs: number | null;
}

/** The attributes of the chain of a contact. */
export interface AttributesRow {
  readonly contactId: string;
  /** JSON: key to value. */
  readonly attributes: string;
}

/** A table of the resources of an instance that have a name. */
export type ResourceTable = 'contactFlow' | 'quickConnect' | 'taskTemplate' | 'queue' | 'connectUser';

/** A query of a page of resources. */
export interface ResourceQuery {
  /** Column to the values that it can have. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly after: readonly [name: string, id: string] | undefined;
  readonly limit: number;
}

/** Resources for the store: all rows of instances except contacts. */
export interface Resources {
  readonly instances: readonly InstanceRow[];
  readonly contactFlows: readonly ContactFlowRow[];
  readonly queues: readonly QueueRow[];
  readonly users: readonly ConnectUserRow[];
  readonly quickConnects: readonly QuickConnectRow[];
  readonly taskTemplates: readonly TaskTemplateRow[];
}

/** The rows of a new database. */
export interface Content extends Resources {
  readonly contacts: readonly ContactRow[];
  readonly chains: readonly ChainRow[];
}

/**
 * COMMIT failed, or its answer was lost. The store must be read to find whether the transaction took effect.
 */
export class CommitFailedError extends Error {
  constructor(options: ErrorOptions) {
    super('The answer to COMMIT was a failure or was lost', options);
    this.name = 'CommitFailedError';
  }
}

/** A transaction could not begin, so it changed nothing. The next one will probably fail as well. */
export class StoreUnreachableError extends Error {
  constructor(options: ErrorOptions) {
    super('The store cannot be reached', options);
    this.name = 'StoreUnreachableError';
  }
}

/** The engine's reads of committed rows. */
export interface StoreReads {
  /** Returns the ARN of an instance; undefined if it does not exist. */
  instanceArn(instanceId: string): Promise<string | undefined>;

  /**
   * Returns the queue and agent for a contact: its own, else those of its quick connect, else the first ones of the
   * instance by id. Returns undefined if the contact does not exist.
   */
  assigneesOf(instanceId: string, contactId: string): Promise<Assignees | undefined>;

  /**
   * Returns the id of the task that is next in a queue: by priority, then by the time that it waits, with its adjustment.
   * Undefined if none waits.
   */
  nextInQueue(instanceId: string, queueId: string): Promise<string | undefined>;

  /** Returns the place of contacts in their queues. Unknown ids are left out. */
  queuePlaces(instanceId: string, ids: readonly string[], since: number): Promise<readonly QueuePlaceRow[]>;

  /** Returns contacts by id. Unknown ids are left out. */
  contacts(instanceId: string, ids: readonly string[]): Promise<readonly ContactReadRow[]>;

  /** Returns all members of the chains that the contacts belong to, chain by chain in the order of each chain. */
  chainMembers(instanceId: string, ids: readonly string[]): Promise<readonly ContactReadRow[]>;

  /**
   * Returns a page of the contacts of an association, by (initiatedAt, id).
   *
   * @param after the place where the previous page ended
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

  /** Returns resources by id. Unknown ids are left out. */
  resources<Table extends ResourceTable>(
    table: Table,
    instanceId: string,
    ids: readonly string[],
  ): Promise<readonly Tables[Table][]>;

  /** Returns a version of a task template; undefined if it does not exist. */
  taskTemplateVersion(instanceId: string, id: string, version: number): Promise<TaskTemplateRow | undefined>;

  /** Returns a page of the instances, by id. */
  listInstances(after: string | undefined, limit: number): Promise<readonly InstanceRow[]>;

  /** Returns instances by id. Unknown ids are left out. */
  instances(ids: readonly string[]): Promise<readonly InstanceRow[]>;

  /** Returns the instant for reads of an instance: the store's clock, or its latest instant if that is later. */
  readInstant(instanceId: string): Promise<number>;

  /**
   * Returns a page of the contacts of a search in its order, and the number of all its contacts.
   *
   * @param after the place where the previous page ended
   * @param counted whether to count all contacts, which takes a second statement
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

  /** The numbers of the changes that are kept of an instance. */
  changeBounds(instanceId: string): Promise<LogBounds>;

  /** Changes of an instance after a number, in their order. */
  changesAfter(instanceId: string, after: number, limit: number): Promise<readonly ContactChangeRow[]>;

  /** Returns the attributes of the chain of each contact. */
  attributes(instanceId: string, ids: readonly string[]): Promise<readonly AttributesRow[]>;
}

/** The storage of the engine's rows. It loads and writes rows, and makes no decisions. */
export interface Store extends StoreReads {
  /**
   * Runs work in a transaction. If the work throws an error, the transaction is rolled back and the error is thrown.
   *
   * @throws CommitFailedError, StoreUnreachableError
   */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;

  /**
   * Writes the changes that follow from time alone, and removes old ones.
   *
   * @returns whether any instance needed it
   */
  writeTimedChanges(): Promise<boolean>;

  /** Whether other processes write to it too. */
  readonly isShared: boolean;

  /** Names the database among others, for as long as it exists. */
  databaseName(): Promise<string>;

  /** Reads a number that was kept under a name; undefined if there is none. */
  keptNumber(name: string): Promise<number | undefined>;

  /** Keeps a number under a name, in place of the one before. */
  keepNumber(name: string, value: number): Promise<void>;

  /** Returns whether a batch was committed. */
  hasBatch(batchId: string): Promise<boolean>;

  /** Returns the size of the write-ahead log in bytes; undefined if that is not a file of the engine. */
  logBytes(): number | undefined;

  /** Rejects if the store cannot be read. @throws StoreUnwritableError if it cannot be written */
  ready(): Promise<void>;

  close(): Promise<void>;
}

/** The store cannot be written at the moment: the disk is full, the database is read-only, or its file is lost. */
export class StoreUnwritableError extends StoreUnreachableError {
  constructor(options: ErrorOptions) {
    super(options);
    this.name = 'StoreUnwritableError';
  }
}

/** Receives the events of a store. It never throws. */
export interface StoreEvents {
  /** Called when the store becomes writable or unwritable. `error` is the reason why it cannot be written. */
  onWritable(event: { readonly isWritable: boolean; readonly error?: unknown }): void;
}

/** The URL names a file or a schema of another program. It is not changed. */
export class ForeignDatabaseError extends Error {
  /**
   * @param what the path or the URL of the database
   * @param why the reason, without a full stop
   */
  constructor(what: string, why: string, options?: ErrorOptions) {
    super(
      `${what} is not a database of this program (${why}). Nothing was changed. Set DATABASE_URL to another database, or move this one away.`,
      options,
    );
    this.name = 'ForeignDatabaseError';
  }
}

/** The database to read does not exist. It is not created. */
export class MissingDatabaseError extends Error {
  constructor(what: string) {
    super(`There is no database at ${what}. Set DATABASE_URL to an existing database.`);
    this.name = 'MissingDatabaseError';
  }
}

/** A search of contacts. Instants are milliseconds since the epoch; ids are not ARNs. */
export interface SearchQuery {
  /** The instant at which the search evaluates expiry. */
  readonly asOf: number;
  readonly range: { readonly type: SearchTimestamp; readonly from: number; readonly to: number };
  readonly criteria: SearchCriteria;
  readonly sort: { readonly field: SearchSortField; readonly order: 'ASCENDING' | 'DESCENDING' };
}

/** The place where a page of a search ended: the sort key and the id of its last contact. */
export interface SearchPlace {
  readonly key: string | number | null;
  readonly id: string;
}

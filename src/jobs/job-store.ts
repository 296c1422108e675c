import type { ItemError, ItemState, Job, JobAction, JobItem, LeasedItem, NewItem, NewJob, Settled } from './job.js';

/** The result of a creation: a job, or that its client token belongs to another request. */
export type CreatedJob = { readonly job: Job; readonly isReplayed: boolean } | 'CONFLICT';

/** The result of added items. */
export type AddedItems =
  | { readonly job: Job }
  /** The job was cancelled. */
  | 'CANCELLED'
  /** The job would have too many items; the value is the number that it has. */
  | { readonly tooMany: number }
  /** Keys that the job has with another task. */
  | { readonly otherTasks: ReadonlySet<string> };

/** The result of an action: the job, and whether its state allowed the action. */
export interface Controlled {
  readonly job: Job;
  readonly isAllowed: boolean;
}

/** Selects a page of jobs, the newest first. */
export interface JobsRequest {
  readonly instanceId: string;
  /** Undefined: of every owner. */
  readonly owner: string | undefined;
  /** The id of the last job of the page before. */
  readonly before: string | undefined;
  readonly limit: number;
}

/** Selects a page of the items of a job, in their order. */
export interface ItemsRequest {
  readonly jobId: string;
  readonly state: ItemState | undefined;
  /** The place of the last item of the page before; -1: from the first one. */
  readonly after: number;
  readonly limit: number;
}

/** Errors of items that end because the job's time is over. */
export interface ExpiryErrors {
  readonly expired: readonly ItemError[];
  readonly outcomeUnknown: readonly ItemError[];
}

/** The durable jobs. Processes that share a database lease items, so that each item is worked on by one of them. */
export interface JobStore {
  /** Stores a job and its items in one transaction. */
  create(job: NewJob, items: readonly NewItem[]): Promise<CreatedJob>;
  /** Returns the job of a client token without storing anything; undefined if no job has it. */
  findByToken(job: NewJob, items: readonly NewItem[]): Promise<CreatedJob | undefined>;
  /** Stores further items in one transaction. An item that the job has already with the same task is left as it is. */
  add(jobId: string, items: readonly NewItem[]): Promise<AddedItems | undefined>;
  control(jobId: string, action: JobAction): Promise<Controlled | undefined>;
  find(jobId: string): Promise<Job | undefined>;
  list(request: JobsRequest): Promise<readonly Job[]>;
  items(request: ItemsRequest): Promise<readonly JobItem[]>;

  /** Returns the jobs with items to create now. */
  runnable(): Promise<readonly Job[]>;
  /** Leases the first waiting items of a job to this process. */
  lease(job: Job, limit: number): Promise<readonly LeasedItem[]>;
  /** Stores outcomes of leased items, and returns the job after it. */
  settle(jobId: string, settled: readonly Settled[]): Promise<Job | undefined>;
  /** Frees the items of a job that this process has leased. */
  release(jobId: string): Promise<void>;
  /** Takes the next attempt of a job that waits for a quota. Returns whether this process has it. */
  claimProbe(jobId: string, untilMs: number): Promise<boolean>;
  /** Fails waiting items of jobs whose time is over. */
  expire(errors: ExpiryErrors): Promise<void>;
  /** Reports that this process is alive, and frees the items that ended processes had leased. */
  beat(): Promise<void>;
  /** Removes a part of the jobs that ended before an instant. Returns whether there may be more. */
  removeEndedBefore(instant: number): Promise<boolean>;
  /** Returns the numbers of running jobs and of waiting items. */
  count(): Promise<{ readonly running: number; readonly waiting: number }>;
  /** Removes what items hold of a contact. Returns the number of items. */
  purge(contactId: string): Promise<number>;
  close(): Promise<void>;
}

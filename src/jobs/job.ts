import type { StartTaskContactRequest } from '../connect/start-task-contact.js';

/** States of a job. */
export type JobState = 'RUNNING' | 'PAUSED' | 'COMPLETED' | 'CANCELLED';

/** Why a job is paused: its caller asked for it, an item failed, or the instance has no place for another active task. */
export type PauseReason = 'REQUESTED' | 'ITEM_FAILED' | 'QUOTA_EXCEEDED';

/** States of an item. */
export type ItemState = 'WAITING' | 'CREATED' | 'FAILED' | 'CANCELLED';

/** What a job does when an item fails. */
export type ErrorMode = 'CONTINUE' | 'PAUSE' | 'CANCEL';

/** What a caller may do to a job. */
export type JobAction = 'PAUSE' | 'RESUME' | 'CANCEL' | 'RETRY';

/** The task of an item: a creation without the members that the job adds. */
export type ItemTask = Omit<StartTaskContactRequest, 'instanceId' | 'clientToken'>;

/** An error of an item, as JSON. The layer that makes them is the one that reads them. */
export type ItemError = Readonly<Record<string, unknown>>;

/** The caller of a job, for the audit log. */
export interface JobCaller {
  /** The caller's key: its address if callers are not identified. */
  readonly caller: string;
  readonly subject?: string | undefined;
  readonly clientId?: string | undefined;
}

/** A job with its counts. Instants are milliseconds since the epoch. */
export interface Job {
  /** A UUIDv7, so that ids sort by time. */
  readonly id: string;
  readonly instanceId: string;
  /** The key of the identity that owns the job; empty without authentication. */
  readonly owner: string;
  readonly caller: JobCaller;
  readonly name: string | undefined;
  readonly onError: ErrorMode;
  /** When items that are not created fail as EXPIRED. */
  readonly notAfter: number | undefined;
  readonly state: JobState;
  /** Undefined unless the job is paused. */
  readonly pauseReason: PauseReason | undefined;
  /** When a job that waits for a quota tries again. */
  readonly resumeAt: number | undefined;
  readonly createdAt: number;
  /** When its last item was settled. Undefined while items wait. */
  readonly endedAt: number | undefined;
  readonly total: number;
  readonly waiting: number;
  readonly created: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Items settled a second, of late; undefined until that is known. */
  readonly perSecond: number | undefined;
}

/** An item of a job. */
export interface JobItem {
  /** Its place in the job, from 0. */
  readonly seq: number;
  readonly key: string;
  readonly state: ItemState;
  readonly contactId: string | undefined;
  readonly errors: readonly ItemError[];
  /** How often its creation was tried. */
  readonly attempts: number;
}

/** An item to store. */
export interface NewItem {
  readonly key: string;
  readonly task: ItemTask;
}

/** A job to store. */
export interface NewJob {
  readonly instanceId: string;
  readonly owner: string;
  readonly caller: JobCaller;
  readonly name: string | undefined;
  readonly onError: ErrorMode;
  readonly notAfter: number | undefined;
  /** The caller's client token; undefined: without one. */
  readonly clientToken: string | undefined;
}

/** An item that this process may create now. */
export interface LeasedItem {
  readonly seq: number;
  readonly key: string;
  readonly task: ItemTask;
  readonly attempts: number;
  /** When an earlier attempt began whose outcome is not known; undefined if each outcome is known. */
  readonly openSince: number | undefined;
}

/** The outcome of an attempt. */
export type ItemOutcome =
  | { readonly kind: 'CREATED'; readonly contactId: string }
  | {
      readonly kind: 'FAILED';
      readonly errors: readonly ItemError[];
      /** Whether the task may exist all the same. */
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'AGAIN';
      /** Milliseconds until the next attempt. */
      readonly afterMs: number;
      readonly isOpen: boolean;
      /** Whether the instance has no place for another active task. */
      readonly isQuotaFull: boolean;
    };

/** The outcome of one item. */
export interface Settled {
  readonly seq: number;
  readonly outcome: ItemOutcome;
}

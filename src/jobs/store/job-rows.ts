import { createHash } from 'node:crypto';
import type { ItemError, ItemTask, Job, JobCaller, JobItem, NewItem, NewJob } from '../job.js';
import type { TaskJobItemRow, TaskJobRow } from './job-tables.js';

/** Converts a row. */
export function jobOf(row: TaskJobRow): Job {
  return {
    id: row.id,
    instanceId: row.instanceId,
    owner: row.owner,
    caller: JSON.parse(row.caller) as JobCaller,
    name: row.name ?? undefined,
    onError: row.onError,
    notAfter: row.notAfter ?? undefined,
    state: row.state,
    pauseReason: row.pauseReason ?? undefined,
    resumeAt: row.resumeAt ?? undefined,
    createdAt: row.createdAt,
    endedAt: row.endedAt ?? undefined,
    total: row.total,
    waiting: row.waiting,
    created: row.created,
    failed: row.failed,
    cancelled: row.cancelled,
    perSecond: row.rate === null ? undefined : row.rate / 1000,
  };
}

/** The columns of an item that readers need. */
export type ItemColumns = Pick<TaskJobItemRow, 'seq' | 'key' | 'state' | 'contactId' | 'errors' | 'attempts'>;

/** Converts a row. */
export function itemOf({ seq, key, state, contactId, errors, attempts }: ItemColumns): JobItem {
  return {
    seq,
    key,
    state,
    contactId: contactId ?? undefined,
    errors: errors === null ? [] : (JSON.parse(errors) as readonly ItemError[]),
    attempts,
  };
}

/** Reads a task back. JSON has no dates. */
export function taskOf(text: string): ItemTask {
  const task = JSON.parse(text) as ItemTask & { readonly scheduledTime?: string };
  const { scheduledTime, ...rest } = task;
  return scheduledTime === undefined ? rest : { ...rest, scheduledTime: new Date(scheduledTime) };
}

/** An item as it is stored. */
export interface StoredItem {
  readonly key: string;
  readonly fingerprint: string;
  readonly task: string;
}

/** Prepares an item to be stored. */
export function storedItem({ key, task }: NewItem): StoredItem {
  const text = JSON.stringify(task);
  return { key, fingerprint: digest(text).slice(0, 22), task: text };
}

/** Returns the hash under which a client token is stored: callers never meet. */
export function tokenHashOf({ owner, clientToken }: NewJob): string | null {
  return clientToken === undefined ? null : digest(`${owner.length}\0${owner}\0${clientToken}`);
}

/** Returns a hash of what a client token stands for. */
export function fingerprintOf(job: NewJob, items: readonly StoredItem[]): string {
  const { instanceId, name, onError, notAfter } = job;
  return digest(
    JSON.stringify([instanceId, name, onError, notAfter, items.map(({ key, fingerprint }) => [key, fingerprint])]),
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

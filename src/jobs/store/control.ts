import type { JobAction } from '../job.js';
import type { TaskJobRow } from './job-tables.js';

/** The members of a job that an action changes. */
type Change = Pick<TaskJobRow, 'state' | 'pauseReason' | 'resumeAt'>;

const RUNNING: Change = { state: 'RUNNING', pauseReason: null, resumeAt: null };
const PAUSED: Change = { state: 'PAUSED', pauseReason: 'REQUESTED', resumeAt: null };
const CANCELLED: Change = { state: 'CANCELLED', pauseReason: null, resumeAt: null };

/**
 * Returns what an action changes of a job. An action that changes nothing is allowed, because callers repeat what they got no
 * answer to.
 *
 * @returns undefined if the state does not allow it
 */
export function controlled({ state }: Pick<TaskJobRow, 'state'>, action: JobAction): Change | undefined {
  switch (action) {
    case 'PAUSE':
      return state === 'RUNNING' || state === 'PAUSED' ? PAUSED : undefined;
    case 'RESUME':
      return state === 'RUNNING' || state === 'PAUSED' ? RUNNING : undefined;
    case 'CANCEL':
      return state === 'COMPLETED' ? undefined : CANCELLED;
    case 'RETRY':
      return state === 'CANCELLED' ? undefined : RUNNING;
  }
}

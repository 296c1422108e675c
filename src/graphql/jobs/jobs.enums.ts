import { registerEnumType } from 'type-graphql';
import type { ErrorMode, ItemState, JobAction, JobState, PauseReason } from '../../jobs/job.js';

/** An enum with a member for each word of a type. */
type Words<Word extends string> = { readonly [Each in Word]: Each };

/** States of a job. */
export const ConnectTaskJobState: Words<JobState> = {
  RUNNING: 'RUNNING',
  PAUSED: 'PAUSED',
  COMPLETED: 'COMPLETED',
  CANCELLED: 'CANCELLED',
};
registerEnumType(ConnectTaskJobState, {
  name: 'ConnectTaskJobState',
  description: 'The state of a job.',
  valuesConfig: {
    RUNNING: { description: 'Its items are created in order, within the rate of Amazon Connect.' },
    PAUSED: { description: 'Nothing is created; pauseReason says why.' },
    COMPLETED: { description: 'Each item was created or failed. RETRY and added items run it again.' },
    CANCELLED: { description: 'Nothing more is created. Items whose outcome is unknown are still settled.' },
  },
});

/** Reasons of a pause. */
export const ConnectTaskJobPauseReason: Words<PauseReason> = {
  REQUESTED: 'REQUESTED',
  ITEM_FAILED: 'ITEM_FAILED',
  QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
};
registerEnumType(ConnectTaskJobPauseReason, {
  name: 'ConnectTaskJobPauseReason',
  description: 'Why a job is paused.',
  valuesConfig: {
    REQUESTED: { description: 'controlConnectTaskJob paused it. It waits for RESUME.' },
    ITEM_FAILED: { description: 'An item failed, and onError is PAUSE. It waits for RESUME or RETRY.' },
    QUOTA_EXCEEDED: {
      description: 'The instance has its maximum of active tasks. It continues by itself as tasks end.',
    },
  },
});

/** States of an item. */
export const ConnectTaskJobItemState: Words<ItemState> = {
  WAITING: 'WAITING',
  CREATED: 'CREATED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
};
registerEnumType(ConnectTaskJobItemState, {
  name: 'ConnectTaskJobItemState',
  description: 'The state of an item of a job.',
  valuesConfig: {
    WAITING: { description: 'It waits for its turn, or for another attempt.' },
    CREATED: { description: 'Its task was created.' },
    FAILED: { description: 'Its errors say why. RETRY tries again.' },
    CANCELLED: { description: 'The job was cancelled before its turn.' },
  },
});

/** What happens after a failed item. */
export const ConnectTaskJobErrorMode: Words<ErrorMode> = { CONTINUE: 'CONTINUE', PAUSE: 'PAUSE', CANCEL: 'CANCEL' };
registerEnumType(ConnectTaskJobErrorMode, {
  name: 'ConnectTaskJobErrorMode',
  description: 'What a job does when an item fails.',
  valuesConfig: {
    CONTINUE: { description: 'It creates the other items.' },
    PAUSE: { description: 'It pauses.' },
    CANCEL: { description: 'It cancels the items that wait.' },
  },
});

/** Actions on a job. */
export const ConnectTaskJobAction: Words<JobAction> = {
  PAUSE: 'PAUSE',
  RESUME: 'RESUME',
  CANCEL: 'CANCEL',
  RETRY: 'RETRY',
};
registerEnumType(ConnectTaskJobAction, {
  name: 'ConnectTaskJobAction',
  description: 'An action on a job. An action that the job has already followed changes nothing.',
  valuesConfig: {
    PAUSE: { description: 'Creates nothing until RESUME. For a job that is RUNNING or PAUSED.' },
    RESUME: { description: 'Continues. For a job that is RUNNING or PAUSED.' },
    CANCEL: { description: 'Cancels the items that wait. Not for a COMPLETED job.' },
    RETRY: {
      description: 'Tries its failed items again, with the client tokens that they had. Not for a CANCELLED job.',
    },
  },
});

import { JOB_ITEMS, JOB_ITEMS_A_REQUEST, JOB_KEY_LENGTH, JOB_NAME_LENGTH } from '../../connect/limits.js';
import type { RuleFacts } from '../../connect/violation.js';
import { type Finding, NO_FINDINGS, finding, type Rule } from '../rule.js';
import { plural } from '../text.js';
import { eachRepeated } from './lists.js';
import { lengthRule, storableText } from './text.js';

/** Bounds the name of a job. */
const jobNameLength = lengthRule('gateway/job-name-length', JOB_NAME_LENGTH, 'Decision: a name to show in a list');

/** Bounds the key of an item. */
const jobKeyLength = lengthRule('gateway/job-key-length', JOB_KEY_LENGTH, 'Decision: an id of another system fits');

/** Requires each key once, because a key names one item of its job. */
const jobKeyUnique = eachRepeated<{ readonly key: string }>('key', {
  id: 'gateway/job-key-unique',
  limit: 'each key once in a job',
  source: 'Decision: a key names one item of its job',
});

/** Bounds the number of items of one request. */
const jobItemsNumber: Rule<readonly unknown[]> = {
  id: 'gateway/job-items-number',
  limit: `${JOB_ITEMS_A_REQUEST.min} to ${JOB_ITEMS_A_REQUEST.max} items`,
  source: 'Decision: a body of 1 MiB holds about as many',
  advice: 'Add further items with addTaskContactsToJob.',
  check: ({ length }) =>
    length >= JOB_ITEMS_A_REQUEST.min && length <= JOB_ITEMS_A_REQUEST.max
      ? NO_FINDINGS
      : finding(plural(length, 'item')),
};

/** Requires that an item leaves out the members that its job has. */
const jobMembersOnce: Rule<{ readonly instanceId?: string | null; readonly clientToken?: string | null }> = {
  id: 'gateway/job-members-once',
  limit: 'no value here, because the job has it for all of its items',
  source: 'Decision: a job has one instance, and makes the client tokens of its items',
  check: ({ instanceId, clientToken }) => [...stated('instanceId', instanceId), ...stated('clientToken', clientToken)],
};

function stated(member: string, value: string | null | undefined): readonly Finding[] {
  return value == null ? NO_FINDINGS : [{ path: [member], actual: 'a value' }];
}

/** Requires an end of the job in the future. */
export const jobEndsLater: RuleFacts = {
  id: 'gateway/job-ends-later',
  limit: 'a time in the future',
  source: 'Decision: a job whose time is over would create nothing',
};

/** Bounds the number of items of a job. */
export const jobSize: RuleFacts = {
  id: 'gateway/job-size',
  limit: `at most ${JOB_ITEMS} items in a job`,
  source: 'Decision: at 2 creations a second they take 14 hours',
  advice: 'Start another job.',
};

/** Requires the same task for a key that the job has already. */
export const jobKeySameTask: RuleFacts = {
  id: 'gateway/job-key-same-task',
  limit: 'a new key, or the task that the job has under this key',
  source: 'Decision: items that a job has already are left as they are, so that a request can be repeated',
};

/** The rules of each member of a request for a job. */
export const jobRules = {
  name: [jobNameLength, storableText],
  items: [jobItemsNumber, jobKeyUnique],
  key: [jobKeyLength, storableText],
  task: [jobMembersOnce],
} as const;

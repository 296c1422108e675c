import { DESCRIPTION_LENGTH, EXPIRY_MINUTES, NAME_LENGTH, SERVICE_NAME_LENGTH } from '../../connect/limits.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { ASSIGNMENT_TYPES } from '../../connect/start-task-contact.js';
import { excerpt, plural } from '../text.js';
import { lengthRule } from './text.js';

/** Bounds the name of a task. It may be empty. */
export const nameLength: Rule<string> = {
  ...nameRule(NAME_LENGTH, 'StartTaskContact, Name: length constraints 0 to 512'),
  ofService: nameRule(SERVICE_NAME_LENGTH, 'API_StartTaskContact of 2026, Name: 0 to 1024'),
};

function nameRule(bounds: { readonly min: number; readonly max: number }, source: string): Rule<string> {
  return lengthRule('api/name-length', bounds, source);
}

/** Bounds the description of a task. */
export const descriptionLength = lengthRule(
  'api/description-length',
  DESCRIPTION_LENGTH,
  'StartTaskContact, Description: length constraints 0 to 4096',
);

/** Bounds the minutes until a task ends by itself. */
export const expiryMinutesRange: Rule<number> = {
  id: 'api/expiry-minutes-range',
  limit: `${EXPIRY_MINUTES.min} to ${EXPIRY_MINUTES.max} whole minutes`,
  source: 'Administrator guide, task expiry; segment attribute connect:ContactExpiry',
  check: (minutes) =>
    Number.isInteger(minutes) && minutes >= EXPIRY_MINUTES.min && minutes <= EXPIRY_MINUTES.max
      ? NO_FINDINGS
      : finding(plural(minutes, 'minute')),
};

/** Accepts the assignment types that exist at creation. */
export const assignmentType: Rule<string> = {
  id: 'api/assignment-type',
  limit: `one of ${ASSIGNMENT_TYPES.join(', ')}`,
  source: 'Administrator guide, self-assigned tasks: connect:AssignmentType is SELF',
  check: (text) => ((ASSIGNMENT_TYPES as readonly string[]).includes(text) ? NO_FINDINGS : finding(excerpt(text))),
};

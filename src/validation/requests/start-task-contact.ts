import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import type { RuleFamily, Violation } from '../../connect/violation.js';
import { check, checkEachMember, type MemberRules, type Rule } from '../rule.js';
import { attachmentsRules } from '../rules/attachments.js';
import { attributesRules } from '../rules/attributes.js';
import { exactlyOneFlowSource, onlyOneLink, selfAssignmentComplete } from '../rules/exclusive.js';
import {
  clientTokenLength,
  contactFlowIdLength,
  idNotEmpty,
  instanceIdLength,
  previousContactIdLength,
  relatedContactIdLength,
  taskTemplateIdLength,
  userIdLength,
} from '../rules/identifiers.js';
import { referencesRules } from '../rules/references.js';
import { scheduleRules } from '../rules/schedule.js';
import { segmentAttributesRules } from '../rules/segment-attributes.js';
import { assignmentType, descriptionLength, expiryMinutesRange, nameLength } from '../rules/task.js';
import { storableText } from '../rules/text.js';

/**
 * The rules of each member of a StartTaskContact request, independent of the other members and of the time. The GraphQL
 * inputs declare them by decorator, the engine applies them by {@link checkMembers}.
 */
export const startTaskContactRules = {
  instanceId: [instanceIdLength, storableText],
  name: [nameLength, storableText],
  description: [descriptionLength, storableText],
  contactFlowId: [contactFlowIdLength, idNotEmpty, storableText],
  quickConnectId: [idNotEmpty, storableText],
  taskTemplateId: [taskTemplateIdLength, storableText],
  previousContactId: [previousContactIdLength, storableText],
  relatedContactId: [relatedContactIdLength, storableText],
  attributes: attributesRules,
  references: referencesRules,
  segmentAttributes: segmentAttributesRules,
  attachments: attachmentsRules,
  clientToken: [clientTokenLength, storableText],
  expiryMinutes: [expiryMinutesRange],
  createdByUserId: [userIdLength, storableText],
  assignmentType: [assignmentType],
} satisfies MemberRules<StartTaskContactRequest>;

/** The rules that several members of a request satisfy together. */
export const startTaskContactRequestRules: readonly Rule<StartTaskContactRequest>[] = [
  exactlyOneFlowSource,
  onlyOneLink,
  selfAssignmentComplete,
];

/**
 * Checks each member of a request by its own rules (InvalidParameterException of the API).
 *
 * @param families the families whose rules apply. Default: all
 */
export function checkMembers(request: StartTaskContactRequest, families?: readonly RuleFamily[]): readonly Violation[] {
  return checkEachMember<StartTaskContactRequest>(startTaskContactRules, request, families);
}

/**
 * Checks the members of a request together, and its scheduled time by the clock. A caller that stores client tokens looks
 * the token up first, because a repeat returns the first contact even if its time has passed.
 *
 * @param now milliseconds since the epoch
 * @param aheadDays maximum number of days until the task starts
 */
export function checkCombination(
  request: StartTaskContactRequest,
  now: number,
  aheadDays: number,
): readonly Violation[] {
  const violations = startTaskContactRequestRules.flatMap((rule) => check(rule, request, []));
  return violations.concat(request.scheduledTime ? checkSchedule(request.scheduledTime, now, aheadDays) : []);
}

/** Checks a scheduled time by the clock; see {@link scheduleRules}. */
export function checkSchedule(
  scheduledTime: Date,
  now: number,
  aheadDays: number,
  toleranceSeconds = 0,
): readonly Violation[] {
  return scheduleRules(now, aheadDays, toleranceSeconds).flatMap((rule) =>
    check(rule, scheduledTime, ['scheduledTime']),
  );
}

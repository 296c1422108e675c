import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import type { RuleFamily, Violation } from '../../connect/violation.js';
import { check, checkEachMember, type MemberRules, type Rule } from '../rule.js';
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
import { assignmentType, descriptionLength, expiryMinutesRange, nameLength } from '../rules/task.js';
import { storableText } from '../rules/text.js';

/**
 * Which rules each member of a StartTaskContact request keeps, whatever the others say and whatever the time is. The
 * GraphQL inputs take them from here by decorator, the engine by {@link checkMembers}.
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
  clientToken: [clientTokenLength, storableText],
  expiryMinutes: [expiryMinutesRange],
  createdByUserId: [userIdLength, storableText],
  assignmentType: [assignmentType],
} satisfies MemberRules<StartTaskContactRequest>;

/** Which members contradict each other. */
export const startTaskContactRequestRules: readonly Rule<StartTaskContactRequest>[] = [
  exactlyOneFlowSource,
  onlyOneLink,
  selfAssignmentComplete,
];

/**
 * Checks each member of a request by its own rules (section "one field breaks its own constraint" of the API's errors).
 *
 * @param families whose rules to apply; all of them when omitted
 */
export function checkMembers(request: StartTaskContactRequest, families?: readonly RuleFamily[]): readonly Violation[] {
  return checkEachMember<StartTaskContactRequest>(startTaskContactRules, request, families);
}

/**
 * Checks how a request's members go together, and its scheduled time by the clock. Whoever knows a client token looks
 * that up first: a repeat is answered with the first contact even when its time has passed.
 *
 * @param now milliseconds since the epoch
 */
export function checkCombination(request: StartTaskContactRequest, now: number): readonly Violation[] {
  const violations = startTaskContactRequestRules.flatMap((rule) => check(rule, request, []));
  return violations.concat(request.scheduledTime ? checkSchedule(request.scheduledTime, now) : []);
}

/** Checks a scheduled time by the clock; see {@link scheduleRules}. */
export function checkSchedule(scheduledTime: Date, now: number, toleranceSeconds = 0): readonly Violation[] {
  return scheduleRules(now, toleranceSeconds).flatMap((rule) => check(rule, scheduledTime, ['scheduledTime']));
}

import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';

const FLOW_SOURCES = ['contactFlowId', 'quickConnectId', 'taskTemplateId'] as const;

/** Requires one flow source, which states the flow to run. GraphQL inputs satisfy it by their type (@oneOf). */
export const exactlyOneFlowSource: Rule<StartTaskContactRequest> = {
  id: 'api/exactly-one-flow-source',
  limit: 'exactly one of ContactFlowId, QuickConnectId and TaskTemplateId',
  source: 'StartTaskContact: include only one of these parameters: ContactFlowID, QuickConnectID, or TaskTemplateID',
  check(request) {
    const given = FLOW_SOURCES.filter((member) => request[member] !== undefined);
    return given.length === 1 ? NO_FINDINGS : finding(given.length === 0 ? 'none of them' : listed(given));
  },
};

/** Refuses both links together, because one shares attributes and the other copies them. */
export const onlyOneLink: Rule<StartTaskContactRequest> = {
  id: 'api/only-one-link',
  limit: 'at most one of PreviousContactId and RelatedContactId',
  source: 'Administrator guide, linked tasks: a request with both is invalid',
  check: ({ previousContactId, relatedContactId }) =>
    previousContactId === undefined || relatedContactId === undefined ? NO_FINDINGS : finding('both'),
};

function listed(members: readonly string[]): string {
  return members.map((member) => member[0]?.toUpperCase() + member.slice(1)).join(' and ');
}

/** Requires the creator and the template of a task that its creator assigns to themselves. */
export const selfAssignmentComplete: Rule<StartTaskContactRequest> = {
  id: 'api/self-assignment-complete',
  limit: 'a creator and a task template beside an assignment type',
  source:
    'StartTaskContact, SegmentAttributes: connect:AssignmentType only with connect:CreatedByUser and TaskTemplateId',
  check({ assignmentType, createdByUserId, taskTemplateId }) {
    if (assignmentType === undefined) return NO_FINDINGS;
    const missing = [
      ...(createdByUserId === undefined ? ['no creator'] : []),
      ...(taskTemplateId === undefined ? ['no task template'] : []),
    ];
    return missing.length === 0 ? NO_FINDINGS : finding(missing.join(' and '));
  },
};

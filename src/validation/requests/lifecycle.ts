import type {
  AssociateContactWithUserRequest,
  ContactRequest,
  TagContactRequest,
  TransferContactRequest,
  UntagContactRequest,
  UpdateContactAttributesRequest,
  UpdateContactRequest,
  UpdateContactRoutingDataRequest,
  UpdateContactTaskTemplateRequest,
} from '../../connect/lifecycle.js';
import type { Violation } from '../../connect/violation.js';
import { finding, check, checkEachMember, type MemberRules, NO_FINDINGS, type Rule } from '../rule.js';
import { attributesRules } from '../rules/attributes.js';
import {
  clientTokenLength,
  contactFlowIdLength,
  contactIdLength,
  idNotEmpty,
  instanceIdLength,
  taskTemplateIdLength,
  userIdLength,
} from '../rules/identifiers.js';
import { referencesRules } from '../rules/references.js';
import { oneRoutingMember, queuePriorityRange, queueTimeAdjustmentRange } from '../rules/routing.js';
import { segmentAttributesRules } from '../rules/segment-attributes.js';
import { tagKeysRules, tagsRules } from '../rules/tags.js';
import { descriptionLength, expiryMinutesRange, nameLength } from '../rules/task.js';
import { storableText } from '../rules/text.js';

const ids = {
  instanceId: [instanceIdLength, storableText],
  contactId: [contactIdLength, storableText],
} satisfies MemberRules<ContactRequest>;

const contactFlowId = [contactFlowIdLength, idNotEmpty, storableText];

/** The rules of each member of the lifecycle requests, for the GraphQL inputs and for the engine. */
export const lifecycleRules = {
  ...ids,
  attributes: attributesRules,
  name: [nameLength, storableText],
  description: [descriptionLength, storableText],
  references: referencesRules,
  expiryMinutes: [expiryMinutesRange],
  segmentAttributes: segmentAttributesRules,
  contactFlowId,
  queueId: [idNotEmpty, storableText],
  userId: [userIdLength, storableText],
  taskTemplateId: [taskTemplateIdLength, storableText],
  clientToken: [clientTokenLength, storableText],
  queuePriority: [queuePriorityRange],
  queueTimeAdjustmentSeconds: [queueTimeAdjustmentRange],
  tags: tagsRules,
  keys: tagKeysRules,
} satisfies MemberRules<
  UpdateContactAttributesRequest &
    UpdateContactRequest &
    TransferContactRequest &
    AssociateContactWithUserRequest &
    UpdateContactRoutingDataRequest &
    UpdateContactTaskTemplateRequest &
    TagContactRequest &
    UntagContactRequest
>;

/** Refuses an update without a member to update. */
export const somethingToUpdate: Rule<UpdateContactRequest> = {
  id: 'api/something-to-update',
  limit: 'at least one of name, description, references, expiry and segment attributes',
  source: 'UpdateContact: at least one member besides the ids',
  check: ({ name, description, references, expiryMinutes, segmentAttributes }) =>
    [name, description, references, expiryMinutes, segmentAttributes].every((member) => member === undefined)
      ? finding('none of them')
      : NO_FINDINGS,
};

/** Refuses a transfer to a queue and a user at once. */
export const onlyOneTarget: Rule<TransferContactRequest> = {
  id: 'api/only-one-transfer-target',
  limit: 'at most one of QueueId and UserId',
  source: 'TransferContact: QueueId and UserId cannot be given together',
  check: ({ queueId, userId }) => (queueId === undefined || userId === undefined ? NO_FINDINGS : finding('both')),
};

/** Checks the members of a request about one contact. Rules of members that the request does not have do not apply. */
export function checkContactRequest<Request extends ContactRequest>(request: Request): readonly Violation[] {
  return checkEachMember(lifecycleRules as MemberRules<Request>, request);
}

/** Checks a request of UpdateContact. */
export function checkUpdateContact(request: UpdateContactRequest): readonly Violation[] {
  return [...checkContactRequest(request), ...check(somethingToUpdate, request, [])];
}

/** Checks a request of TransferContact. */
export function checkTransferContact(request: TransferContactRequest): readonly Violation[] {
  return [...checkContactRequest(request), ...check(onlyOneTarget, request, [])];
}

/** Checks a request of UpdateContactRoutingData. */
export function checkRoutingData(request: UpdateContactRoutingDataRequest): readonly Violation[] {
  return [...checkContactRequest(request), ...check(oneRoutingMember, request, [])];
}

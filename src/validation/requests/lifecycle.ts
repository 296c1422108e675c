import type {
  ContactRequest,
  TagContactRequest,
  TransferContactRequest,
  UntagContactRequest,
  UpdateContactAttributesRequest,
  UpdateContactRequest,
} from '../../connect/lifecycle.js';
import type { Violation } from '../../connect/violation.js';
import { found, judge, judgeByMember, type MemberRules, NOTHING, type Rule } from '../rule.js';
import { attributesRules } from '../rules/attributes.js';
import {
  clientTokenLength,
  contactFlowIdLength,
  contactIdLength,
  idNotEmpty,
  instanceIdLength,
  userIdLength,
} from '../rules/identifiers.js';
import { referencesRules } from '../rules/references.js';
import { tagKeysRules, tagsRules } from '../rules/tags.js';
import { descriptionLength, expiryMinutesRange, nameLength } from '../rules/task.js';
import { storableText } from '../rules/text.js';

const ids = {
  instanceId: [instanceIdLength, storableText],
  contactId: [contactIdLength, storableText],
} satisfies MemberRules<ContactRequest>;

const contactFlowId = [contactFlowIdLength, idNotEmpty, storableText];

/** Which rules each member of the life-cycle requests keeps. The GraphQL inputs take them from here too. */
export const lifecycleRules = {
  ...ids,
  attributes: attributesRules,
  name: [nameLength, storableText],
  description: [descriptionLength, storableText],
  references: referencesRules,
  expiryMinutes: [expiryMinutesRange],
  contactFlowId,
  queueId: [idNotEmpty, storableText],
  userId: [userIdLength, storableText],
  clientToken: [clientTokenLength, storableText],
  tags: tagsRules,
  keys: tagKeysRules,
} satisfies MemberRules<
  UpdateContactAttributesRequest &
    UpdateContactRequest &
    TransferContactRequest &
    TagContactRequest &
    UntagContactRequest
>;

/** An update that says nothing to update. */
export const somethingToUpdate: Rule<UpdateContactRequest> = {
  id: 'api/something-to-update',
  limit: 'at least one of name, description and references',
  source: 'UpdateContact: at least one member besides the ids',
  judge: ({ name, description, references, expiryMinutes }) =>
    [name, description, references, expiryMinutes].every((member) => member === undefined)
      ? found('none of them')
      : NOTHING,
};

/** A transfer to two places. */
export const onlyOneTarget: Rule<TransferContactRequest> = {
  id: 'api/only-one-transfer-target',
  limit: 'at most one of QueueId and UserId',
  source: 'TransferContact: QueueId and UserId cannot be given together',
  judge: ({ queueId, userId }) => (queueId === undefined || userId === undefined ? NOTHING : found('both')),
};

/** Judges the members of a request about one contact; rules of members that it does not have find nothing. */
export function judgeContactRequest<Request extends ContactRequest>(request: Request): readonly Violation[] {
  return judgeByMember(lifecycleRules as MemberRules<Request>, request);
}

/** Judges a request of UpdateContact. */
export function judgeUpdateContact(request: UpdateContactRequest): readonly Violation[] {
  return [...judgeContactRequest(request), ...judge(somethingToUpdate, request, [])];
}

/** Judges a request of TransferContact. */
export function judgeTransferContact(request: TransferContactRequest): readonly Violation[] {
  return [...judgeContactRequest(request), ...judge(onlyOneTarget, request, [])];
}

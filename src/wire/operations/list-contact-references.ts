import { operation } from '../operation.js';
import { invalidParameter } from '../wire-error.js';
import { aboutContact, IDS_IN_PATH, readOne } from './ids.js';

/** The member of a ReferenceSummary that holds a reference of each type. */
const SUMMARY_MEMBERS: Readonly<Record<string, string>> = {
  URL: 'Url',
  ATTACHMENT: 'Attachment',
  CONTACT_ANALYSIS: 'ContactAnalysis',
  NUMBER: 'Number',
  STRING: 'String',
  DATE: 'Date',
  EMAIL: 'Email',
  EMAIL_MESSAGE: 'EmailMessage',
  EMAIL_MESSAGE_PLAIN_TEXT: 'EmailMessagePlainText',
  EMAIL_MESSAGE_PLAIN_TEXT_REDACTED: 'EmailMessagePlainTextRedacted',
  EMAIL_MESSAGE_REDACTED: 'EmailMessageRedacted',
};

/** Maximum types in one request, although more types exist. Source: service model, ReferenceTypes. */
const MAX_TYPES = 6;

/** ListContactReferences. */
export const listContactReferences = operation({
  name: 'ListContactReferences',
  method: 'GET',
  path: '/contact/references/{InstanceId}/{ContactId}',
  members: {
    ...IDS_IN_PATH,
    ReferenceTypes: { type: 'string list', in: 'query', wireName: 'referenceTypes', required: true },
    NextToken: { type: 'string', in: 'query', wireName: 'nextToken' },
  },
  toRequest(input) {
    const { ReferenceTypes: types, NextToken } = input;
    if (types.length > MAX_TYPES) throw invalidParameter(`ReferenceTypes: at most ${MAX_TYPES} are accepted.`);
    if (types.some((type) => !Object.hasOwn(SUMMARY_MEMBERS, type))) {
      throw invalidParameter(`ReferenceTypes: only ${Object.keys(SUMMARY_MEMBERS).join(', ')}.`);
    }
    // All references come on one page, so no token exists.
    if (NextToken !== undefined) throw invalidParameter('NextToken: unknown token. Start at the first page.');
    return { ...aboutContact(input), types };
  },
  call: (connect, request, options) =>
    readOne(request, (instanceId, ids) => connect.listReferences({ instanceId, contactIds: ids }, options)),
  toResponse: (references, { types }) => ({
    ReferenceSummaryList: references
      .filter(({ type }) => types.includes(type))
      .map(({ name, type, value, status, arn }) => ({
        [SUMMARY_MEMBERS[type] ?? type]: { Name: name, Value: value, Status: status, Arn: arn },
      })),
  }),
});

import { given } from '../../util/given.js';
import { operation } from '../operation.js';
import { seconds } from '../shapes.js';
import { aboutContact } from './ids.js';
import { PAGING, pageOf } from './paging.js';

/** ListAssociatedContacts. */
export const listAssociatedContacts = operation({
  name: 'ListAssociatedContacts',
  method: 'GET',
  path: '/contact/associated/{InstanceId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    ContactId: { type: 'string', in: 'query', wireName: 'contactId', required: true },
    ...PAGING,
  },
  toRequest: (input) => ({ ...aboutContact(input), ...pageOf(input) }),
  call: (connect, request, options) => connect.listAssociatedContacts(request, options),
  toResponse: ({ items, nextToken }) => ({
    ContactSummaryList: items.map((contact) =>
      given({
        ContactId: contact.id,
        ContactArn: contact.arn,
        InitiationTimestamp: seconds(contact.initiatedAt),
        DisconnectTimestamp: seconds(contact.endedAt),
        InitialContactId: contact.initialContactId,
        PreviousContactId: contact.previousContactId,
        RelatedContactId: contact.relatedContactId,
        InitiationMethod: contact.initiationMethod,
        Channel: contact.channel,
      }),
    ),
    NextToken: nextToken,
  }),
});

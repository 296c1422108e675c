import type { UpdateContactRequest } from '../../connect/lifecycle.js';
import { given } from '../../util/given.js';
import { nothing, operation } from '../operation.js';
import { pairs, references, segmentsOfUpdate, toWireContact } from '../shapes.js';
import { invalidRequest } from '../wire-error.js';
import { aboutContact, IDS_IN_BODY, IDS_IN_PATH, readOne } from './ids.js';

/** DescribeContact. */
export const describeContact = operation({
  name: 'DescribeContact',
  method: 'GET',
  path: '/contacts/{InstanceId}/{ContactId}',
  members: IDS_IN_PATH,
  toRequest: aboutContact,
  call: (connect, request, options) =>
    readOne(request, (instanceId, ids) => connect.describeContacts({ instanceId, contactIds: ids }, options)),
  toResponse: (contact) => ({ Contact: toWireContact(contact) }),
});

/** UpdateContact. */
export const updateContact = operation({
  name: 'UpdateContact',
  method: 'POST',
  path: '/contacts/{InstanceId}/{ContactId}',
  members: {
    ...IDS_IN_PATH,
    Name: { type: 'string' },
    Description: { type: 'string' },
    References: { type: 'reference map' },
    SegmentAttributes: { type: 'segment attribute map' },
    QueueInfo: { type: 'refused' },
    UserInfo: { type: 'refused' },
    CustomerEndpoint: { type: 'refused' },
    SystemEndpoint: { type: 'refused' },
  },
  toRequest(input): UpdateContactRequest {
    const { QueueInfo, UserInfo, CustomerEndpoint, SystemEndpoint } = input;
    if ([QueueInfo, UserInfo, CustomerEndpoint, SystemEndpoint].some((member) => member !== undefined)) {
      throw invalidRequest(
        'QueueInfo, UserInfo, CustomerEndpoint and SystemEndpoint are for external audio contacts only.',
      );
    }
    return {
      ...aboutContact(input),
      ...given({
        name: input.Name,
        description: input.Description,
        references: references(input.References),
        ...segmentsOfUpdate(input.SegmentAttributes),
      }),
    };
  },
  call: (connect, request, options) => connect.updateContact(request, options),
  toResponse: nothing,
});

/** UpdateContactSchedule. */
export const updateContactSchedule = operation({
  name: 'UpdateContactSchedule',
  method: 'POST',
  path: '/contact/schedule',
  members: { ...IDS_IN_BODY, ScheduledTime: { type: 'timestamp', required: true } },
  toRequest: (input) => ({ ...aboutContact(input), scheduledTime: input.ScheduledTime }),
  call: (connect, request, options) => connect.updateContactSchedule(request, options),
  toResponse: nothing,
});

/** TagContact. */
export const tagContact = operation({
  name: 'TagContact',
  method: 'POST',
  path: '/contact/tags',
  members: { ...IDS_IN_BODY, Tags: { type: 'string map', required: true } },
  toRequest: (input) => ({ ...aboutContact(input), tags: pairs(input.Tags) ?? [] }),
  call: (connect, request, options) => connect.tagContact(request, options),
  toResponse: nothing,
});

/** UntagContact. */
export const untagContact = operation({
  name: 'UntagContact',
  method: 'DELETE',
  path: '/contact/tags/{InstanceId}/{ContactId}',
  members: { ...IDS_IN_PATH, TagKeys: { type: 'string list', in: 'query', required: true } },
  toRequest: (input) => ({ ...aboutContact(input), keys: input.TagKeys }),
  call: (connect, request, options) => connect.untagContact(request, options),
  toResponse: nothing,
});

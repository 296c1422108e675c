import { nothing, operation } from '../operation.js';
import { pairs } from '../shapes.js';
import { aboutContact, IDS_IN_BODY, IDS_IN_PATH } from './ids.js';

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

import { ATTRIBUTES_NAMES } from '../../connect/api-names/members.js';
import { toMap } from '../../connect/api-names/to-map.js';
import { nothing, operation } from '../operation.js';
import { pairs } from '../shapes.js';
import { readOne } from './ids.js';

/** GetContactAttributes, by any contact of the chain. */
export const getContactAttributes = operation({
  name: 'GetContactAttributes',
  method: 'GET',
  path: '/contact/attributes/{InstanceId}/{InitialContactId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    InitialContactId: { type: 'string', in: 'path', required: true },
  },
  names: ATTRIBUTES_NAMES,
  toRequest: (input) => ({ instanceId: input.InstanceId, contactId: input.InitialContactId }),
  call: (connect, request, options) =>
    readOne(request, (instanceId, ids) => connect.getAttributes({ instanceId, contactIds: ids }, options)),
  toResponse: (attributes) => ({ Attributes: toMap(attributes) }),
});

/** UpdateContactAttributes. */
export const updateContactAttributes = operation({
  name: 'UpdateContactAttributes',
  method: 'POST',
  path: '/contact/attributes',
  members: {
    InitialContactId: { type: 'string', required: true },
    InstanceId: { type: 'string', required: true },
    Attributes: { type: 'string map', required: true },
  },
  names: ATTRIBUTES_NAMES,
  toRequest: (input) => ({
    instanceId: input.InstanceId,
    contactId: input.InitialContactId,
    attributes: pairs(input.Attributes) ?? [],
  }),
  call: (connect, request, options) => connect.updateContactAttributes(request, options),
  toResponse: nothing,
});

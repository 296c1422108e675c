import { operation } from '../operation.js';
import { readResource } from './ids.js';
import { PAGING, pageOf } from './paging.js';

/** ListUsers. */
export const listUsers = operation({
  name: 'ListUsers',
  method: 'GET',
  path: '/users-summary/{InstanceId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    ...PAGING,
  },
  toRequest: (input) => ({ instanceId: input.InstanceId, ...pageOf(input) }),
  call: (connect, request, options) => connect.listUsers(request, options),
  toResponse: ({ items, nextToken }) => ({
    UserSummaryList: items.map(({ id, arn, username }) => ({ Id: id, Arn: arn, Username: username })),
    NextToken: nextToken,
  }),
});

/** DescribeUser, without the members that the engine has no counterpart for: profiles, phone and hierarchy. */
export const describeUser = operation({
  name: 'DescribeUser',
  method: 'GET',
  path: '/users/{InstanceId}/{UserId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    UserId: { type: 'string', in: 'path', required: true },
  },
  toRequest: ({ InstanceId, UserId }) => ({ instanceId: InstanceId, id: UserId }),
  call: (connect, { instanceId, id }, options) =>
    readResource('USER', 'userId', id, (ids) => connect.describeUsers({ instanceId, userIds: ids }, options)),
  toResponse: ({ id, arn, username }) => ({ User: { Id: id, Arn: arn, Username: username } }),
});

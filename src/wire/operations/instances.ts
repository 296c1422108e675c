import type { Instance } from '../../connect/catalog.js';
import { operation } from '../operation.js';
import { seconds } from '../shapes.js';
import { readResource } from './ids.js';
import { PAGING, pageOf } from './paging.js';

/** ListInstances. */
export const listInstances = operation({
  name: 'ListInstances',
  method: 'GET',
  path: '/instance',
  members: PAGING,
  toRequest: pageOf,
  call: (connect, request, options) => connect.listInstances(request, options),
  toResponse: ({ items, nextToken }) => ({ InstanceSummaryList: items.map(toWire), NextToken: nextToken }),
});

/** DescribeInstance. */
export const describeInstance = operation({
  name: 'DescribeInstance',
  method: 'GET',
  path: '/instance/{InstanceId}',
  members: { InstanceId: { type: 'string', in: 'path', required: true } },
  toRequest: ({ InstanceId }) => ({ id: InstanceId }),
  call: (connect, { id }, options) =>
    readResource('INSTANCE', 'instanceId', id, (ids) => connect.describeInstances({ instanceIds: ids }, options)),
  toResponse: (instance) => ({ Instance: toWire(instance) }),
});

/** Instances of the engine are always active. */
function toWire({ id, arn, alias, createdAt }: Instance): object {
  return { Id: id, Arn: arn, InstanceAlias: alias, CreatedTime: seconds(createdAt), InstanceStatus: 'ACTIVE' };
}

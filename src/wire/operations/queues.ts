import { QUEUE_TYPES } from '../../connect/queue.js';
import { given } from '../../util/given.js';
import { operation } from '../operation.js';
import { invalidParameter } from '../wire-error.js';
import { readResource } from './ids.js';
import { PAGING, pageOf, wordsOf } from './paging.js';

/** Service model, QueueTypes of ListQueues: at most 2. */
const MAX_TYPES = 2;

/** ListQueues. */
export const listQueues = operation({
  name: 'ListQueues',
  method: 'GET',
  path: '/queues-summary/{InstanceId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    QueueTypes: { type: 'string list', in: 'query', wireName: 'queueTypes' },
    ...PAGING,
  },
  toRequest(input) {
    const types = wordsOf('QueueTypes', QUEUE_TYPES, input.QueueTypes);
    if (types && types.length > MAX_TYPES) throw invalidParameter(`QueueTypes: at most ${MAX_TYPES}.`);
    return { instanceId: input.InstanceId, ...given({ types }), ...pageOf(input) };
  },
  call: (connect, request, options) => connect.listQueues(request, options),
  toResponse: ({ items, nextToken }) => ({
    QueueSummaryList: items.map(({ id, arn, name, type }) => ({ Id: id, Arn: arn, Name: name, QueueType: type })),
    NextToken: nextToken,
  }),
});

/** DescribeQueue. It reports no type (service model, Queue). Decision: every queue is enabled. */
export const describeQueue = operation({
  name: 'DescribeQueue',
  method: 'GET',
  path: '/queues/{InstanceId}/{QueueId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    QueueId: { type: 'string', in: 'path', required: true },
  },
  toRequest: ({ InstanceId, QueueId }) => ({ instanceId: InstanceId, id: QueueId }),
  call: (connect, { instanceId, id }, options) =>
    readResource('QUEUE', 'queueId', id, (ids) => connect.describeQueues({ instanceId, queueIds: ids }, options)),
  toResponse: ({ id, arn, name }) => ({ Queue: { QueueId: id, QueueArn: arn, Name: name, Status: 'ENABLED' } }),
});

import { QUICK_CONNECT_TYPES, type QuickConnect } from '../../connect/catalog.js';
import { given } from '../../util/given.js';
import { operation } from '../operation.js';
import { invalidParameter } from '../wire-error.js';
import { readResource } from './ids.js';
import { PAGING, pageOf, wordsOf } from './paging.js';

/** Service model, QuickConnectTypes of ListQuickConnects: at most 4. */
const MAX_TYPES = 4;

/** ListQuickConnects. */
export const listQuickConnects = operation({
  name: 'ListQuickConnects',
  method: 'GET',
  path: '/quick-connects/{InstanceId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    QuickConnectTypes: { type: 'string list', in: 'query' },
    ...PAGING,
  },
  toRequest(input) {
    const types = wordsOf('QuickConnectTypes', QUICK_CONNECT_TYPES, input.QuickConnectTypes);
    if (types && types.length > MAX_TYPES) throw invalidParameter(`QuickConnectTypes: at most ${MAX_TYPES}.`);
    return { instanceId: input.InstanceId, ...given({ types }), ...pageOf(input) };
  },
  call: (connect, request, options) => connect.listQuickConnects(request, options),
  toResponse: ({ items, nextToken }) => ({
    QuickConnectSummaryList: items.map(({ id, arn, name, type }) => ({
      Id: id,
      Arn: arn,
      Name: name,
      QuickConnectType: type,
    })),
    NextToken: nextToken,
  }),
});

/** DescribeQuickConnect. */
export const describeQuickConnect = operation({
  name: 'DescribeQuickConnect',
  method: 'GET',
  path: '/quick-connects/{InstanceId}/{QuickConnectId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    QuickConnectId: { type: 'string', in: 'path', required: true },
  },
  toRequest: ({ InstanceId, QuickConnectId }) => ({ instanceId: InstanceId, id: QuickConnectId }),
  call: (connect, { instanceId, id }, options) =>
    readResource('QUICK_CONNECT', 'quickConnectId', id, (ids) =>
      connect.describeQuickConnects({ instanceId, quickConnectIds: ids }, options),
    ),
  toResponse: (quickConnect) => ({
    QuickConnect: {
      QuickConnectARN: quickConnect.arn,
      QuickConnectId: quickConnect.id,
      Name: quickConnect.name,
      Description: quickConnect.description,
      QuickConnectConfig: { QuickConnectType: quickConnect.type, ...configOf(quickConnect) },
    },
  }),
});

/** Returns the configuration member for the quick connect's type. */
function configOf({ type, userId, queueId, phoneNumber, contactFlowId }: QuickConnect): object {
  switch (type) {
    case 'USER':
      return { UserConfig: { UserId: userId, ContactFlowId: contactFlowId } };
    case 'QUEUE':
      return { QueueConfig: { QueueId: queueId, ContactFlowId: contactFlowId } };
    case 'PHONE_NUMBER':
      return { PhoneConfig: { PhoneNumber: phoneNumber } };
    case 'FLOW':
      return { FlowConfig: { ContactFlowId: contactFlowId } };
  }
}

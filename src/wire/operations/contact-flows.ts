import { CONTACT_FLOW_TYPES, type ContactFlow } from '../../connect/catalog.js';
import { given } from '../../util/given.js';
import { operation } from '../operation.js';
import { invalidParameter, WireError } from '../wire-error.js';
import { readResource } from './ids.js';
import { PAGING, pageOf, wordsOf } from './paging.js';

/** Service model, ContactFlowTypes of ListContactFlows: at most 10. */
const MAX_TYPES = 10;

/** ListContactFlows. */
export const listContactFlows = operation({
  name: 'ListContactFlows',
  method: 'GET',
  path: '/contact-flows-summary/{InstanceId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    ContactFlowTypes: { type: 'string list', in: 'query', wireName: 'contactFlowTypes' },
    ...PAGING,
  },
  toRequest(input) {
    const types = wordsOf('ContactFlowTypes', CONTACT_FLOW_TYPES, input.ContactFlowTypes);
    if (types && types.length > MAX_TYPES) throw invalidParameter(`ContactFlowTypes: at most ${MAX_TYPES}.`);
    return { instanceId: input.InstanceId, ...given({ types }), ...pageOf(input) };
  },
  call: (connect, request, options) => connect.listContactFlows(request, options),
  toResponse: ({ items, nextToken }) => ({
    ContactFlowSummaryList: items.map((flow) => ({
      Id: flow.id,
      Arn: flow.arn,
      Name: flow.name,
      ContactFlowType: flow.type,
      ContactFlowState: flow.state,
      ContactFlowStatus: flow.status,
    })),
    NextToken: nextToken,
  }),
});

/** Suffix of an id of DescribeContactFlow: the version that was saved last, published or not. */
const SAVED = ':$SAVED';

/** DescribeContactFlow. The engine does not run flows, so they have no content, and it keeps one version of each. */
export const describeContactFlow = operation({
  name: 'DescribeContactFlow',
  method: 'GET',
  path: '/contact-flows/{InstanceId}/{ContactFlowId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    ContactFlowId: { type: 'string', in: 'path', required: true },
  },
  toRequest: ({ InstanceId, ContactFlowId }) => {
    const saved = ContactFlowId.endsWith(SAVED);
    return { instanceId: InstanceId, id: saved ? ContactFlowId.slice(0, -SAVED.length) : ContactFlowId, saved };
  },
  async call(connect, { instanceId, id, saved }, options) {
    const flow = await readResource('CONTACT_FLOW', 'contactFlowId', id, (ids) =>
      connect.describeContactFlows({ instanceId, contactFlowIds: ids }, options),
    );
    if (flow.status !== 'PUBLISHED' && !saved) throw notPublished(flow);
    return flow;
  },
  toResponse: (flow) => ({
    ContactFlow: {
      Arn: flow.arn,
      Id: flow.id,
      Name: flow.name,
      Type: flow.type,
      State: flow.state,
      Status: flow.status,
      Description: flow.description,
    },
  }),
});

function notPublished({ id }: ContactFlow): WireError {
  return new WireError(
    'ContactFlowNotPublishedException',
    404,
    `The flow is not published. Use ${id}${SAVED} for its saved version.`,
  );
}

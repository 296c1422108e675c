import { CONTACT_METRICS, type ContactMetrics } from '../../connect/contact.js';
import { operation } from '../operation.js';
import { invalidParameter } from '../wire-error.js';
import { aboutContact, IDS_IN_BODY, readOne } from './ids.js';
import { wordsOf } from './paging.js';

/** The member of the port for each metric. */
const MEMBERS = { ESTIMATED_WAIT_TIME: 'estimatedWaitSeconds', POSITION_IN_QUEUE: 'queuePosition' } as const;

/** GetContactMetrics. Decision: a contact that waits in no queue has no results, and is no error. */
export const getContactMetrics = operation({
  name: 'GetContactMetrics',
  method: 'POST',
  path: '/metrics/contact',
  members: { ...IDS_IN_BODY, Metrics: { type: 'metric list', required: true } },
  toRequest(input) {
    const metrics = wordsOf('Metrics', CONTACT_METRICS, input.Metrics) ?? [];
    if (metrics.length === 0) throw invalidParameter('Metrics: at least 1.');
    return { ...aboutContact(input), metrics };
  },
  call: (connect, request, options) =>
    readOne(request, (instanceId, ids) => connect.getContactMetrics({ instanceId, contactIds: ids }, options)),
  toResponse: (found: ContactMetrics, { metrics }) => ({
    MetricResults: metrics.flatMap((name) => {
      const value = found[MEMBERS[name]];
      return value === undefined ? [] : [{ Name: name, Value: { Number: value } }];
    }),
    Id: found.id,
    Arn: found.arn,
  }),
});

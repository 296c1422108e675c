import { SEARCH_NAMES } from '../../connect/api-names/members.js';
import type { FoundContact, SearchContactsRequest } from '../../connect/contact-search.js';
import { given } from '../../util/given.js';
import { operation } from '../operation.js';
import { mapUnlessEmpty, seconds, segmentAttributes } from '../shapes.js';
import { readCriteria, readSort, readTimeRange } from '../read-search.js';
import { pageOf } from './paging.js';

/** SearchContacts. */
export const searchContacts = operation({
  name: 'SearchContacts',
  method: 'POST',
  path: '/search-contacts',
  members: {
    InstanceId: { type: 'string', required: true },
    TimeRange: { type: 'structure', required: true },
    SearchCriteria: { type: 'structure' },
    MaxResults: { type: 'integer' },
    NextToken: { type: 'string' },
    Sort: { type: 'structure' },
  },
  names: SEARCH_NAMES,
  toRequest: (input): SearchContactsRequest => ({
    instanceId: input.InstanceId,
    timeRange: readTimeRange(input.TimeRange),
    ...given({
      criteria: input.SearchCriteria && readCriteria(input.SearchCriteria),
      sort: input.Sort && readSort(input.Sort),
    }),
    ...pageOf(input),
  }),
  call: (connect, request, options) => connect.searchContacts(request, options),
  toResponse: ({ contacts, nextToken, totalCount }) => ({
    Contacts: contacts.map(toSummary),
    NextToken: nextToken,
    TotalCount: totalCount,
  }),
});

function toSummary(contact: FoundContact): object {
  const { queue, agent } = contact;
  return {
    Arn: contact.arn,
    Id: contact.id,
    InitialContactId: contact.initialContactId,
    PreviousContactId: contact.previousContactId,
    InitiationMethod: contact.initiationMethod,
    Channel: contact.channel,
    QueueInfo: queue && { Id: queue.id, EnqueueTimestamp: seconds(contact.enqueuedAt) },
    AgentInfo: agent && { Id: agent.id, ConnectedToAgentTimestamp: seconds(contact.connectedToAgentAt) },
    InitiationTimestamp: seconds(contact.initiatedAt),
    DisconnectTimestamp: seconds(contact.endedAt),
    ScheduledTimestamp: seconds(contact.scheduledTime),
    SegmentAttributes: segmentAttributes(contact),
    Name: contact.name,
    Tags: mapUnlessEmpty(contact.tags),
  };
}

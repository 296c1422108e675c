import type {
  SearchContactsRequest,
  SearchCriteria,
  SearchSortField,
  SearchTimestamp,
} from '../../connect/contact-search.js';
import type { Path } from '../../connect/violation.js';
import type { ConnectTimestampField } from '../values/enums.js';
import { given } from '../../util/given.js';
import type { ConnectContactFilter, SearchArgs } from './search.args.js';

/** API names of the timestamps. */
const TIMESTAMPS = {
  INITIATED: 'INITIATION_TIMESTAMP',
  SCHEDULED: 'SCHEDULED_TIMESTAMP',
  CONNECTED_TO_AGENT: 'CONNECTED_TO_AGENT_TIMESTAMP',
  ENQUEUED: 'ENQUEUE_TIMESTAMP',
  ENDED: 'DISCONNECT_TIMESTAMP',
} as const satisfies Readonly<Record<keyof typeof ConnectTimestampField, SearchTimestamp>>;

/** API names of the timestamps to sort by; the validation refuses ENQUEUED. */
const SORT_FIELDS = { ...TIMESTAMPS, EXPIRES: 'EXPIRY_TIMESTAMP' } as const;

/** Arguments of a search without the page. */
export type Search = Omit<SearchContactsRequest, 'maxResults' | 'nextToken' | 'counted'>;

/** Converts the validated arguments to the port's request. */
export function toSearch({ filter, sort }: SearchArgs, instanceId: string): Search {
  const { timeRange } = filter;
  const criteria = toCriteria(filter);
  return {
    instanceId,
    timeRange: { type: TIMESTAMPS[timeRange.field], from: timeRange.from, to: timeRange.to },
    ...given({
      criteria: Object.keys(criteria).length > 0 ? criteria : undefined,
      sort: sort && {
        field: SORT_FIELDS[sort.field] as SearchSortField,
        order: sort.direction === 'ASC' ? ('ASCENDING' as const) : ('DESCENDING' as const),
      },
    }),
  };
}

function toCriteria(filter: ConnectContactFilter): SearchCriteria {
  const { name, channels, initiationMethods, queueIds, agentIds, attributes, tags, without } = filter;
  return given({
    // An empty search text has no effect.
    name: name ? ({ texts: [name], match: 'MATCH_ALL' } as const) : undefined,
    channels,
    initiationMethods,
    queueIds,
    agentIds,
    without: without?.length ? [...new Set(without)].map((field) => TIMESTAMPS[field]) : undefined,
    attributes: attributes && {
      criteria: attributes.map(({ key, value }) => ({ key, values: [value] })),
      match: 'MATCH_ALL' as const,
    },
    tags: tags?.length ? [tags.map(({ key, value }) => ({ key, value }))] : undefined,
  });
}

/** Returns the path of a member of the port's request in the query's arguments. */
export function pathInArguments([member, ...inside]: Path): Path {
  if (member === 'criteria') return ['filter', ...inside];
  if (member === 'timeRange') return ['filter', 'timeRange', ...inside];
  return member === undefined ? [] : [member, ...inside];
}

import { breach, judge, type RuleFacts } from '../../validation/rule.js';
import { storableText } from '../../validation/rules/text.js';
import type { SearchContactsRequest, SearchContactsResult, SearchCriteria } from '../contact-search.js';
import { InvalidParameterError } from '../errors.js';
import { PAGE_SIZES, SEARCH_SIZES } from '../limits.js';
import type { Path, Violation } from '../violation.js';
import { bareId, judgeArn } from './arn.js';
import type { InstanceReads } from './instance-reads.js';
import { readPage } from './read-page.js';
import type { SearchPlace } from './store/search-contacts.js';
import type { FoundRow, Store } from './store/store.js';
import { toContact } from './to-contact.js';

/**
 * A time range holds its start and not its end (our decision, the reference being silent): ranges that follow one another
 * then find each contact once.
 */
const startBeforeEnd: RuleFacts = {
  id: 'api/search-start-before-end',
  limit: 'a start before the end of the range, which holds its start and not its end',
  source: 'SearchContacts, TimeRange: StartTime before EndTime',
};

/** Any place's first part is the instant of the first page: all pages of a search judge expiry by that one. */
type Place = readonly [asOf: number, key: string | number | null, id: string];

/**
 * A page of the contacts that meet a search. Of a page on, contacts that others change meanwhile stand where they stand
 * then; all others come exactly once.
 *
 * @throws ResourceNotFoundError, InvalidParameterError
 */
export async function searchContacts(
  store: Store,
  reads: InstanceReads,
  request: SearchContactsRequest,
): Promise<SearchContactsResult> {
  const { timeRange, criteria = {} } = request;
  const { sort = { field: 'INITIATION_TIMESTAMP', order: 'DESCENDING' } as const } = request;
  const violations = judgeSearch(request);
  if (violations.length > 0) throw new InvalidParameterError(violations);
  const instance = await reads.instance(request.instanceId);
  const foreign = judgeArns(criteria, instance.arn);
  if (foreign.length > 0) throw new InvalidParameterError(foreign);

  const range = { type: timeRange.type, from: timeRange.from.getTime(), to: timeRange.to.getTime() };
  const bare = {
    ...criteria,
    ...(criteria.queueIds && { queueIds: criteria.queueIds.map(bareId) }),
    ...(criteria.agentIds && { agentIds: criteria.agentIds.map(bareId) }),
  };
  let asOf = 0;
  let totalCount = 0;
  const page = await readPage<FoundRow, Place>(
    ['SearchContacts', instance.id, range, bare, sort],
    request,
    PAGE_SIZES.searchContacts,
    async (after, limit) => {
      asOf = after ? instantOf(after[0]) : await store.readInstant(instance.id);
      const query = { asOf, range, criteria: bare, sort };
      const found = await store.searchContacts(instance.id, query, after && placeOf(after, sort.field), limit);
      totalCount = found.total;
      return found.rows;
    },
    (row) => [asOf, row.sortKey, row.id],
  );
  const { items, ...rest } = page;
  return { contacts: items.map(toContact), ...rest, totalCount };
}

/** A token can be forged: its parts are taken for what they must be, so that no other type reaches the database. */
function placeOf([, key, id]: Place, field: string): SearchPlace {
  const isText = field === 'CHANNEL' || field === 'INITIATION_METHOD';
  return { key: key === null ? null : isText ? String(key) : instantOf(key), id: String(id) };
}

function instantOf(value: unknown): number {
  return Number.isSafeInteger(value) ? (value as number) : 0;
}

function judgeSearch({ timeRange, criteria = {} }: SearchContactsRequest): readonly Violation[] {
  const { name, channels, initiationMethods, queueIds, agentIds, attributes, tags } = criteria;
  const sizes = SEARCH_SIZES;
  const keys = attributes?.criteria ?? [];
  const ordered = timeRange.from.getTime() < timeRange.to.getTime();
  const stored: readonly (readonly [Path, readonly string[]])[] = [
    [['criteria', 'name'], name?.texts ?? []],
    [['criteria', 'attributes'], keys.map(({ key }) => key)],
    [['criteria', 'tags'], tags?.flat().flatMap(({ key, value }) => [key, value]) ?? []],
  ];
  return [
    ...(ordered ? [] : [breach(startBeforeEnd, ['timeRange'], 'a start at or after its end')]),
    ...atMost(sizes.texts, ['criteria', 'name'], name?.texts),
    ...atMost(sizes.words, ['criteria', 'channels'], channels),
    ...atMost(sizes.words, ['criteria', 'initiationMethods'], initiationMethods),
    ...atMost(sizes.ids, ['criteria', 'queueIds'], queueIds),
    ...atMost(sizes.ids, ['criteria', 'agentIds'], agentIds),
    ...atMost(sizes.attributes, ['criteria', 'attributes'], keys),
    ...keys.flatMap(({ values }) => atMost(sizes.attributeValues, ['criteria', 'attributes'], values)),
    ...atMost(sizes.tags, ['criteria', 'tags'], tags?.flat()),
    ...(name?.texts ?? []).flatMap((text) => shortEnough(text, ['criteria', 'name'])),
    ...(tags?.some((group) => group.length === 0) ? [breach(groupOfTags, ['criteria', 'tags'], 'none')] : []),
    ...stored.flatMap(([path, list]) => list.flatMap((text) => judge(storableText, text, path))),
  ];
}

const groupOfTags: RuleFacts = {
  id: 'engine/search-tag-group',
  limit: 'at least one tag in each group',
  source: 'Our decision: a group of none would let every contact through',
};

function atMost(most: number, path: Path, list: readonly unknown[] | undefined): readonly Violation[] {
  if (list === undefined || list.length <= most) return [];
  const rule: RuleFacts = {
    id: 'api/search-list-length',
    limit: `at most ${most} in the list`,
    source: 'Service model, SearchCriteria',
  };
  return [breach(rule, path, `${list.length}`)];
}

function shortEnough(text: string, path: Path): readonly Violation[] {
  const { length } = [...text];
  if (length <= SEARCH_SIZES.textLength) return [];
  const rule: RuleFacts = {
    id: 'api/search-text-length',
    limit: `at most ${SEARCH_SIZES.textLength} characters`,
    source: 'Service model, SearchText',
  };
  return [breach(rule, path, `${length} characters`)];
}

function judgeArns({ queueIds = [], agentIds = [] }: SearchCriteria, arn: string): readonly Violation[] {
  return [
    ...queueIds.flatMap((id, index) => judgeArn(id, arn, 'QUEUE', ['criteria', 'queueIds', index])),
    ...agentIds.flatMap((id, index) => judgeArn(id, arn, 'USER', ['criteria', 'agentIds', index])),
  ];
}

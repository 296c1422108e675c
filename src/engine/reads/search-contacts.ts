import { bareId } from '../../connect/arn.js';
import type { CallOptions } from '../../connect/call.js';
import type { SearchContactsRequest, SearchContactsResult, SearchCriteria } from '../../connect/contact-search.js';
import { InvalidParameterError } from '../../connect/errors.js';
import { PAGE_SIZES, SEARCH_SIZES } from '../../connect/limits.js';
import type { RuleFacts, Violation } from '../../connect/violation.js';
import { given } from '../../util/given.js';
import { violationOf, check, type Rule } from '../../validation/rule.js';
import { eachText } from '../../validation/rules/lists.js';
import {
  searchAttributeKeyLength,
  searchAttributeValueLength,
  searchListLength,
  searchRangeLength,
  searchStartBeforeEnd,
  searchTextLength,
} from '../../validation/rules/search.js';
import { storableText } from '../../validation/rules/text.js';
import { checkArn } from '../arn.js';
import { toContact } from '../decide/to-contact.js';
import type { FoundRow, SearchPlace, Store } from '../store/store.js';
import type { InstanceReads } from './instance-reads.js';
import type { ScanTurns } from './scan-turns.js';
import { readPage } from './read-page.js';

/** The first part of a place is the instant of the first page, because all pages of a search derive expiry from it. */
type Place = readonly [asOf: number, key: string | number | null, id: string];

/**
 * Lists the contacts that match a search. Across pages, a contact that changes meanwhile has its new place; all others
 * are returned exactly once.
 *
 * @param strict whether rules for CONNECT_STRICT apply
 * @throws ResourceNotFoundError, InvalidParameterError
 */
export async function searchContacts(
  store: Store,
  reads: InstanceReads,
  turns: ScanTurns,
  request: SearchContactsRequest,
  options: CallOptions | undefined,
  strict: boolean,
): Promise<SearchContactsResult> {
  const { timeRange, criteria = {} } = request;
  const { sort = { field: 'INITIATION_TIMESTAMP', order: 'DESCENDING' } as const } = request;
  const violations = checkSearch(request, strict);
  if (violations.length > 0) throw new InvalidParameterError(violations);
  const instance = await reads.instance(request.instanceId);
  const foreign = checkArns(criteria, instance.arn);
  if (foreign.length > 0) throw new InvalidParameterError(foreign);

  const range = { type: timeRange.type, from: timeRange.from.getTime(), to: timeRange.to.getTime() };
  const bare = {
    ...criteria,
    ...(criteria.queueIds && { queueIds: criteria.queueIds.map(bareId) }),
    ...(criteria.agentIds && { agentIds: criteria.agentIds.map(bareId) }),
  };
  let asOf = 0;
  let total: number | undefined;
  const page = await readPage<FoundRow, Place>(
    ['SearchContacts', instance.id, range, bare, sort],
    request,
    PAGE_SIZES.searchContacts,
    async (after, limit) => {
      asOf = after ? instantOf(after[0]) : await store.readInstant(instance.id);
      const query = { asOf, range, criteria: bare, sort };
      const place = after && placeOf(after, sort.field);
      const found = await turns.run(options, (signal) =>
        store.searchContacts(instance.id, query, place, limit, request.counted ?? true, signal),
      );
      total = found.total;
      return found.rows;
    },
    (row) => [asOf, row.sortKey, row.id],
  );
  const { items, ...rest } = page;
  return { contacts: items.map(toContact), ...rest, ...given({ totalCount: total }) };
}

/** A token can be forged. Its parts are validated, because no other type may reach the database. */
function placeOf([, key, id]: Place, field: string): SearchPlace {
  const isText = field === 'CHANNEL' || field === 'INITIATION_METHOD';
  return { key: key === null ? null : isText ? String(key) : instantOf(key), id: String(id) };
}

function instantOf(value: unknown): number {
  return Number.isSafeInteger(value) ? (value as number) : 0;
}

function checkSearch({ timeRange, criteria = {} }: SearchContactsRequest, strict: boolean): readonly Violation[] {
  const { name, channels, initiationMethods, queueIds, agentIds, attributes, without, tags } = criteria;
  const sizes = SEARCH_SIZES;
  const pairs = attributes?.criteria;
  const texts = (rules: readonly Rule<string>[]) => rules.map(eachText);
  const inCriteria = <Value>(member: keyof SearchCriteria, rules: readonly Rule<Value>[], value: Value | undefined) =>
    value === undefined ? [] : rules.flatMap((rule) => check(rule, value, ['criteria', member]));
  return [
    ...check(searchStartBeforeEnd, timeRange, ['timeRange']),
    ...(strict ? check(searchRangeLength, timeRange, ['timeRange']) : []),
    ...inCriteria('name', [searchListLength(sizes.texts), ...texts([searchTextLength, storableText])], name?.texts),
    ...inCriteria('channels', [searchListLength(sizes.words)], channels),
    ...inCriteria('initiationMethods', [searchListLength(sizes.words)], initiationMethods),
    ...inCriteria('without', [searchListLength(sizes.words)], without),
    ...inCriteria('queueIds', [searchListLength(sizes.ids)], queueIds),
    ...inCriteria('agentIds', [searchListLength(sizes.ids)], agentIds),
    ...inCriteria('attributes', [searchListLength(sizes.attributes)], pairs),
    ...inCriteria(
      'attributes',
      texts([searchAttributeKeyLength, storableText]),
      pairs?.map(({ key }) => key),
    ),
    ...(pairs ?? []).flatMap(({ values }) =>
      inCriteria('attributes', [searchListLength(sizes.attributeValues), eachText(searchAttributeValueLength)], values),
    ),
    ...inCriteria('tags', [searchListLength(sizes.tags)], tags?.flat()),
    ...inCriteria(
      'tags',
      texts([storableText]),
      tags?.flat().flatMap(({ key, value }) => [key, value]),
    ),
    ...(tags?.some((group) => group.length === 0) ? [violationOf(groupOfTags, ['criteria', 'tags'], 'none')] : []),
  ];
}

/** Requires at least one tag in each group of a search. */
export const groupOfTags: RuleFacts = {
  id: 'engine/search-tag-group',
  limit: 'at least one tag in each group',
  source: 'Decision: an empty group would match every contact',
};

function checkArns({ queueIds = [], agentIds = [] }: SearchCriteria, arn: string): readonly Violation[] {
  return [
    ...queueIds.flatMap((id, index) => checkArn(id, arn, 'QUEUE', ['criteria', 'queueIds', index])),
    ...agentIds.flatMap((id, index) => checkArn(id, arn, 'USER', ['criteria', 'agentIds', index])),
  ];
}

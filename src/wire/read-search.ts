import {
  type MatchType,
  SEARCH_TIMESTAMPS,
  type SearchContactsRequest,
  type SearchCriteria,
  type SearchSortField,
  type SearchTimestamp,
} from '../connect/contact-search.js';
import type { Channel, Tag } from '../connect/contact.js';
import { given } from '../util/given.js';
import { type JsonObject, list, missing, object, optional, string, timestamp } from './read-json.js';
import { invalidParameter } from './wire-error.js';

const CHANNELS = ['VOICE', 'CHAT', 'TASK', 'EMAIL'] as const satisfies readonly Channel[];

const MATCH_TYPES = ['MATCH_ALL', 'MATCH_ANY', 'MATCH_EXACT', 'MATCH_NONE'] as const satisfies readonly MatchType[];

const SORT_FIELDS = [
  'INITIATION_TIMESTAMP',
  'SCHEDULED_TIMESTAMP',
  'CONNECTED_TO_AGENT_TIMESTAMP',
  'DISCONNECT_TIMESTAMP',
  'INITIATION_METHOD',
  'CHANNEL',
  'EXPIRY_TIMESTAMP',
] as const satisfies readonly SearchSortField[];

/** Members of SearchCriteria that the engine does not model. Ignoring one would return too many contacts. */
const NOT_MODELLED = [
  'AgentHierarchyGroups',
  'ContactAnalysis',
  'RoutingCriteria',
  'SearchableSegmentAttributes',
  'ActiveRegions',
  'AiAgents',
];

type Read<Value> = (json: unknown, at: string) => Value;

/** Reads TimeRange of SearchContacts. */
export function readTimeRange(json: JsonObject): SearchContactsRequest['timeRange'] {
  return {
    type: required(json, 'Type', 'TimeRange', word(SEARCH_TIMESTAMPS)),
    from: required(json, 'StartTime', 'TimeRange', timestamp),
    to: required(json, 'EndTime', 'TimeRange', timestamp),
  };
}

/** Reads Sort of SearchContacts. */
export function readSort(json: JsonObject): NonNullable<SearchContactsRequest['sort']> {
  return {
    field: required(json, 'FieldName', 'Sort', word(SORT_FIELDS)),
    order: required(json, 'Order', 'Sort', word(['ASCENDING', 'DESCENDING'])),
  };
}

/**
 * Reads SearchCriteria of SearchContacts.
 *
 * @throws WireError InvalidParameterException for members that are not modelled
 */
export function readCriteria(json: JsonObject): SearchCriteria {
  const at = 'SearchCriteria';
  const other = NOT_MODELLED.find((name) => json[name] !== undefined && json[name] !== null);
  if (other) throw invalidParameter(`SearchCriteria.${other} is not known here. Search without it.`);
  const inside = <Value>(name: string, read: Read<Value>) => optional(json[name], `${at}.${name}`, read);
  return given({
    name: inside('Name', (value, of) => ({
      texts: required(object(value, of), 'SearchText', of, listOf(string)),
      match: required(object(value, of), 'MatchType', of, word(MATCH_TYPES)),
    })),
    channels: inside('Channels', listOf(word(CHANNELS))),
    initiationMethods: inside('InitiationMethods', listOf(string)),
    queueIds: inside('QueueIds', listOf(string)),
    agentIds: inside('AgentIds', listOf(string)),
    attributes: inside('SearchableContactAttributes', (value, of) => ({
      criteria: required(object(value, of), 'Criteria', of, listOf(attribute)),
      // Decision: the reference states no default.
      match: optional(object(value, of).MatchType, `${of}.MatchType`, word(MATCH_TYPES)) ?? 'MATCH_ALL',
    })),
    tags: inside('ContactTags', tags),
    without: inside('AdditionalTimeRange', absentTimestamps),
  });
}

function attribute(json: unknown, at: string) {
  const of = object(json, at);
  return { key: required(of, 'Key', at, string), values: required(of, 'Values', at, listOf(string)) };
}

/**
 * Reads AdditionalTimeRange: the timestamps that a contact must not have.
 *
 * @throws WireError InvalidParameterException for a further range, and for a match other than of all, which are not modelled
 */
function absentTimestamps(json: unknown, at: string): readonly SearchTimestamp[] {
  const range = object(json, at);
  const absent = required(range, 'Criteria', at, listOf(absentTimestamp));
  const match = required(range, 'MatchType', at, word(MATCH_TYPES));
  if (match === 'MATCH_NONE' || (match === 'MATCH_ANY' && absent.length > 1)) {
    throw invalidParameter(`${at}.MatchType: only MATCH_ALL is known here for several criteria.`);
  }
  return absent;
}

function absentTimestamp(json: unknown, at: string): SearchTimestamp {
  const criterion = object(json, at);
  if (criterion.TimeRange !== undefined && criterion.TimeRange !== null) {
    throw invalidParameter(`${at}.TimeRange is not known here. Search without it.`);
  }
  const condition = required(criterion, 'TimestampCondition', at, object);
  const inside = `${at}.TimestampCondition`;
  required(condition, 'ConditionType', inside, word(['NOT_EXISTS']));
  return required(condition, 'Type', inside, word(SEARCH_TIMESTAMPS));
}

/** Reads groups of tags: all conditions of And are one group, each of Or is one. */
function tags(json: unknown, at: string): readonly (readonly Tag[])[] {
  const { OrConditions, AndConditions, TagCondition } = object(json, at);
  const ways = [
    optional(OrConditions, `${at}.OrConditions`, listOf(listOf(tag))),
    optional(AndConditions, `${at}.AndConditions`, (value, of) => {
      const group = listOf(tag)(value, of);
      return group.length === 0 ? [] : [group];
    }),
    optional(TagCondition, `${at}.TagCondition`, (value, of) => [[tag(value, of)]]),
  ].filter((way) => way !== undefined);
  if (ways.length > 1) throw invalidParameter(`${at}: only one of OrConditions, AndConditions and TagCondition.`);
  return ways[0] ?? [];
}

function tag(json: unknown, at: string): Tag {
  const of = object(json, at);
  return { key: required(of, 'TagKey', at, string), value: required(of, 'TagValue', at, string) };
}

function listOf<Value>(read: Read<Value>): Read<readonly Value[]> {
  return (json, at) => list(json, at).map((item, index) => read(item, `${at}[${index}]`));
}

function word<const Word extends string>(words: readonly Word[]): Read<Word> {
  return (json, at) => {
    const text = string(json, at);
    const known = words.find((one) => one === text);
    if (known === undefined) throw invalidParameter(`${at}: only ${words.join(', ')}.`);
    return known;
  };
}

function required<Value>(json: JsonObject, name: string, at: string, read: Read<Value>): Value {
  const value = optional(json[name], `${at}.${name}`, read);
  if (value === undefined) throw missing(`${at}.${name}`);
  return value;
}

import { MEMBER_OF_SEGMENT } from './segment-attributes.js';

/** The API's names of request members that are not the port's name in PascalCase. */
export type ApiNames = Readonly<Record<string, string>>;

/** Names in every operation. The API keeps some members of the port in segment attributes. */
const COMMON: ApiNames = {
  keys: 'TagKeys',
  ...Object.fromEntries([...MEMBER_OF_SEGMENT].map(([key, member]) => [member, `SegmentAttributes["${key}"]`])),
};

/** Names inside a segment attribute. */
export const SEGMENT_NAMES: ApiNames = { value: 'ValueString' };

/** Names in the operations on attributes. They accept any contact of a chain. */
export const ATTRIBUTES_NAMES = { contactId: 'InitialContactId' } as const satisfies ApiNames;

/** Names in StartTaskContact, beside {@link COMMON}. */
export const START_TASK_NAMES = { url: 'S3Url' } as const satisfies ApiNames;

/** Names in SearchContacts. The API keeps the texts of a name in an object of their own. */
export const SEARCH_NAMES: ApiNames = {
  criteria: 'SearchCriteria',
  name: 'Name.SearchText',
  attributes: 'SearchableContactAttributes',
  tags: 'ContactTags',
  without: 'AdditionalTimeRange.Criteria',
};

/** Members of the API without a counterpart in the port. The port has their members one level higher. */
const WRAPPERS: ReadonlySet<string> = new Set(['SearchText', 'Criteria']);

const TO_PORT: ReadonlyMap<string, string> = new Map(
  [COMMON, ATTRIBUTES_NAMES, START_TASK_NAMES, SEARCH_NAMES, SEGMENT_NAMES].flatMap((names) =>
    Object.entries(names).map(([ours, theirs]) => [theirs, ours] as const),
  ),
);

/**
 * Returns the API's name of a member.
 *
 * @param names the operation's own names. Default: none
 */
export function apiName(member: string, names: ApiNames = {}): string {
  return names[member] ?? COMMON[member] ?? pascalCase(member);
}

/** Returns the port's name of a member; undefined if the port does not have it. */
export function portName(apiMember: string): string | undefined {
  if (WRAPPERS.has(apiMember)) return undefined;
  return TO_PORT.get(pascalCase(apiMember)) ?? camelCase(apiMember);
}

/** Returns the same word with an upper-case first letter. */
export function pascalCase(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Returns the same word with a lower-case first letter. */
export function camelCase(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

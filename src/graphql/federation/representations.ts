import { badUserInput } from '../errors/response-codes.js';

/**
 * Representations that one request may hold: as many contacts as the chains of one answer may list. A router cannot split
 * a list that is longer, but each may cost a call to Connect.
 */
const MAX_REPRESENTATIONS = 2_500;

/** The key of an entity, as a router hands it over. */
export interface Representation {
  readonly __typename: string;
  readonly instanceId: string;
  readonly id: string;
}

/**
 * Judges the representations of _entities: their type, _Any, lets everything pass, and what is wrong with one would look like
 * a fault of ours.
 *
 * @param names of the types that may be meant
 * @throws GraphQLError
 */
export function judgeRepresentations(
  given: readonly unknown[],
  names: readonly string[],
): asserts given is readonly Representation[] {
  if (given.length > MAX_REPRESENTATIONS) {
    throw badUserInput(`representations: expected at most ${MAX_REPRESENTATIONS}, but got ${given.length}.`);
  }
  const index = given.findIndex((each) => !isRepresentation(each, names));
  if (index < 0) return;
  throw badUserInput(
    `representations[${index}]: expected __typename ${names.join(' or ')}, with instanceId and id as texts.`,
  );
}

function isRepresentation(given: unknown, names: readonly string[]): given is Representation {
  if (typeof given !== 'object' || given === null) return false;
  const { __typename, instanceId, id } = given as Partial<Representation>;
  return names.includes(__typename ?? '') && typeof instanceId === 'string' && typeof id === 'string';
}

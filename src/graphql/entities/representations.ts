import { type GraphQLSchema, isUnionType } from 'graphql';
import { badUserInput } from '../errors/format-error.js';

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
 * Judges the representations of _entities before Apollo's resolver takes them: their type, _Any, lets everything pass,
 * and what is wrong with one would look like a fault of ours.
 */
export function judgeRepresentations(schema: GraphQLSchema): void {
  const union = schema.getType('_Entity');
  const field = schema.getQueryType()?.getFields()._entities;
  if (!isUnionType(union) || field?.resolve === undefined) throw new TypeError('The schema has no entities');
  const names = union.getTypes().map(({ name }) => name);
  const { resolve } = field;
  field.resolve = (source, args, context, info) => {
    const representations = args.representations as readonly unknown[];
    if (representations.length > MAX_REPRESENTATIONS) {
      throw badUserInput(
        `representations: expected at most ${MAX_REPRESENTATIONS}, but got ${representations.length}.`,
      );
    }
    representations.forEach((given, index) => {
      if (isRepresentation(given, names)) return;
      throw badUserInput(
        `representations[${index}]: expected __typename ${names.join(' or ')}, with instanceId and id as texts.`,
      );
    });
    return resolve(source, args, context, info);
  };
}

function isRepresentation(given: unknown, names: readonly string[]): given is Representation {
  if (typeof given !== 'object' || given === null) return false;
  const { __typename, instanceId, id } = given as Partial<Representation>;
  return names.includes(__typename ?? '') && typeof instanceId === 'string' && typeof id === 'string';
}

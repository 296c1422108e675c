import { type GraphQLResolveInfo, type GraphQLSchema, isObjectType, isUnionType } from 'graphql';
import type { GatewayContext } from '../context.js';
import { badUserInput } from '../errors/response-codes.js';
import { type LoaderKey, type MaybePromise, whenThere } from '../loading/loader.js';
import { selectedFields } from '../loading/selection.js';
import { ENTITY_TYPES, type EntityType } from './entity-types.js';

/**
 * Representations that one request may hold: as many contacts as the chains of one answer may list. A router cannot split
 * a list that is longer, but each may cost a call to Connect.
 */
const MAX_REPRESENTATIONS = 2_500;

/** The key of an entity, as a router hands it over. */
interface Representation {
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
function judgeRepresentations(
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

/**
 * Resolves _entities in place of @apollo/subgraph, which takes some promises and a copy for each representation: a router
 * hands over lists of them, which one read answers.
 */
export function resolveEntities(schema: GraphQLSchema): void {
  const union = schema.getType('_Entity');
  const field = schema.getQueryType()?.getFields()._entities;
  if (!isUnionType(union) || field === undefined) throw new TypeError('The schema has no entities');
  const names = union.getTypes().map(({ name }) => name);
  const typeNames = new Map(names.map((name) => [typeNamed(name).Type as object, name]));
  union.resolveType = (entity: object) => typeNames.get(entity.constructor);
  field.resolve = (_source, { representations }, context: GatewayContext, info) => {
    const given: readonly unknown[] = representations;
    judgeRepresentations(given, names);
    return entitiesOf(given, context, info);
  };
}

/** The entities, each in the place of its representation: what is of one type is read at once. */
function entitiesOf(
  representations: readonly Representation[],
  context: GatewayContext,
  info: GraphQLResolveInfo,
): MaybePromise<readonly (object | null)[]> {
  const byType = [...Map.groupBy(representations, ({ __typename }) => __typename)];
  const parts = byType.map(([name, ofType]) => entitiesOfType(name, ofType, context, info));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return Promise.all(parts).then((found) => {
    const next = new Map(byType.map(([name], index) => [name, found[index]?.values()]));
    return representations.map(({ __typename }) => next.get(__typename)?.next().value ?? null);
  });
}

/**
 * Makes entities of one type from what a router hands over: null for what nobody has, and where this gateway does not serve
 * the instance.
 *
 * Whether somebody has it takes a read, and a reference of which the key alone is selected shall cost none: our decision
 * is to ask whenever a selected field is read anyway, by the very read that it needs, and to take a mere key as it is. So
 * null costs no call, and no call is made that the fields would not have made.
 */
function entitiesOfType(
  name: string,
  representations: readonly Representation[],
  context: GatewayContext,
  info: GraphQLResolveInfo,
): MaybePromise<readonly (object | null)[]> {
  const type = typeNamed(name);
  const served = representations.map(({ instanceId, id }) => {
    const instance = context.instances.resolve(instanceId);
    return instance === undefined ? undefined : { instanceId: instance, id };
  });
  const keys = served.filter((key) => key !== undefined);
  const objectType = info.schema.getType(name);
  const read = isObjectType(objectType) ? type.readFor(selectedFields(info, objectType)) : undefined;
  const refer = ({ instanceId, id }: LoaderKey) => new type.Type(context, instanceId, id);
  if (read === undefined) return served.map((key) => (key === undefined ? null : refer(key)));
  return whenThere(read(context, keys), (outcomes) => {
    const next = outcomes.values();
    return served.map((key) => {
      if (key === undefined) return null;
      const outcome = next.next().value ?? null;
      // What befell a read is told by the fields that needed it: the key is not lost for it, nor what else can be read.
      return outcome instanceof Error ? refer(key) : outcome;
    });
  });
}

function typeNamed(name: string): EntityType {
  const type = ENTITY_TYPES[name];
  if (type === undefined) throw new TypeError(`${name} is no entity`);
  return type;
}

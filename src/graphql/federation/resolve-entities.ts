import { type GraphQLObjectType, type GraphQLResolveInfo, type GraphQLSchema, isUnionType } from 'graphql';
import type { RatedOperation } from '../../connect/rates.js';
import { ConnectContactFlow } from '../catalog/contact-flow.type.js';
import { ConnectQueue } from '../catalog/queue.type.js';
import { ConnectQuickConnect } from '../catalog/quick-connect.type.js';
import { ConnectTaskTemplate } from '../catalog/task-template.type.js';
import { ConnectUser } from '../catalog/user.type.js';
import { ConnectContact, ConnectContactChain } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import { badUserInput } from '../errors/response-codes.js';
import { ConnectTaskJob } from '../jobs/job.type.js';
import { referredJob } from '../jobs/own-jobs.js';
import type { LoaderKey, Outcome } from '../loading/loader.js';
import { operationsFor } from '../loading/reads.js';
import { selectedFields } from '../loading/selection.js';

/**
 * Representations that one request may hold: as many contacts as the chains of one answer may list. A router cannot split
 * a list that is longer, but each may cost a call to Connect.
 */
const MAX_REPRESENTATIONS = 2_500;

/** A class that other subgraphs can hold references to. */
interface EntityType {
  /** Makes the entity of which the key alone is known. */
  new (context: GatewayContext, instanceId: string, id: string): object;
  /** Makes what references stand for. `reads` holds the operations that the selection needs: at least one. */
  resolveReferences(
    context: GatewayContext,
    keys: readonly LoaderKey[],
    reads: ReadonlySet<RatedOperation>,
  ): readonly Outcome<object>[] | Promise<readonly Outcome<object>[]>;
}

const ENTITIES: ReadonlyMap<string, EntityType> = new Map(
  [
    ConnectContact,
    ConnectContactChain,
    ConnectContactFlow,
    ConnectQuickConnect,
    ConnectTaskTemplate,
    ConnectQueue,
    ConnectUser,
  ].map((type: EntityType) => [type.name, type]),
);

/** The key of an entity, as a router sends it. */
interface Representation {
  readonly __typename: string;
  readonly instanceId: string;
  readonly id: string;
}

/** Returns the error of a malformed representation. The type of representations, _Any, accepts every value. */
function malformed(index: number): Error {
  const names = [...ENTITIES.keys()].join(' or ');
  return badUserInput(
    `representations[${index}]: expected __typename ${names}, with instanceId and id as texts, or ${ConnectTaskJob.name} with id as text.`,
  );
}

/** A job has no instance in its key. */
function isJob(given: unknown): given is Pick<Representation, 'id'> {
  if (typeof given !== 'object' || given === null) return false;
  const { __typename, id } = given as Partial<Representation>;
  return __typename === ConnectTaskJob.name && typeof id === 'string';
}

function isRepresentation(given: unknown): given is Representation {
  if (typeof given !== 'object' || given === null) return false;
  const { __typename, instanceId, id } = given as Partial<Representation>;
  return ENTITIES.has(__typename ?? '') && typeof instanceId === 'string' && typeof id === 'string';
}

/**
 * Resolves _entities in place of @apollo/subgraph, which takes some promises and a copy for each representation: a router
 * sends lists of them, which one read answers.
 */
export function resolveEntities(schema: GraphQLSchema): void {
  const union = schema.getType('_Entity');
  const field = schema.getQueryType()?.getFields()._entities;
  if (!isUnionType(union) || field === undefined) throw new TypeError('The schema has no entities');
  union.resolveType = (entity: object) => entity.constructor.name;
  field.resolve = async (_source, { representations }, context: GatewayContext, info) => {
    const given: readonly unknown[] = representations;
    if (given.length > MAX_REPRESENTATIONS) {
      throw badUserInput(`representations: expected at most ${MAX_REPRESENTATIONS}, but got ${given.length}.`);
    }
    const byType = [...Map.groupBy(given.filter(isRepresentation), ({ __typename }) => __typename)];
    const found = await Promise.all(byType.map(([name, ofType]) => entitiesOf(name, ofType, context, info)));
    const next = new Map(byType.map(([name], index) => [name, found[index]?.values()]));
    // A malformed one is null with an error of its own, and loses none of the others.
    return given.map((each, index) => {
      if (isRepresentation(each)) return next.get(each.__typename)?.next().value ?? null;
      return isJob(each) ? referredJob(context, each.id) : malformed(index);
    });
  };
}

/**
 * Makes entities of one type from representations: null for what does not exist, and if this gateway does not serve the
 * instance.
 *
 * Whether something exists takes a read, and a reference of which the key alone is selected shall cost none. So existence is
 * checked if a selected field is read anyway, by that very read, and a mere key is taken as it is.
 */
async function entitiesOf(
  name: string,
  representations: readonly Representation[],
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<readonly (object | null)[]> {
  const type = ENTITIES.get(name) as EntityType;
  const served = representations.map(({ instanceId, id }) => {
    const instance = context.instances.resolve(instanceId);
    return instance === undefined ? undefined : { instanceId: instance, id };
  });
  const refer = ({ instanceId, id }: LoaderKey) => new type(context, instanceId, id);
  const reads = operationsFor(type, selectedFields(info, info.schema.getType(name) as GraphQLObjectType));
  if (reads.size === 0) return served.map((key) => (key === undefined ? null : refer(key)));
  const keys = served.filter((key) => key !== undefined);
  const next = (await type.resolveReferences(context, keys, reads)).values();
  return served.map((key) => {
    if (key === undefined) return null;
    const outcome = next.next().value ?? null;
    // The fields that need the read report its error: neither the key nor other fields are lost for it.
    return outcome instanceof Error ? refer(key) : outcome;
  });
}

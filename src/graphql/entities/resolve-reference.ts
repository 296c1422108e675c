import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { GatewayContext } from '../context.js';
import { selectedFields } from '../selection.js';
import type { EntityType, ReadEntity } from './entity-types.js';
import type { Representation } from './representations.js';

/**
 * Makes entities from what a router hands over: null for what nobody has, and where this gateway does not serve the
 * instance.
 *
 * Whether somebody has it takes a read, and a reference of which the key alone is selected shall cost none: our decision
 * is to ask whenever a selected field is read anyway, by the very read that it needs, and to take a mere key as it is. So
 * null costs no call, and no call is made that the fields would not have made.
 */
export function resolveReference(
  type: EntityType,
): (key: Representation, context: GatewayContext, info: GraphQLResolveInfo) => Promise<object | null> {
  const reads = new WeakMap<GraphQLResolveInfo, ReadEntity | 'none'>();
  return async ({ __typename, instanceId, id }, { instances, loaders }, info) => {
    const served = instances.resolve(instanceId);
    if (served === undefined) return null;
    const key = { instanceId: served, id };
    // All representations of a request share its info, and so its selection.
    let read = reads.get(info);
    if (read === undefined) {
      read = type.readFor(selectedFields(info, info.schema.getType(__typename) as GraphQLObjectType)) ?? 'none';
      reads.set(info, read);
    }
    if (read === 'none') return type.refer(key);
    // What befell a read is told by the fields that needed it: the key is not lost for it, nor what else can be read.
    return read(loaders, key).catch(() => type.refer(key));
  };
}

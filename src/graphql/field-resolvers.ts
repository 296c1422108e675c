import { type GraphQLSchema, isObjectType } from 'graphql';

/**
 * Removes type-graphql's resolvers of all fields except root fields, so that graphql-js' default resolver runs: it calls the
 * same methods with the same arguments, without looking up parameters and middlewares at each field of each object.
 *
 * @param resolvers those of createResolversMap, by type and field; changed in place
 */
export function resolveByDefault(annotated: GraphQLSchema, resolvers: Record<string, Record<string, unknown>>): void {
  const roots = [annotated.getQueryType(), annotated.getMutationType(), annotated.getSubscriptionType()];
  for (const type of Object.values(annotated.getTypeMap())) {
    if (!isObjectType(type) || roots.includes(type)) continue;
    for (const field of Object.keys(type.getFields())) delete resolvers[type.name]?.[field];
  }
}

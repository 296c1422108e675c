import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';

/** Resolvers by type and field, as a schema is built from. */
type ResolversMap = Record<string, Record<string, unknown>>;

type Resolver = GraphQLFieldResolver<Record<string, unknown>, unknown>;

/**
 * Lets the fields of objects be resolved as graphql-js does it by itself: type-graphql's own resolvers look up middlewares
 * and parameters at every field of every object, which an answer of some hundred contacts pays for. A field that is a
 * property needs none; one that is a method without arguments is told the context, by the convention of our classes.
 * The root fields, those with arguments, and those that another class resolves keep theirs.
 *
 * @param resolvers what createResolversMap made of the schema; changed in place
 */
export function resolveFieldsDirectly(annotated: GraphQLSchema, resolvers: ResolversMap): void {
  const roots = new Set([annotated.getQueryType(), annotated.getMutationType()]);
  for (const type of Object.values(annotated.getTypeMap())) {
    const ofType = resolvers[type.name];
    if (!isObjectType(type) || roots.has(type) || ofType === undefined) continue;
    for (const { name, args } of Object.values(type.getFields())) {
      const own = ofType[name];
      if (args.length === 0 && typeof own === 'function') ofType[name] = propertyOrMethod(name, own as Resolver);
    }
  }
}

function propertyOrMethod(name: string, own: Resolver): Resolver {
  return (source, args, context, info) => {
    const member = source[name];
    if (member === undefined) return own(source, args, context, info);
    return typeof member === 'function' ? member.call(source, context) : member;
  };
}

import { type GraphQLArgument, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';

/** Resolvers by type and field, as a schema is built from. */
type ResolversMap = Record<string, Record<string, unknown>>;

type Resolver = GraphQLFieldResolver<Record<string, unknown>, unknown>;

/**
 * Lets the fields of objects be resolved as graphql-js does it by itself: type-graphql's own resolvers look up middlewares
 * and parameters at every field of every object, which an answer of some hundred contacts pays for. A field that is a
 * property needs none; one that is a method is told the context and then its arguments, in their order, by the convention of
 * our classes; one that another class resolves is told the object first. The root fields keep theirs, whose arguments are
 * objects of our classes.
 *
 * @param resolvers what createResolversMap made of the schema; changed in place
 * @param others by type, what resolves fields that its own class does not
 */
export function resolveFieldsDirectly(
  annotated: GraphQLSchema,
  resolvers: ResolversMap,
  others: Readonly<Record<string, object>>,
): void {
  const roots = new Set([annotated.getQueryType(), annotated.getMutationType()]);
  for (const type of Object.values(annotated.getTypeMap())) {
    const ofType = resolvers[type.name];
    if (!isObjectType(type) || roots.has(type) || ofType === undefined) continue;
    for (const { name, args } of Object.values(type.getFields())) {
      const own = ofType[name];
      const other: unknown = Reflect.get(others[type.name] ?? {}, name);
      if (typeof other === 'function')
        ofType[name] = (source: object, _: unknown, context: unknown) => other(source, context);
      else if (typeof own === 'function') ofType[name] = propertyOrMethod(name, own as Resolver, args);
    }
  }
}

function propertyOrMethod(name: string, own: Resolver, declared: readonly GraphQLArgument[]): Resolver {
  const names = declared.map((argument) => argument.name);
  return (source, args, context, info) => {
    const member = source[name];
    if (member === undefined) return own(source, args, context, info);
    if (typeof member !== 'function') return member;
    return names.length === 0
      ? member.call(source, context)
      : member.call(source, context, ...names.map((argument) => args[argument]));
  };
}

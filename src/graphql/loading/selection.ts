import { collectSubFields } from '@graphql-tools/utils';
import { type FieldNode, getNamedType, type GraphQLObjectType, type GraphQLResolveInfo } from 'graphql';

/**
 * The names of the fields that a request selects on a type below the field that is being resolved, whatever fragments,
 * aliases, @skip and @include they are written with.
 *
 * @param path leads on from that type to fields of object types, whose own fields are meant then
 */
export function selectedFields(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  ...path: readonly string[]
): ReadonlySet<string> {
  const { schema, fragments, variableValues } = info;
  const variables = { coerced: variableValues, sources: {} };
  const below = (of: GraphQLObjectType, nodes: readonly FieldNode[]) =>
    [...collectSubFields(schema, fragments, variables, of, [...nodes]).fields.values()].flat();
  let of = type;
  let fields = below(of, info.fieldNodes);
  for (const step of path) {
    const nodes = fields.filter(({ name }) => name.value === step);
    of = getNamedType(of.getFields()[step]?.type) as GraphQLObjectType;
    fields = below(of, nodes);
  }
  return new Set(fields.map(({ name }) => name.value));
}

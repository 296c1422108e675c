import { collectSubFields } from '@graphql-tools/utils';
import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';

/**
 * The names of the fields that a request selects on a type below the field that is being resolved, whatever fragments,
 * aliases, @skip and @include they are written with.
 */
export function selectedFields(info: GraphQLResolveInfo, type: GraphQLObjectType): ReadonlySet<string> {
  const { schema, fragments, variableValues, fieldNodes } = info;
  const variables = { coerced: variableValues, sources: {} };
  const { fields } = collectSubFields(schema, fragments, variables, type, [...fieldNodes]);
  return new Set([...fields.values()].flat().map(({ name }) => name.value));
}

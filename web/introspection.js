import { getIntrospectionQuery } from 'graphql';

/** Name of the operation by which GraphiQL reads the schema. */
export const INTROSPECTION = 'IntrospectionQuery';

/** GraphiQL's own query does not ask for isOneOf, so that the editor would accept two members of such an input. */
export const introspectionQuery = getIntrospectionQuery({
  inputValueDeprecation: true,
  oneOf: true,
  schemaDescription: true,
  specifiedByUrl: true,
});

/** Directives that a client can use, or that describe what it sends. Others address the composition of a supergraph. */
const DIRECTIVES = ['include', 'skip', 'deprecated', 'specifiedBy', 'oneOf'];

/** The beginning of the documentation, where the schema has no description. */
const PURPOSE = [
  'Creates and follows **task contacts of Amazon Connect**. A task is work for an agent: it is routed by a contact flow, and can be',
  'linked to the contact that caused it.',
  '\n\nBegin with the mutation `createTaskContact`. Read a task by `connectContact` and its chain by `connectContactChain`, find',
  'tasks by `searchConnectContacts`, and receive each change by the subscription `connectContactChanged`.',
  '\n\nWhat is wrong with an input comes as data, in `errors` of the payload: all violations at once, each with its path.',
].join(' ');

/** What federation adds to each subgraph. */
const PLUMBING = /^(?:_Any|_Entity|_Service|_entities|_service|federation__\w+|link__\w+)$/;
const isOurs = ({ name }) => !PLUMBING.test(name);

/**
 * Prepares the result of an introspection for the documentation: adds what the schema is for, removes what federation adds
 * for routers.
 *
 * @param {{ data?: { __schema: import('graphql').IntrospectionSchema } }} result
 * @returns {object} a copy, or the same object if it holds no schema
 */
export function forReaders(result) {
  const schema = result?.data?.__schema;
  if (!schema) return result;
  const types = schema.types
    .filter(isOurs)
    .map((type) => (type.name === schema.queryType.name ? { ...type, fields: type.fields.filter(isOurs) } : type));
  const directives = schema.directives.filter(({ name }) => DIRECTIVES.includes(name));
  return {
    ...result,
    data: { ...result.data, __schema: { ...schema, types, directives, description: schema.description || PURPOSE } },
  };
}

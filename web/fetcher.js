import { getOperationAST, parse } from 'graphql';
import { resultOf } from './response.js';
import { schemaAdvice } from './schema-advice.js';
import { openStream } from './stream.js';

/** Name of the operation by which GraphiQL reads the schema. */
const INTROSPECTION = 'IntrospectionQuery';

/**
 * Makes the function by which GraphiQL sends its operations. A subscription is sent as server-sent events.
 *
 * Headers belong to a tab in GraphiQL, and are not stored. Tabs without an authorization of their own send the last one that
 * was sent, until the page is reloaded, so that a token is entered once.
 *
 * @param {string} url
 * @param {(advice: string | null) => void} onSchema receives what to do after a request for the schema; null: it arrived
 */
export function createFetcher(url, onSchema) {
  let authorization;
  return async (sent, { headers = {} } = {}) => {
    const all = new Headers({ accept: 'application/json', 'content-type': 'application/json', ...headers });
    authorization = all.get('authorization') ?? authorization;
    if (authorization) all.set('authorization', authorization);
    const definition = definitionIn(sent);
    const operation = { ...sent, operationName: definition?.name?.value ?? sent.operationName };
    if (definition?.operation === 'subscription') return openStream(url, operation, all);
    const response = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(operation) });
    const result = await resultOf(response);
    if (operation.operationName === INTROSPECTION) onSchema(schemaAdvice(response.status, result));
    return result;
  };
}

/**
 * GraphiQL reads the name of an operation from the editor a moment after its text has changed, and until then sends the
 * last one: returns the operation that the text has.
 *
 * @returns {import('graphql').OperationDefinitionNode | null | undefined} none if the text is wrong, or names several
 */
function definitionIn({ query, operationName }) {
  try {
    const document = parse(query);
    return getOperationAST(document, operationName) ?? getOperationAST(document);
  } catch {
    // The gateway reports where the query is wrong.
    return undefined;
  }
}

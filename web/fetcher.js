import { getOperationAST, parse } from 'graphql';
import { INTROSPECTION, introspectionQuery, forReaders } from './introspection.js';
import { resultOf } from './response.js';
import { schemaAdvice } from './schema-advice.js';
import { openStream } from './stream.js';

/**
 * Makes the function by which GraphiQL sends its operations. A subscription is sent as server-sent events.
 *
 * Headers belong to a tab in GraphiQL, and are not stored. Tabs without an authorization of their own send the last one that
 * was sent, until the page is reloaded, so that a token is entered once. `send` and `follow` do the same for the plugins.
 *
 * @param {string} url
 * @param {object} hooks
 * @param {(advice: string | null, result: object) => void} hooks.onSchema receives what to do after a request for the
 *   schema, null if it arrived, and the result as the gateway sent it
 * @param {(result: object, operation: object) => void} hooks.onResult receives each result of an operation that was run
 * @param {(operation: object) => Promise<object>} hooks.prepare may change an operation before it is run
 */
export function createFetcher(url, { onSchema, onResult, prepare }) {
  let authorization;
  const headersOf = (own) => {
    const headers = new Headers({ accept: 'application/json', 'content-type': 'application/json', ...own });
    authorization = headers.get('authorization') ?? authorization;
    if (authorization) headers.set('authorization', authorization);
    return headers;
  };
  const post = async (operation, headers) =>
    fetch(url, { method: 'POST', headers: headersOf(headers), body: JSON.stringify(operation) });

  async function introspect(headers) {
    const response = await post({ query: introspectionQuery, operationName: INTROSPECTION }, headers);
    const result = await resultOf(response);
    onSchema(schemaAdvice(response.status, result), result);
    return forReaders(result);
  }

  async function fetcher(sent, { headers } = {}) {
    if (sent.operationName === INTROSPECTION) return introspect(headers);
    const definition = definitionIn(sent);
    const named = { ...sent, operationName: definition?.name?.value ?? sent.operationName };
    const own = headersOf(headers);
    const operation = await prepare(named);
    if (definition?.operation === 'subscription') {
      return openStream(url, operation, own, (result) => onResult(result, operation));
    }
    const result = await resultOf(await post(operation, headers));
    onResult(result, operation);
    return result;
  }

  return {
    fetcher,
    send: async (operation) => resultOf(await post(operation)),
    follow: (operation) => openStream(url, operation, headersOf()),
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

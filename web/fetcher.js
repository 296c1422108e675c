import { schemaAdvice } from './schema-advice.js';

/** Name of the operation by which GraphiQL reads the schema. */
const INTROSPECTION = 'IntrospectionQuery';

/**
 * Makes the function by which GraphiQL sends its operations.
 *
 * Headers belong to a tab in GraphiQL, and are not stored. Tabs without an authorization of their own send the last one that
 * was sent, until the page is reloaded, so that a token is entered once.
 *
 * @param {string} url
 * @param {(advice: string | null) => void} onSchema receives what to do after a request for the schema; null: it arrived
 */
export function createFetcher(url, onSchema) {
  let authorization;
  return async (operation, { headers = {} } = {}) => {
    const all = new Headers({ accept: 'application/json', 'content-type': 'application/json', ...headers });
    authorization = all.get('authorization') ?? authorization;
    if (authorization) all.set('authorization', authorization);
    const response = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(operation) });
    const result = resultOf(response, await response.text());
    if (operation.operationName === INTROSPECTION) onSchema(schemaAdvice(response.status, result));
    return result;
  };
}

/** A proxy in between may answer with a page of its own: returns its text instead of "Unexpected token <". */
function resultOf({ status, statusText }, body) {
  try {
    return JSON.parse(body);
  } catch {
    return { status: `${status} ${statusText}`.trim(), body };
  }
}

/**
 * Returns what a user can do if the gateway refuses to return its schema.
 *
 * @param {number} status HTTP status of the response
 * @param {{ data?: object | null, errors?: { message: string, extensions?: { code?: string } }[] }} result
 * @returns {string | null} null if the response holds the schema
 */
export function schemaAdvice(status, { data, errors = [] }) {
  if (data?.__schema) return null;
  const [{ message = `The gateway answered with status ${status}.`, extensions } = {}] = errors;
  if (status === 401) return `Sign in to see the schema. ${message} ${HOW}`;
  if (status === 403 && extensions?.code === undefined) return `Your token may not read the schema. ${message} ${HOW}`;
  return `The schema is not available, so the editors cannot complete or check a query. ${message}`;
}

const HOW =
  'Open Headers below the query, enter { "Authorization": "Bearer TOKEN" } with your token, then press the button Re-fetch GraphQL schema on the left.';

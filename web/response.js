/**
 * Reads the body of a response as a result of GraphQL. A proxy in between may answer with a page of its own: its text is
 * shown instead of a parse error.
 *
 * @param {Response} response
 * @returns {Promise<object>}
 */
export async function resultOf(response) {
  const body = await response.text();
  try {
    return JSON.parse(body);
  } catch {
    return { status: `${response.status} ${response.statusText}`.trim(), body };
  }
}

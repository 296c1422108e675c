/**
 * Makes the function by which GraphiQL sends its operations.
 *
 * Headers belong to a tab in GraphiQL, and are not stored. So that a token need not be typed into each of the ready
 * tabs, the last authorization that was sent is sent by tabs that state none of their own, until the page is reloaded.
 *
 * @param {string} url
 */
export function createFetcher(url) {
  let authorization;
  return async (operation, { headers = {} } = {}) => {
    const all = new Headers({ accept: 'application/json', 'content-type': 'application/json', ...headers });
    authorization = all.get('authorization') ?? authorization;
    if (authorization) all.set('authorization', authorization);
    const response = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(operation) });
    const body = await response.text();
    try {
      return JSON.parse(body);
    } catch {
      // A proxy in between may answer with a page of its own: show it, rather than "Unexpected token <".
      return { status: `${response.status} ${response.statusText}`.trim(), body };
    }
  };
}

import { readAccept } from './accept.js';

/**
 * Tells whether a client names HTML among what it accepts, as browsers do when they open a page. A wildcard does not
 * count: curl, SDKs and routers send it, and none of them wants a page.
 *
 * @param accept the header's value; omitted: nothing is named
 */
export function acceptsHtml(accept = ''): boolean {
  return readAccept(accept).some(({ name, quality }) => name === 'text/html' && quality > 0);
}

/**
 * Tells whether a client names HTML among what it accepts, as browsers do when they open a page. A wildcard does not
 * count: curl, SDKs and routers send it, and none of them wants a page.
 *
 * @param accept the header's value; omitted: nothing is named
 */
export function acceptsHtml(accept = ''): boolean {
  return accept.split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return type === 'text/html' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

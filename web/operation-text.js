/**
 * Returns the name of the operation in a document.
 *
 * @param {string} query
 * @returns {string | undefined}
 */
export function titleOf(query) {
  return /^(?:query|mutation|subscription) (\w+)/m.exec(query)?.[1];
}

/**
 * Returns the first sentence of the comment at the beginning of a document, up to a colon or semicolon.
 *
 * @param {string} query
 * @returns {string} empty if the document does not begin with a comment
 */
export function summaryOf(query) {
  const [comment = ''] = /^(?:#.*\n)+/.exec(query) ?? [];
  const text = comment.replaceAll(/^# ?/gm, '').replaceAll('\n', ' ').trim();
  return text.split(/[.:;](?:\s|$)/)[0];
}

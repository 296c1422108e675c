import { createHash } from 'node:crypto';

/**
 * Encodes content as an opaque text that is valid for one query alone. The content is readable: it must hold nothing
 * that the query and its answer do not hold.
 *
 * @param content JSON
 */
export function seal(query: unknown, content: unknown): string {
  return Buffer.from(JSON.stringify([digest(query), content])).toString('base64url');
}

/**
 * Decodes a text of {@link seal}. Clients can forge the content, so that the caller must validate its shape.
 *
 * @returns undefined for a damaged text, or a text of another query
 */
export function unseal(query: unknown, text: string): unknown {
  try {
    const sealed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(sealed) && sealed[0] === digest(query) ? sealed[1] : undefined;
  } catch {
    return undefined;
  }
}

function digest(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 22);
}

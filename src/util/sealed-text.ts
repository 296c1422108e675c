import { createHash } from 'node:crypto';

/**
 * Makes an opaque text that says where a list goes on. It is bound to the query: it serves no other. It keeps no
 * secret; whoever looks inside finds nothing that the query and its answer did not say.
 *
 * @param content JSON
 */
export function seal(query: unknown, content: unknown): string {
  return Buffer.from(JSON.stringify([digest(query), content])).toString('base64url');
}

/**
 * Reads such a text back. What is inside may have been made by hand: its shape is the caller's to judge.
 *
 * @returns undefined for a text that is damaged, or that another query was answered with
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

import { BadCursorError } from './contact-feed.js';

/** The place after a change. */
export interface Place {
  /** Name of the log. */
  readonly log: string;
  readonly instanceId: string;
  /** Number of the change. */
  readonly id: number;
}

/** Maximum length of a cursor. */
const MAX_LENGTH = 500;

/** Writes a place as text that clients treat as opaque. */
export function toCursor({ log, instanceId, id }: Place): string {
  return Buffer.from(JSON.stringify([log, instanceId, id])).toString('base64url');
}

/**
 * Reads a cursor.
 *
 * @throws BadCursorError
 */
export function readCursor(cursor: string): Place {
  if (cursor.length > MAX_LENGTH) throw new BadCursorError();
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new BadCursorError();
  }
  const [log, instanceId, id, ...rest] = Array.isArray(parts) ? (parts as readonly unknown[]) : [];
  if (typeof log !== 'string' || typeof instanceId !== 'string' || rest.length > 0) throw new BadCursorError();
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) throw new BadCursorError();
  return { log, instanceId, id };
}

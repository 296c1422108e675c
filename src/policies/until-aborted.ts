import { endOf } from '../connect/errors.js';

/**
 * Waits for work, but no longer than until the signal fires; the work itself goes on, and what becomes of it then is told
 * to nobody.
 *
 * @param toError what to throw when the signal fires first. Omitted: what the signal says
 */
export async function untilAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  toError: (signal: AbortSignal) => Error = endOf,
): Promise<Result> {
  if (signal === undefined) return work;
  let leave = () => {};
  const aborted = new Promise<never>((_, reject) => {
    const end = () => reject(toError(signal));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    leave = () => signal.removeEventListener('abort', end);
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    leave();
  }
}

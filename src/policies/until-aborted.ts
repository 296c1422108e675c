import { endOf } from '../connect/errors.js';

/**
 * Waits for `work` until the signal fires. The work itself continues, and its later outcome is ignored.
 *
 * @param toError returns the error to throw when the signal fires. Default: {@link endOf}
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

import type { Answers, CallOptions } from '../../connect/call.js';
import { isConnectFault } from '../../connect/errors.js';
import { eachOnce } from '../../util/in-parallel.js';

/**
 * Returns the key of callers that may share an answer: those with equal rights. The gateway's own reads have a key of
 * their own.
 */
export function rightsOf({ caller }: CallOptions = {}): string {
  return caller === undefined ? '' : `:${caller.rights}`;
}

/**
 * Returns the answer of a batch read for one id.
 *
 * @throws ConnectFault if the answer is one
 */
export async function readOne<Thing>(read: Promise<Answers<Thing>>): Promise<Thing | null> {
  const [answer = null] = await read;
  if (answer instanceof Error) throw answer;
  return answer;
}

/** Reads each distinct id once, and returns the answers in the order of the ids. */
export function eachById<Thing>(
  ids: readonly string[],
  width: number,
  read: (id: string) => Promise<Thing | null>,
): Promise<Answers<Thing>> {
  return eachOnce(ids, width, async (id) => {
    try {
      return await read(id);
    } catch (error) {
      if (isConnectFault(error)) return error;
      throw error;
    }
  });
}

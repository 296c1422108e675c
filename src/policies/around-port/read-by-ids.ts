import type { Answers, CallOptions } from '../../connect/call.js';
import { isConnectFault } from '../../connect/errors.js';
import { eachOnce } from '../../util/in-parallel.js';

/** Whom an answer may be given to: callers with equal rights. The gateway's own reads are apart from all callers'. */
export function rightsOf({ caller }: CallOptions = {}): string {
  return caller === undefined ? '' : `:${caller.rights}`;
}

/** Returns the answer of a batch read for one id. @throws ConnectFault where that is the answer */
export async function readOne<Thing>(read: Promise<Answers<Thing>>): Promise<Thing | null> {
  const [answer = null] = await read;
  if (answer instanceof Error) throw answer;
  return answer;
}

/** Reads each id by itself, once each, and answers in their order. */
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

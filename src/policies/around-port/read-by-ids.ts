import type { Answers, CallOptions } from '../../connect/call.js';
import { isConnectFault } from '../../connect/errors.js';
import type { Method } from '../../connect/methods.js';
import { eachOnce, inWideningWaves } from '../../util/in-parallel.js';

/** A read of the port that returns an answer for each of many ids. */
export type ReadByIds<Request extends BatchRequest, Thing> = Method<Request, Answers<Thing>>;

/** What every batch read of an instance states, beside its ids. */
export interface BatchRequest {
  readonly instanceId: string;
}

/** Whom an answer may be given to: callers with equal rights. The gateway's own reads are apart from all callers'. */
export function rightsOf({ caller }: CallOptions = {}): string {
  return caller === undefined ? '' : `:${caller.rights}`;
}

/** Returns the answer of a batch read for one id. @throws ConnectFault where that is the answer */
export async function readOne<Request extends BatchRequest, Thing>(
  read: ReadByIds<Request, Thing>,
  request: Request,
  options: CallOptions,
): Promise<Thing | null> {
  const [answer = null] = await read(request, options);
  if (answer instanceof Error) throw answer;
  return answer;
}

/** Reads each id by itself, once each, and answers in their order. */
export function eachById<Thing>(
  ids: readonly string[],
  width: number,
  read: (id: string) => Promise<Thing | null>,
): Promise<Answers<Thing>> {
  return eachOnce(ids, width, (id) => answerOf(id, read));
}

/** Reads ids of which one answer may be that of several, none of which is read by itself then. */
export async function eachAnswered<Thing>(
  ids: readonly string[],
  width: number,
  read: (id: string) => Promise<Thing | null>,
  isAnswerOf: (thing: Thing) => readonly string[],
): Promise<Answers<Thing>> {
  const byId = await inWideningWaves<Answers<Thing>[number]>(ids, width, async (id) => {
    const answer = await answerOf(id, read);
    const failed = isConnectFault(answer);
    const others = failed || answer === null ? [] : isAnswerOf(answer);
    return { answers: new Map([...others, id].map((one) => [one, answer])), failed };
  });
  return ids.map((id) => byId.get(id) ?? null);
}

async function answerOf<Thing>(id: string, read: (id: string) => Promise<Thing | null>) {
  try {
    return await read(id);
  } catch (error) {
    if (isConnectFault(error)) return error;
    throw error;
  }
}

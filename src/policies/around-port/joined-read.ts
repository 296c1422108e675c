import type { Answers, CallOptions } from '../../connect/call.js';

/** Reads one id. @throws ConnectFault */
export type ReadOne<Thing> = (id: string, options: CallOptions) => Promise<Thing | null>;

interface Batch<Thing> {
  readonly ids: string[];
  readonly stop: AbortController;
  readonly answers: Promise<Answers<Thing>>;
  /** Number of ids that callers still wait for. */
  wanted: number;
}

/**
 * Joins reads of single ids that begin in one turn into one batch read. The adapter can answer that with fewer calls
 * than ids. The batch is aborted when every caller has aborted.
 */
export function joinedRead<Thing>(
  read: (ids: readonly string[], options: CallOptions) => Promise<Answers<Thing>>,
): ReadOne<Thing> {
  let open: Batch<Thing> | undefined;

  const begin = (options: CallOptions): Batch<Thing> => {
    const ids: string[] = [];
    const stop = new AbortController();
    const answers = Promise.resolve().then(() => {
      open = undefined;
      return read(ids, { ...options, signal: stop.signal });
    });
    return { ids, stop, answers, wanted: 0 };
  };

  return async (id, options) => {
    open ??= begin(options);
    const batch = open;
    const { signal } = options;
    const index = batch.ids.push(id) - 1;
    batch.wanted++;
    const leave = () => {
      batch.wanted--;
      if (batch.wanted === 0) batch.stop.abort(signal?.reason);
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      const answer = (await batch.answers)[index] ?? null;
      if (answer instanceof Error) throw answer;
      return answer;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  };
}

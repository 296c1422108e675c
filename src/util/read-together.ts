import { loopTurn } from './loop-turn.js';

/** Reads items of a scope by ids. Leaves out unknown ids. */
export type Load<Item> = (scope: string, ids: readonly string[]) => Promise<ReadonlyMap<string, Item>>;

/**
 * Ids that callers may share one read for. Beyond it an id costs no less, and a long read delays every caller. A single
 * caller may ask for more and then reads alone.
 */
const MAX_IDS = 32;

interface Gathering<Item> {
  readonly ids: Set<string>;
  readonly items: Promise<ReadonlyMap<string, Item>>;
}

/**
 * Shares one read between the callers of one turn of the event loop. Callers whose batch was just committed read their
 * contacts at the same moment, and a read of one row costs three times the price of one more row.
 *
 * @returns reads items like `load`; the answer may hold more than the ids asked for
 */
export function readTogether<Item>(load: Load<Item>): Load<Item> {
  const gatherings = new Map<string, Gathering<Item>>();
  return (scope, asked) => {
    const open = gatherings.get(scope);
    if (open && open.ids.size + asked.length <= MAX_IDS) {
      for (const id of asked) open.ids.add(id);
      return open.items;
    }
    const ids = new Set(asked);
    const items = loopTurn().then(() => {
      if (gatherings.get(scope)?.ids === ids) gatherings.delete(scope);
      return load(scope, [...ids]);
    });
    gatherings.set(scope, { ids, items });
    return items;
  };
}

/** Resolves at the next turn of the event loop, after the callbacks that are due in this one. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Reads things of an instance by ids; unknown ids are left out. */
export type Load<Thing> = (instanceId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, Thing>>;

/**
 * Ids that callers may share a statement for. Beyond it a row costs no less (measured), and a long statement keeps
 * everyone waiting; one caller may ask for more, and then has a statement alone.
 */
const MAX_IDS = 32;

interface Gathering<Thing> {
  readonly ids: Set<string>;
  readonly things: Promise<ReadonlyMap<string, Thing>>;
}

/**
 * Lets the callers of one turn of the event loop share a statement: those whose batch was just committed read their
 * contacts at the same moment, and a statement for one row costs three times what that row adds to another's (measured).
 * What is answered may so hold more than was asked for.
 */
export function readTogether<Thing>(load: Load<Thing>): Load<Thing> {
  const gatherings = new Map<string, Gathering<Thing>>();
  return (instanceId, asked) => {
    const open = gatherings.get(instanceId);
    if (open && open.ids.size + asked.length <= MAX_IDS) {
      for (const id of asked) open.ids.add(id);
      return open.things;
    }
    const ids = new Set(asked);
    const things = nextTurn().then(() => {
      if (gatherings.get(instanceId)?.ids === ids) gatherings.delete(instanceId);
      return load(instanceId, [...ids]);
    });
    gatherings.set(instanceId, { ids, things });
    return things;
  };
}

/** Ends when the event loop has come round: whatever came in meanwhile has had its say. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

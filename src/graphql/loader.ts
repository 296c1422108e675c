import type { Answers } from '../connect/connect.js';

/** What a loader is asked by. */
export interface LoaderKey {
  readonly instanceId: string;
  readonly id: string;
}

/** A value that is known, or has to be read first. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** What became of a read: the thing, null where there is none, or why it could not be read. */
export type Outcome<Thing> = Thing | null | Error;

/** Goes on with a value: at once where it is there. */
export function whenThere<Value, Result>(
  value: MaybePromise<Value>,
  then: (value: Value) => MaybePromise<Result>,
): MaybePromise<Result> {
  return value instanceof Promise ? value.then(then) : then(value);
}

/** One key's read. */
interface Entry<Thing> {
  /** Undefined as long as it is under way. */
  outcome: Outcome<Thing> | undefined;
  /** Fulfilled when it is over. */
  readonly over: Promise<void>;
}

interface Batch<Thing> {
  readonly keys: LoaderKey[];
  readonly entries: Entry<Thing>[];
  readonly over: PromiseWithResolvers<void>;
}

/** Ids in one call to the port, at most: the most that a page or a list of ids can hold. */
const MAX_BATCH = 100;

const OVER = Promise.resolve();

/**
 * Reads one kind of thing, each once: what is asked for at a time goes out as one batch, as with DataLoader. Unlike there,
 * what has been read is told at once, and many keys wait by one promise: an answer of some hundred contacts resolves
 * without a promise for each of their fields.
 */
export class Loader<Thing extends object> {
  readonly #read: (instanceId: string, ids: readonly string[]) => Promise<Answers<Thing>>;
  /** By instance and id. */
  #entries = new Map<string, Map<string, Entry<Thing>>>();
  #batch: Batch<Thing> | undefined;

  constructor(read: (instanceId: string, ids: readonly string[]) => Promise<Answers<Thing>>) {
    this.#read = read;
  }

  /**
   * A thing; null where there is none.
   *
   * @throws what befell the read
   */
  load(key: LoaderKey): MaybePromise<Thing | null> {
    const entry = this.#entryOf(key);
    return entry.outcome === undefined ? entry.over.then(() => told(entry)) : told(entry);
  }

  /** What became of the read of each key. */
  loadAll(keys: readonly LoaderKey[]): MaybePromise<readonly Outcome<Thing>[]> {
    const entries = keys.map((key) => this.#entryOf(key));
    const outcomes = () => entries.map(({ outcome = null }) => outcome);
    const open = new Set(entries.flatMap(({ outcome, over }) => (outcome === undefined ? [over] : [])));
    return open.size === 0 ? outcomes() : Promise.all(open).then(outcomes);
  }

  /** Takes a thing for read, unless it is already, or about to be. */
  prime({ instanceId, id }: LoaderKey, thing: Thing): void {
    const ofInstance = this.#entriesOf(instanceId);
    if (!ofInstance.has(id)) ofInstance.set(id, { outcome: thing, over: OVER });
  }

  /** Whoever asks by another key gets what is, or was, read by the first; unless it was asked by already. */
  alias(other: LoaderKey, first: LoaderKey): void {
    const ofInstance = this.#entriesOf(other.instanceId);
    if (!ofInstance.has(other.id)) ofInstance.set(other.id, this.#entryOf(first));
  }

  /** Forgets what was read; who waits already is answered still. */
  clearAll(): void {
    this.#entries = new Map();
  }

  #entriesOf(instanceId: string): Map<string, Entry<Thing>> {
    let ofInstance = this.#entries.get(instanceId);
    if (ofInstance === undefined) {
      ofInstance = new Map();
      this.#entries.set(instanceId, ofInstance);
    }
    return ofInstance;
  }

  #entryOf(key: LoaderKey): Entry<Thing> {
    const ofInstance = this.#entriesOf(key.instanceId);
    const known = ofInstance.get(key.id);
    if (known !== undefined) return known;
    const batch = this.#openBatch();
    const entry: Entry<Thing> = { outcome: undefined, over: batch.over.promise };
    batch.keys.push(key);
    batch.entries.push(entry);
    ofInstance.set(key.id, entry);
    return entry;
  }

  #openBatch(): Batch<Thing> {
    if (this.#batch !== undefined && this.#batch.keys.length < MAX_BATCH) return this.#batch;
    const batch: Batch<Thing> = { keys: [], entries: [], over: Promise.withResolvers() };
    this.#batch = batch;
    // After all that promises which are fulfilled by now lead to: that asks for more.
    OVER.then(() => process.nextTick(() => this.#send(batch)));
    return batch;
  }

  async #send(batch: Batch<Thing>): Promise<void> {
    if (this.#batch === batch) this.#batch = undefined;
    const byInstance = Map.groupBy(batch.keys.keys(), (index) => batch.keys[index]?.instanceId ?? '');
    await Promise.all([...byInstance].map(([instanceId, indices]) => this.#answer(batch, instanceId, indices)));
    batch.over.resolve();
  }

  async #answer({ keys, entries }: Batch<Thing>, instanceId: string, indices: readonly number[]): Promise<void> {
    const tell = (outcomeOf: (place: number) => Outcome<Thing>) =>
      indices.forEach((index, place) => {
        (entries[index] as Entry<Thing>).outcome = outcomeOf(place);
      });
    try {
      const things = await this.#read(
        instanceId,
        indices.map((index) => (keys[index] as LoaderKey).id),
      );
      tell((place) => things[place] ?? null);
    } catch (thrown) {
      const error = toError(thrown);
      tell(() => error);
    }
  }
}

function told<Thing>({ outcome = null }: Entry<Thing>): Thing | null {
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** What a batch is answered with by anything but an Error would pass for the thing that was read. */
function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('A read threw what is no error', { cause: thrown });
}

import DataLoader from 'dataloader';
import type { Answers } from '../../connect/connect.js';

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
  readonly over: Promise<unknown>;
}

/** Ids in one call to the port, at most: the most that a page or a list of ids can hold. */
const MAX_BATCH = 100;

const OVER = Promise.resolve();

/**
 * Reads one kind of thing, each once: what is asked for at a time goes out as one batch, by DataLoader. Around it, what
 * has been read is told at once, and many keys wait by one promise: an answer of some hundred contacts resolves without
 * a promise for each of their fields.
 */
export class Loader<Thing extends object> {
  readonly #batches: DataLoader<LoaderKey, Thing | null>;
  /** By instance and id. */
  #entries = new Map<string, Map<string, Entry<Thing>>>();

  constructor(read: (instanceId: string, ids: readonly string[]) => Promise<Answers<Thing>>) {
    // Keys are remembered here: by both of their parts, without a text made of them, and with what was read.
    this.#batches = new DataLoader((keys) => readBatch(read, keys), { cache: false, maxBatchSize: MAX_BATCH });
  }

  /**
   * Loads a thing: at once if it has been read, else by a promise.
   *
   * @param map makes the result of the thing, or of null if there is no such thing. Default: the thing itself
   * @throws the error that the read failed with
   */
  load(key: LoaderKey): MaybePromise<Thing | null>;
  load<Result>(key: LoaderKey, map: (thing: Thing | null) => Result): MaybePromise<Result>;
  load(key: LoaderKey, map: (thing: Thing | null) => unknown = same): unknown {
    const entry = this.#entryOf(key);
    return entry.outcome === undefined ? entry.over.then(() => map(thingOf(entry))) : map(thingOf(entry));
  }

  /**
   * Loads some things: each as it is, null if there is no such thing, or the error that its read failed with.
   *
   * @param map makes the result of a thing. Default: the thing itself
   */
  loadAll(keys: readonly LoaderKey[]): MaybePromise<readonly Outcome<Thing>[]>;
  loadAll<Result>(
    keys: readonly LoaderKey[],
    map: (thing: Thing, key: LoaderKey) => Result,
  ): MaybePromise<readonly Outcome<Result>[]>;
  loadAll(
    keys: readonly LoaderKey[],
    map: (thing: Thing, key: LoaderKey) => unknown = same,
  ): MaybePromise<readonly unknown[]> {
    const entries = keys.map((key) => this.#entryOf(key));
    const outcomes = () =>
      entries.map(({ outcome = null }, index) =>
        outcome === null || outcome instanceof Error ? outcome : map(outcome, keys[index] as LoaderKey),
      );
    const open = entries.filter(({ outcome }) => outcome === undefined);
    return open.length === 0 ? outcomes() : Promise.all(open.map(({ over }) => over)).then(outcomes);
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
    const tell = (outcome: Outcome<Thing>) => {
      entry.outcome = outcome;
    };
    const entry: Entry<Thing> = { outcome: undefined, over: this.#batches.load(key).then(tell, tell) };
    ofInstance.set(key.id, entry);
    return entry;
  }
}

async function readBatch<Thing extends object>(
  read: (instanceId: string, ids: readonly string[]) => Promise<Answers<Thing>>,
  keys: readonly LoaderKey[],
): Promise<Outcome<Thing>[]> {
  const outcomes = new Array<Outcome<Thing>>(keys.length).fill(null);
  const readOf = async (instanceId: string, indices: readonly number[]) => {
    const ids = indices.map((index) => (keys[index] as LoaderKey).id);
    const answers = await read(instanceId, ids).catch((thrown: unknown) => ids.map(() => toError(thrown)));
    indices.forEach((index, place) => {
      outcomes[index] = answers[place] ?? null;
    });
  };
  const byInstance = Map.groupBy(keys.keys(), (index) => keys[index]?.instanceId ?? '');
  await Promise.all([...byInstance].map(([instanceId, indices]) => readOf(instanceId, indices)));
  return outcomes;
}

function same<Value>(value: Value): Value {
  return value;
}

function thingOf<Thing>({ outcome = null }: Entry<Thing>): Thing | null {
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** What a batch is answered with by anything but an Error would pass for the thing that was read. */
function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('A read threw what is no error', { cause: thrown });
}

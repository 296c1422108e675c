import DataLoader from 'dataloader';
import type { Answers } from '../../connect/connect.js';
import { TooLargeError } from '../../connect/errors.js';
import { loopTurn } from '../../util/loop-turn.js';
import type { AnswerSize } from './answer-size.js';

/** The key of a loader. */
export interface LoaderKey {
  readonly instanceId: string;
  readonly id: string;
}

/** A value, or a promise of it if it must be read. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** The result of a read: the value, null if it does not exist, or the error. */
export type Outcome<Thing> = Thing | null | Error;

/** Like `then`, but synchronous if the value is not a promise. */
export function whenThere<Value, Result>(
  value: MaybePromise<Value>,
  then: (value: Value) => MaybePromise<Result>,
): MaybePromise<Result> {
  return value instanceof Promise ? value.then(then) : then(value);
}

/** One key's read. */
interface Entry<Thing> {
  /** Undefined while the read is in progress. */
  outcome: Outcome<Thing> | undefined;
  /** Resolves when the read has ended. */
  readonly over: Promise<unknown>;
}

/** Maximum ids in one call of the port: the maximum of a page or a list of ids. */
const MAX_BATCH = 100;

const OVER = Promise.resolve();

/** Bytes of a batch beyond which what becomes of it waits for a turn of the event loop, as it takes some milliseconds. */
const LARGE_BATCH = 262_144;

/** How the things of a loader are counted. */
export interface Weighing<Thing> {
  readonly size: AnswerSize;
  /** Estimates the memory of a thing, in bytes. */
  readonly bytesOf: (thing: Thing) => number;
}

type Read<Thing> = (instanceId: string, ids: readonly string[]) => Promise<Answers<Thing>>;

/**
 * Adds a synchronous cache to DataLoader: reads each key once, in batches. Keys that have been read resolve without a promise,
 * and many keys wait by one promise, so that an answer of some hundred contacts needs no promise for each field.
 */
export class Loader<Thing extends object> {
  readonly #batches: DataLoader<LoaderKey, Thing | null>;
  /** By instance and id. */
  #entries = new Map<string, Map<string, Entry<Thing>>>();

  /** @param weighing batches are then read one after another, until they are too large together. Default: nothing counts */
  constructor(read: Read<Thing>, weighing?: Weighing<Thing>) {
    const readKeys = (keys: readonly LoaderKey[]) => readBatch(read, keys);
    // The cache is keyed by both parts of the key, so that no string must be built.
    this.#batches = new DataLoader(weighing ? inTurn(weighing, readKeys) : readKeys, {
      cache: false,
      maxBatchSize: MAX_BATCH,
    });
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

  /** Primes the cache unless the key is loaded or loading. */
  prime({ instanceId, id }: LoaderKey, thing: Thing): void {
    const ofInstance = this.#entriesOf(instanceId);
    if (!ofInstance.has(id)) ofInstance.set(id, { outcome: thing, over: OVER });
  }

  /** Makes another key return the result of the first, unless that key is loaded or loading. */
  alias(other: LoaderKey, first: LoaderKey): void {
    const ofInstance = this.#entriesOf(other.instanceId);
    if (!ofInstance.has(other.id)) ofInstance.set(other.id, this.#entryOf(first));
  }

  /** Clears the cache. Reads in progress still resolve. */
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
    const settle = (outcome: Outcome<Thing>) => {
      entry.outcome = outcome;
    };
    const entry: Entry<Thing> = { outcome: undefined, over: this.#batches.load(key).then(settle, settle) };
    ofInstance.set(key.id, entry);
    return entry;
  }
}

/** Reads batches one after another, and none after those that are too large together. */
function inTurn<Thing extends object>(
  { size, bytesOf }: Weighing<Thing>,
  readKeys: (keys: readonly LoaderKey[]) => Promise<Outcome<Thing>[]>,
): (keys: readonly LoaderKey[]) => Promise<Outcome<Thing>[]> {
  let last: Promise<unknown> | undefined;
  const readAndWeigh = async (keys: readonly LoaderKey[]) => {
    if (size.isExceeded) {
      const refusal = size.refuse();
      return keys.map(() => refusal);
    }
    const outcomes = await readKeys(keys);
    const bytes = outcomes.reduce(
      (sum, outcome) => (outcome === null || outcome instanceof Error ? sum : sum + bytesOf(outcome)),
      0,
    );
    const isWithin = size.load(bytes);
    if (bytes > LARGE_BATCH) await loopTurn();
    // What the adapter left out for want of room is refused as the rest of the answer is.
    return isWithin ? outcomes : outcomes.map((each) => (each instanceof TooLargeError ? size.refuse() : each));
  };
  return (keys) => {
    const reading = last === undefined ? readAndWeigh(keys) : last.then(() => readAndWeigh(keys));
    last = reading;
    const end = () => {
      if (last === reading) last = undefined;
    };
    reading.then(end, end);
    return reading;
  };
}

async function readBatch<Thing extends object>(
  read: Read<Thing>,
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

/** Wraps a thrown value that is not an Error, because DataLoader would take it for the value that was read. */
function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('A read threw what is no error', { cause: thrown });
}

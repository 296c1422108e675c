import { EmbeddedConnect } from './engine.js';
import { DEFAULT_QUOTAS, type Quotas } from './decide/state.js';
import { applySeed } from './seed/apply-seed.js';
import { readSeed, validSeed } from './seed/read-seed.js';
import { sampleInstance } from './seed/sample-instance.js';
import { type MemorySnapshot, openMemoryStore } from './store/sqlite-memory.js';

export type { MemorySnapshot } from './store/sqlite-memory.js';

/** Options of an engine in memory. */
export interface MemoryOptions {
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Default, for each: the quota of a new Amazon Connect account. */
  readonly quotas?: Partial<Quotas> | undefined;
  /** The path of a seed file, or its content as an object. Default: the sample instance alone. */
  readonly seed?: string | object | undefined;
}

/** An embedded engine in the memory of this process. */
export interface MemoryConnect {
  readonly engine: EmbeddedConnect;
  /** Copies all data. */
  snapshot(): Promise<MemorySnapshot>;
  /** Replaces all data. */
  restore(snapshot: MemorySnapshot): Promise<void>;
}

/**
 * Opens an embedded engine in the memory of this process, with the sample instance. It keeps nothing when it is closed.
 *
 * @throws SeedError
 */
export async function openMemoryConnect({ now, quotas: stated, seed: given }: MemoryOptions): Promise<MemoryConnect> {
  const quotas = { ...DEFAULT_QUOTAS, ...stated };
  const name = typeof given === 'string' ? given : 'The seed';
  const seed = given && (typeof given === 'string' ? await readSeed(given) : await validSeed(given, name));
  const { store, snapshot, restore } = await openMemoryStore(now, sampleInstance(now()));
  try {
    if (seed) await applySeed(store, seed, quotas, name);
    return { engine: new EmbeddedConnect({ store, quotas }), snapshot, restore };
  } catch (error) {
    await store.close();
    throw error;
  }
}

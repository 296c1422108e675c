import type { Connect } from '../connect/connect.js';
import { catalogCached } from './catalog-cache.js';
import { readCached } from './read-cache.js';

/** How long answers are given again. */
export interface CacheOptions {
  /** Contacts, chains and attributes: milliseconds; 0: not at all. */
  readonly readTtlMs: number;
  /** Flows, quick connects and templates: milliseconds; 0: not at all. */
  readonly catalogTtlMs: number;
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** A port whose reads are shared and kept. */
export function withCaches(port: Connect, { readTtlMs, catalogTtlMs, now }: CacheOptions): Connect {
  return readCached(catalogCached(port, { ttlMs: catalogTtlMs, now }).connect, { ttlMs: readTtlMs, now });
}

import { randomBytes } from 'node:crypto';
import type { ChangeLog, ContactChange, LogBounds } from '../connect/contact-change.js';

/** Maximum number of changes that are kept of an instance. */
const MAX_CHANGES = 10_000;

/** A log in the memory of this process, for changes that something else reports. */
export class MemoryChangeLog implements ChangeLog {
  readonly #name = randomBytes(6).toString('base64url');
  readonly #instances = new Map<string, { newest: number; readonly changes: ContactChange[] }>();
  readonly #followers = new Set<() => void>();

  async name(): Promise<string> {
    return this.#name;
  }

  async bounds(instanceId: string): Promise<LogBounds> {
    const { newest = 0, changes = [] } = this.#instances.get(instanceId) ?? {};
    return { newest, oldest: newest - changes.length + 1 };
  }

  async read(instanceId: string, after: number, limit: number): Promise<readonly ContactChange[]> {
    const { newest = 0, changes = [] } = this.#instances.get(instanceId) ?? {};
    const from = Math.max(0, after - (newest - changes.length));
    return changes.slice(from, from + limit);
  }

  async chainsOf(): Promise<ReadonlyMap<string, string>> {
    return new Map();
  }

  follow(onMore: () => void): () => void {
    this.#followers.add(onMore);
    return () => this.#followers.delete(onMore);
  }

  /** Adds a change as the newest one of its instance. */
  add(instanceId: string, change: Omit<ContactChange, 'id'>): void {
    const log = this.#instances.get(instanceId) ?? { newest: 0, changes: [] };
    this.#instances.set(instanceId, log);
    log.newest += 1;
    log.changes.push({ ...change, id: log.newest });
    // Half of them at once, because each removal moves the rest.
    if (log.changes.length > 2 * MAX_CHANGES) log.changes.splice(0, log.changes.length - MAX_CHANGES);
    for (const onMore of this.#followers) onMore();
  }
}

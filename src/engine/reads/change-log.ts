import type { ChangeLog, ContactChange, LogBounds } from '../../connect/contact-change.js';
import type { Store } from '../store/store.js';
import type { ContactChangeRow } from '../store/tables.js';

/** How often changes that follow from time alone are looked for, in milliseconds. */
const LOOK_MS = 1_000;

/** How often a database is looked at that other processes write to as well, in milliseconds. */
const SHARED_LOOK_MS = 50;

/** The engine's table of changes. Without followers it costs nothing beside its writes. */
export class EngineChangeLog implements ChangeLog {
  readonly #store: Store;
  readonly #followers = new Set<() => void>();
  #name: string | undefined;
  #timers: readonly NodeJS.Timeout[] = [];
  #looking: Promise<void> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  async name(): Promise<string> {
    this.#name ??= await this.#store.databaseName();
    return this.#name;
  }

  bounds(instanceId: string): Promise<LogBounds> {
    return this.#store.changeBounds(instanceId);
  }

  async read(instanceId: string, after: number, limit: number): Promise<readonly ContactChange[]> {
    return (await this.#store.changesAfter(instanceId, after, limit)).map(changeOf);
  }

  async chainsOf(instanceId: string, contactIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#store.contacts(instanceId, contactIds);
    return new Map(rows.map(({ id, chainId }) => [id, chainId]));
  }

  follow(onMore: () => void): () => void {
    this.#followers.add(onMore);
    if (this.#timers.length === 0) this.#start();
    return () => {
      this.#followers.delete(onMore);
      if (this.#followers.size === 0) this.close();
    };
  }

  /** Where a reader of an instance's changes has got to, which outlasts the process. */
  positionOf(
    reader: string,
    instanceId: string,
  ): { read(): Promise<number | undefined>; write(id: number): Promise<void> } {
    const name = `position:${reader}:${instanceId}`;
    return {
      read: () => this.#store.keptNumber(name),
      write: (id) => this.#store.keepNumber(name, id),
    };
  }

  /** Reports to the followers that there may be more changes. */
  wake(): void {
    for (const onMore of this.#followers) onMore();
  }

  /** Writes the changes that follow from time alone, up to now. */
  look(): Promise<void> {
    this.#looking ??= this.#store
      .writeTimedChanges()
      .then(
        (found) => found && this.wake(),
        // The next look finds them. Whether the store works is reported by its own events.
        () => {},
      )
      .then(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  #start(): void {
    this.look();
    const timers = [setInterval(() => void this.look(), LOOK_MS)];
    if (this.#store.isShared) timers.push(setInterval(() => this.wake(), SHARED_LOOK_MS));
    for (const timer of timers) timer.unref();
    this.#timers = timers;
  }
}

function changeOf({ instanceId: _, isOfChain, ...change }: ContactChangeRow): ContactChange {
  return {
    ...change,
    id: Number(change.id),
    occurredAt: Number(change.occurredAt),
    isOfChain: Number(isOfChain) === 1,
  };
}

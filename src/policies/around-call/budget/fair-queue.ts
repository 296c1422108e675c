import type { Purpose } from '../../../connect/call.js';
import { Turns } from '../../../util/turns.js';

/** What a queue needs to know of what waits in it. */
export interface Queued {
  /** Whose it is. */
  readonly caller: string;
  readonly purpose: Purpose;
}

/** The classes of a queue, the first one first. */
export const CLASSES = ['MUTATION', 'QUERY', 'JOB'] as const satisfies readonly Purpose[];

/** A queue in which items of mutations go first and those of jobs last; callers take turns within each class. */
export class FairQueue<Item extends Queued> {
  readonly #classes: Readonly<Record<Purpose, Turns<Item>>> = {
    MUTATION: new Turns(),
    QUERY: new Turns(),
    JOB: new Turns(),
  };

  /** Number of items that wait. */
  get length(): number {
    const { MUTATION, QUERY, JOB } = this.#classes;
    return MUTATION.length + QUERY.length + JOB.length;
  }

  /** Number of items of a class that wait. */
  lengthOf(purpose: Purpose): number {
    return this.#classes[purpose].length;
  }

  /** Adds an item behind those of its caller and class. */
  add(item: Item): void {
    this.#classes[item.purpose].add(item.caller, item);
  }

  /** Removes the item whose turn it is, and returns it. */
  shift(): Item | undefined {
    return this.#classes.MUTATION.shift() ?? this.#classes.QUERY.shift() ?? this.#classes.JOB.shift();
  }

  /** Removes an item, wherever it stands; returns false if it is not in the queue. */
  remove(item: Item): boolean {
    return this.#classes[item.purpose].remove(item.caller, item);
  }

  /** Returns all items in the order of their turns, if none is added or removed. */
  inOrder(): Item[] {
    return CLASSES.flatMap((purpose) => this.#classes[purpose].inOrder());
  }
}

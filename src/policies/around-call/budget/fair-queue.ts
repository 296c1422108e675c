import type { Purpose } from '../../../connect/call.js';

/** What a queue needs to know of what waits in it. */
export interface Queued {
  /** Whose it is. */
  readonly caller: string;
  readonly purpose: Purpose;
}

/**
 * A queue in which those who wait for a mutation go first, and within that callers take turns: one who sends much waits
 * behind his own, not before the others.
 */
export class FairQueue<Item extends Queued> {
  /** Each caller's items in their order; the caller whose turn it is comes first. */
  readonly #turns: Readonly<Record<Purpose, Map<string, Item[]>>> = { MUTATION: new Map(), QUERY: new Map() };
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(item: Item): void {
    const turns = this.#turns[item.purpose];
    const own = turns.get(item.caller);
    if (own) own.push(item);
    else turns.set(item.caller, [item]);
    this.#length++;
  }

  /** Takes out the item whose turn it is; its caller's next one comes after the other callers'. */
  shift(): Item | undefined {
    for (const turns of [this.#turns.MUTATION, this.#turns.QUERY]) {
      for (const [caller, own] of turns) {
        const item = own.shift();
        turns.delete(caller);
        if (own.length > 0) turns.set(caller, own);
        this.#length--;
        return item;
      }
    }
    return undefined;
  }

  /** Takes an item out, wherever it stands; false where it is not there any more. */
  remove(item: Item): boolean {
    const turns = this.#turns[item.purpose];
    const own = turns.get(item.caller);
    const index = own?.indexOf(item) ?? -1;
    if (own === undefined || index < 0) return false;
    own.splice(index, 1);
    if (own.length === 0) turns.delete(item.caller);
    this.#length--;
    return true;
  }

  /** All items in the order of their turns, if nobody comes or leaves. */
  inOrder(): Item[] {
    return [this.#turns.MUTATION, this.#turns.QUERY].flatMap((turns) => {
      const items: Item[] = [];
      let lists = [...turns.values()];
      for (let round = 0; lists.length > 0; round++) {
        lists = lists.filter((own) => own.length > round);
        for (const own of lists) items.push(own[round] as Item);
      }
      return items;
    });
  }
}

/**
 * A queue in which owners take turns: an owner of many items waits behind its own, not before those of others. Each
 * owner's items keep their order.
 */
export class Turns<Item> {
  /** Items by owner; the owner whose turn it is comes first. */
  readonly #items = new Map<string, Item[]>();
  #length = 0;

  /** Number of items, of all owners. */
  get length(): number {
    return this.#length;
  }

  /** Number of items of one owner. */
  lengthOf(owner: string): number {
    return this.#items.get(owner)?.length ?? 0;
  }

  /** Adds an item behind those of its owner. */
  add(owner: string, item: Item): void {
    const own = this.#items.get(owner);
    if (own) own.push(item);
    else this.#items.set(owner, [item]);
    this.#length++;
  }

  /** Removes the item whose turn it is, and returns it; its owner's next one comes after those of the other owners. */
  shift(): Item | undefined {
    for (const [owner, own] of this.#items) {
      const item = own.shift();
      this.#items.delete(owner);
      if (own.length > 0) this.#items.set(owner, own);
      this.#length--;
      return item;
    }
    return undefined;
  }

  /** Removes an item, wherever it stands; returns false if it is not in the queue. */
  remove(owner: string, item: Item): boolean {
    const own = this.#items.get(owner);
    const index = own?.indexOf(item) ?? -1;
    if (own === undefined || index < 0) return false;
    own.splice(index, 1);
    if (own.length === 0) this.#items.delete(owner);
    this.#length--;
    return true;
  }

  /** Returns all items in the order of their turns, if none is added or removed. */
  inOrder(): Item[] {
    const items: Item[] = [];
    let lists = [...this.#items.values()];
    for (let round = 0; lists.length > 0; round++) {
      lists = lists.filter((own) => own.length > round);
      for (const own of lists) items.push(own[round] as Item);
    }
    return items;
  }
}

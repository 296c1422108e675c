import type { RatedOperation } from '../../connect/rates.js';

/** Things that are read each by a call of its own, of which there are no more than so many however often they are met. */
export interface Pool {
  readonly key: string;
  readonly most: number;
}

/** Calls on the API that a request may cost, at most. */
export class Calls {
  readonly #pools = new Map<string, { readonly most: number; readonly keys: Set<string>; sum: number }>();
  readonly #weightOf: (operation: RatedOperation) => number;
  #total = 0;

  /** @param weightOf returns the weight of a call of an operation */
  constructor(weightOf: (operation: RatedOperation) => number) {
    this.#weightOf = weightOf;
  }

  /**
   * A read of each of some things; loaders read nothing twice, so that things of one key count once.
   *
   * @param count how many things the key stands for
   */
  read(
    operation: RatedOperation,
    key: string,
    count: number,
    pool: Pool = { key, most: Number.POSITIVE_INFINITY },
  ): void {
    const id = `${operation} ${pool.key}`;
    const found = this.#pools.get(id) ?? { most: pool.most, keys: new Set(), sum: 0 };
    this.#pools.set(id, found);
    if (found.keys.has(key)) return;
    found.keys.add(key);
    const before = Math.min(found.most, found.sum);
    found.sum += count;
    this.#total += (Math.min(found.most, found.sum) - before) * this.#weightOf(operation);
  }

  /** Marks the result of a read as known, so that the read is not counted. */
  know(operation: RatedOperation, key: string): void {
    this.read(operation, key, 0);
  }

  /** The calls counted so far. */
  get total(): number {
    return this.#total;
  }
}

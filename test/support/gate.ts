/** Something to wait for until a test opens it: in place of time that passes. */
export class Gate {
  readonly #opening = Promise.withResolvers<void>();

  open(): void {
    this.#opening.resolve();
  }

  get opened(): Promise<void> {
    return this.#opening.promise;
  }
}

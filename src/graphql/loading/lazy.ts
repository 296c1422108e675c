import { type Loader, type LoaderKey, type MaybePromise, whenThere } from './loader.js';

/** Members of a thing that are known before it is read. A member that is present and undefined is one that it does not have. */
export type Known<Thing> = { readonly [Name in keyof Thing]?: Thing[Name] | undefined };

/**
 * A thing of which some members are known, for instance from a list. The loader reads the rest when a selected field needs
 * it, so that a reference that selects its key alone costs no call.
 */
export class Lazy<Thing extends object> {
  /**
   * @param isWhole whether all members are known, so that an absent one is no reason to read. Default: false
   */
  constructor(
    private readonly loader: Loader<Thing>,
    private readonly key: LoaderKey,
    private readonly known: Known<Thing>,
    private readonly isWhole = false,
  ) {}

  /**
   * Returns a member; null if the thing does not have it, or does not exist. At once if it is known or has been read, else
   * by a promise.
   *
   * @param map makes the result of the member. Default: the member itself
   */
  get<Name extends keyof Thing>(name: Name): MaybePromise<NonNullable<Thing[Name]> | null>;
  get<Name extends keyof Thing, Result>(
    name: Name,
    map: (member: NonNullable<Thing[Name]> | null) => MaybePromise<Result>,
  ): MaybePromise<Result>;
  get<Name extends keyof Thing>(name: Name, map?: (member: NonNullable<Thing[Name]> | null) => unknown): unknown {
    const member = this.#member(name);
    return map === undefined ? member : whenThere(member, map);
  }

  #member<Name extends keyof Thing>(name: Name): MaybePromise<NonNullable<Thing[Name]> | null> {
    if (this.isWhole || name in this.known) return this.known[name] ?? null;
    return this.loader.load(this.key, (thing) => thing?.[name] ?? null);
  }
}

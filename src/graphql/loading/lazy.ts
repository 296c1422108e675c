import { type Loader, type LoaderKey, type MaybePromise, whenThere } from './loader.js';

/** Members of a thing that are known before it is read. A member that is present and undefined is one that it does not have. */
export type Known<Thing> = { readonly [Name in keyof Thing]?: Thing[Name] | undefined };

const NONE: ReadonlySet<string> = new Set();

/**
 * A thing of which some members are known, for instance from a list. The loader reads the rest when a selected field needs
 * it, so that a reference that selects its key alone costs no call.
 */
export class Lazy<Thing extends object> {
  /**
   * @param reported names of the members that the source of `known` reports: an absent one is no reason to read. Default: none
   */
  constructor(
    private readonly loader: Loader<Thing>,
    private readonly key: LoaderKey,
    private readonly known: Known<Thing>,
    private readonly reported: ReadonlySet<string> = NONE,
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

  /** Whether a member, or that the thing does not have it, is known without a read. */
  knows(name: keyof Thing): boolean {
    return name in this.known || this.reported.has(name as string);
  }

  #member<Name extends keyof Thing>(name: Name): MaybePromise<NonNullable<Thing[Name]> | null> {
    if (this.knows(name)) return this.known[name] ?? null;
    return this.loader.load(this.key, (thing) => thing?.[name] ?? null);
  }
}

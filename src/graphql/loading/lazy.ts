import { type Loader, type LoaderKey, type MaybePromise, whenThere } from './loader.js';
import type { Loaders } from './loaders.js';

/** What is known of a thing before it is read. A member that is present and undefined is one that the thing does not have. */
export type Known<Thing> = { readonly [Name in keyof Thing]?: Thing[Name] | undefined };

/**
 * A thing of which some is known, for instance from a list; the rest is read, by the request's loader, when a selected
 * field needs it. So a reference that selects its key alone costs no call.
 */
export class Lazy<Thing extends object> {
  /**
   * @param isWhole whether all is known, so that what is not there is no reason to read
   */
  constructor(
    private readonly key: LoaderKey,
    private readonly known: Known<Thing>,
    private readonly loaderOf: (loaders: Loaders) => Loader<Thing>,
    private readonly isWhole = false,
  ) {}

  /** A member; null where the thing does not have it, or does not exist. */
  tell<Name extends keyof Thing>(
    { loaders }: { readonly loaders: Loaders },
    name: Name,
  ): MaybePromise<NonNullable<Thing[Name]> | null> {
    if (this.isWhole || name in this.known) return this.known[name] ?? null;
    return whenThere(this.loaderOf(loaders).load(this.key), (thing) => thing?.[name] ?? null);
  }
}

import type { Loaders, Loader, LoaderKey } from '../loaders.js';

/** A thing of which some is known, for instance from a list; the rest is read when a selected field needs it. */
export class Lazy<Thing extends object> {
  constructor(
    private readonly key: LoaderKey,
    private readonly known: Partial<Thing>,
    private readonly loaderOf: (loaders: Loaders) => Loader<Thing>,
  ) {}

  /** A member; null where the thing does not have it, or does not exist. */
  tell<Name extends keyof Thing>(
    { loaders }: { readonly loaders: Loaders },
    name: Name,
  ): Exclude<Thing[Name], undefined> | null | Promise<Exclude<Thing[Name], undefined> | null> {
    type Value = Exclude<Thing[Name], undefined>;
    const known = this.known[name];
    if (known !== undefined) return known as Value;
    const reading = this.loaderOf(loaders).load(this.key);
    return reading.then((thing) => (thing?.[name] as Value | undefined) ?? null);
  }
}

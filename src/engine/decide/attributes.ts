import type { Attribute } from '../../connect/contact.js';

/** Reads attributes as the store keeps them, by key. */
export function readAttributes(json: string): readonly Attribute[] {
  return (JSON.parse(json) as [string, string][]).map(([key, value]) => ({ key, value }));
}

/** Writes attributes as the store keeps them: pairs in the order of their keys, so that every reader finds that order. */
export function writeAttributes(attributes: readonly Attribute[]): string {
  const pairs = attributes.map(({ key, value }) => [key, value] as const);
  return JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Stored attributes with given ones, which overwrite equal keys. */
export function mergeAttributes(stored: string | undefined, given: readonly Attribute[]): readonly Attribute[] {
  if (stored === undefined) return given;
  const byKey = new Map(readAttributes(stored).map((attribute) => [attribute.key, attribute]));
  for (const attribute of given) byKey.set(attribute.key, attribute);
  return [...byKey.values()];
}

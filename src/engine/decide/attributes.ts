import type { Attribute } from '../../connect/contact.js';

/** Parses stored attributes, by key. */
export function readAttributes(json: string): readonly Attribute[] {
  return (JSON.parse(json) as [string, string][]).map(([key, value]) => ({ key, value }));
}

/** Formats attributes for the store, sorted by key, because every reader needs that order. */
export function writeAttributes(attributes: readonly Attribute[]): string {
  const pairs = attributes.map(({ key, value }) => [key, value] as const);
  return JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Merges attributes into stored ones; equal keys are overwritten. */
export function mergeAttributes(stored: string | undefined, added: readonly Attribute[]): readonly Attribute[] {
  if (stored === undefined) return added;
  const byKey = new Map(readAttributes(stored).map((attribute) => [attribute.key, attribute]));
  for (const attribute of added) byKey.set(attribute.key, attribute);
  return [...byKey.values()];
}

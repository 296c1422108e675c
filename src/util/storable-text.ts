/** Describes what a database cannot store of a text; undefined if it can store all. */
export function unstorable(text: string): string | undefined {
  const nul = text.indexOf('\0');
  if (nul >= 0) return `U+0000 at index ${nul}`;
  return text.isWellFormed() ? undefined : `a lone surrogate at index ${text.search(/\p{Surrogate}/u)}`;
}

/** Checks that a text can be stored. Other texts are never a key, so that lookups can skip them. */
export function isStorable(text: string): boolean {
  return unstorable(text) === undefined;
}

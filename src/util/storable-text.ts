/** What makes a text unfit for storage, in words; undefined where nothing does. */
export function unstorable(text: string): string | undefined {
  const nul = text.indexOf('\0');
  if (nul >= 0) return `U+0000 at index ${nul}`;
  return text.isWellFormed() ? undefined : `a lone surrogate at index ${text.search(/\p{Surrogate}/u)}`;
}

/** Whether a text can be stored. One that cannot is no row's key, so that it need not be looked for. */
export function isStorable(text: string): boolean {
  return unstorable(text) === undefined;
}

/**
 * Returns a text in the form that a search compares: without a difference of case, and in one of the Unicode forms of an
 * accented letter. Lower case comes first and upper case last, because that order also unites ß with SS and ς with σ.
 */
export function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().normalize('NFC');
}

/** Returns whether a text has characters of ASCII alone. {@link foldCase} is then its upper case. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

const ASCII = /^[\0-\x7f]*$/;

/**
 * Counts the characters of a text as the API's model language defines them: Unicode scalar values, so that 𝄞 is one
 * character although it takes two UTF-16 units.
 */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const isHighSurrogate = unit >= 0xd800 && unit <= 0xdbff;
    if (isHighSurrogate && isLowSurrogate(text.charCodeAt(i + 1))) {
      count--;
      i++;
    }
  }
  return count;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Counts the UTF-8 bytes of a text. */
export function countBytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

const EXCERPT_CHARACTERS = 40;

/** Invisible characters that JSON does not escape: controls, line breaks, marks of the writing direction. */
const UNPRINTABLE = /[\p{Control}\p{Bidi_Control}\u2028\u2029]/gu;

/** Returns a printable excerpt of a client's text for a message: at most 40 characters. */
export function excerpt(text: string): string {
  const characters = Array.from(text.slice(0, 2 * EXCERPT_CHARACTERS + 1));
  const short = characters.slice(0, EXCERPT_CHARACTERS).join('').toWellFormed();
  const quoted = JSON.stringify(short).replace(UNPRINTABLE, escaped);
  return quoted + (characters.length > EXCERPT_CHARACTERS ? '…' : '');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Returns a count with its noun: "1 character", "2 characters". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

import fc from 'fast-check';
import type { Attribute, Reference } from '../../src/connect/contact.js';

/** One Unicode scalar value other than U+0000: ASCII, combining marks, the rest of the BMP, and the astral planes. */
export const character: fc.Arbitrary<string> = fc
  .oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0x01, max: 0x7f }),
    fc.integer({ min: 0x300, max: 0x36f }),
    fc.integer({ min: 0x80, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0xffff }),
    fc.integer({ min: 0x1_0000, max: 0x10_ffff }),
  )
  .map((codePoint) => String.fromCodePoint(codePoint));

const pool = fc.array(character, { minLength: 1, maxLength: 12 });

/** Text of so many Unicode scalar values; long ones repeat a few characters. */
export function text(min: number, max = min): fc.Arbitrary<string> {
  return fc.tuple(pool, fc.integer({ min, max })).map(([characters, length]) => {
    const cycles = Math.floor(length / characters.length);
    return characters.join('').repeat(cycles) + characters.slice(0, length % characters.length).join('');
  });
}

/** UTF-8 bytes, counted by another hand than the code under test. */
export function utf8Bytes(value: string): number {
  return new TextEncoder().encode(value).length;
}

function textOfBytes(characters: readonly string[], bytes: number): string {
  const cycle = characters.join('');
  let filled = cycle.repeat(Math.floor(bytes / utf8Bytes(cycle)));
  let left = bytes - utf8Bytes(filled);
  for (const next of characters) {
    if (utf8Bytes(next) > left) break;
    filled += next;
    left -= utf8Bytes(next);
  }
  return filled + 'x'.repeat(left);
}

/** Attributes whose keys and values, of any characters, take so many UTF-8 bytes together. */
export function attributesOfBytes(bytes: number): fc.Arbitrary<Attribute[]> {
  return fc.tuple(pool, fc.array(fc.nat(bytes), { minLength: 1, maxLength: 11 })).map(([characters, cuts]) => {
    const ends = [...cuts.sort((a, b) => a - b), bytes];
    const texts = ends.map((end, i) => textOfBytes(characters, end - (ends[i - 1] ?? 0)));
    return Array.from({ length: Math.ceil(texts.length / 2) }, (_, i) => ({
      key: texts[2 * i] ?? '',
      value: texts[2 * i + 1] ?? '',
    }));
  });
}

/** U+0000, or half of a surrogate pair. */
const flaw = fc
  .oneof(fc.constant(0), fc.integer({ min: 0xd800, max: 0xdbff }), fc.integer({ min: 0xdc00, max: 0xdfff }))
  .map((unit) => String.fromCharCode(unit));

/** At most 21 characters with one flaw between them that no store can keep. */
export const flawedText: fc.Arbitrary<string> = fc
  .tuple(fc.array(character, { maxLength: 10 }), flaw, fc.array(character, { maxLength: 10 }))
  .map(([before, odd, after]) => [...before, odd, ...after].join(''));

/** Names that mean something to a JavaScript object, and nothing to the API. */
export const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'] as const;

const prototypeName = fc.constantFrom(...PROTOTYPE_NAMES);

/** The characters of an attribute's key. */
export const KEY_CHARACTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'] as const;

/** A key that an attribute may have. */
export const attributeKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: fc.constantFrom(...KEY_CHARACTERS), minLength: 1, maxLength: 40 }) },
  { weight: 1, arbitrary: prototypeName },
);

/** Attributes that keep every rule. */
export const attributes: fc.Arbitrary<Attribute[]> = fc.uniqueArray(
  fc.record({ key: attributeKey, value: text(0, 300) }),
  { selector: ({ key }) => key, maxLength: 6 },
);

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });

/** For each reference type, values that it takes. */
export const referenceValues = {
  URL: fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true, withFragments: true }),
  NUMBER: fc
    .tuple(fc.constantFrom('', '-'), digits(1, 20), fc.option(digits(1, 20), { nil: undefined }))
    .map(([sign, whole, decimals]) => sign + whole + (decimals === undefined ? '' : `.${decimals}`)),
  STRING: text(0, 1000),
  DATE: digits(1, 12),
  EMAIL: fc.emailAddress(),
} as const;

/** For each reference type that has a format, values outside of it. */
export const foreignValues = {
  URL: fc.oneof(
    fc.constantFrom(
      '',
      'example.com',
      '/tickets/1',
      '//example.com',
      'http://',
      'https:example.com',
      'http:\\example.com',
    ),
    fc.constantFrom('https://[', 'https://:80', 'https://example.com:99999', 'https://exa<mple.com'),
    fc.constantFrom('mailto:a@example.com', 'javascript:alert(1)', 'data:text/plain,x', 'file:///etc/hosts'),
    fc.webUrl({ validSchemes: ['ftp', 'ws', 'wss'] }),
    fc
      .tuple(referenceValues.URL, fc.constantFrom(' ', '\t', '\n', '\u00a0', '\u0001'), fc.double({ min: 0, max: 1 }))
      .map(([url, odd, where]) => insert(url, odd, Math.floor((where || 0) * url.length))),
  ),
  NUMBER: fc.oneof(
    fc.constantFrom(
      '',
      '-',
      '.',
      '+1',
      '1.',
      '.5',
      '--1',
      '1-',
      '1.2.3',
      '1e3',
      '0x10',
      '1,5',
      'NaN',
      'Infinity',
      '١٢',
    ),
    outside(referenceValues.NUMBER, /[\d.-]/),
  ),
  DATE: fc.oneof(
    fc.constantFrom('', '-1', '1.5', '2026-01-01', '2026-01-01T00:00:00Z', '١٢'),
    digits(13, 20),
    outside(referenceValues.DATE, /\d/),
  ),
  EMAIL: fc.oneof(
    fc.constantFrom('', '@', 'a@', '@b', 'a@b@c', 'a b@c', 'a@b c', 'a@b\n'),
    referenceValues.EMAIL.map((address) => address.replace('@', '')),
    fc.tuple(referenceValues.EMAIL, referenceValues.EMAIL).map((two) => two.join(',')),
  ),
} as const;

function insert(into: string, odd: string, at: number): string {
  return into.slice(0, at) + odd + into.slice(at);
}

/** A value with one character more, which its alphabet does not have. */
function outside(values: fc.Arbitrary<string>, alphabet: RegExp): fc.Arbitrary<string> {
  const odd = character.filter((one) => !alphabet.test(one));
  return fc.tuple(values, odd, fc.nat(20)).map(([value, one, at]) => insert(value, one, Math.min(at, value.length)));
}

/** A label that a reference may have. */
export const referenceName: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: text(1, 60) },
  { weight: 1, arbitrary: prototypeName },
);

/** References that keep every rule, with room for more. */
export const references: fc.Arbitrary<Reference[]> = fc
  .uniqueArray(
    fc.oneof(
      ...Object.entries(referenceValues).map(([type, value]) =>
        fc.record({ name: referenceName, type: fc.constant(type), value }),
      ),
    ),
    { selector: ({ name }) => name, maxLength: 6 },
  )
  .filter((list) => list.reduce((sum, { name, value }) => sum + Buffer.byteLength(name + value), 0) <= 2000);

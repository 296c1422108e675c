import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countBytes, countCharacters, excerpt, plural } from '../../src/validation/text.js';
import { flawedText, text, utf8Bytes } from '../support/arbitraries.js';

/** Any sequence of UTF-16 units, half of them surrogates, in pairs and alone. */
const anyUnits = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), { maxLength: 100 })
  .map((units) => String.fromCharCode(...units));

describe('countCharacters', () => {
  it.each([
    ['nothing', '', 0],
    ['ASCII', 'task', 4],
    ['an astral character, two UTF-16 units', '𝄞', 1],
    ['a letter and its combining mark', 'e\u0301', 2],
    ['the same letter, precomposed', '\u00e9', 1],
    ['a family of three, joined twice', '👩\u200d👩\u200d👧', 5],
    ['half of a pair', '\ud834', 1],
    ['a pair in the wrong order', '\udd1e\ud834', 2],
    ['a half before a whole pair', '\ud834\ud834\udd1e', 2],
  ])('counts %s', (_, value, count) => {
    expect(countCharacters(value)).toBe(count);
  });

  it('counts as many as were put together', () => {
    fc.assert(
      fc.property(
        fc.nat(600).chain((length) => fc.tuple(fc.constant(length), text(length))),
        ([length, value]) => countCharacters(value) === length,
      ),
    );
  });

  it('counts code points, whatever the units', () => {
    fc.assert(fc.property(anyUnits, (value) => countCharacters(value) === [...value].length));
  });
});

describe('countBytes', () => {
  it.each([
    ['a', 1],
    ['é', 2],
    ['€', 3],
    ['𝄞', 4],
  ])('counts the UTF-8 bytes of %s', (value, bytes) => {
    expect(countBytes(value)).toBe(bytes);
  });

  it('counts what an encoder writes', () => {
    fc.assert(fc.property(anyUnits, (value) => countBytes(value) === utf8Bytes(value)));
  });
});

describe('excerpt', () => {
  it('quotes a short text whole', () => {
    expect(excerpt('a "b"')).toBe('"a \\"b\\""');
  });

  it('takes 40 characters whole and cuts 41', () => {
    fc.assert(
      fc.property(text(40), (value) => {
        expect(JSON.parse(excerpt(value))).toBe(value);
        expect(excerpt(`${value}x`)).toBe(`${excerpt(value)}…`);
      }),
    );
  });

  it('is never more than the first 40 characters, and always well formed', () => {
    fc.assert(
      fc.property(fc.oneof(anyUnits, text(0, 200), flawedText), (value) => {
        const short = excerpt(value);
        const characters = [...value];
        expect(short.isWellFormed()).toBe(true);
        expect(short.endsWith('…')).toBe(characters.length > 40);
        expect(JSON.parse(characters.length > 40 ? short.slice(0, -1) : short)).toBe(
          characters.slice(0, 40).join('').toWellFormed(),
        );
      }),
    );
  });

  it('is printable: control characters, line breaks and marks that turn the direction of writing are escaped', () => {
    expect(excerpt('\0\n\u007f\u009b\u2028\u202e\u2066')).toBe('"\\u0000\\n\\u007f\\u009b\\u2028\\u202e\\u2066"');
    fc.assert(
      fc.property(
        fc.oneof(anyUnits, text(0, 60)),
        (value) => !/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(excerpt(value)),
      ),
    );
  });
});

describe('plural', () => {
  it.each([
    [0, '0 characters'],
    [1, '1 character'],
    [2, '2 characters'],
  ])('says %d as "%s"', (count, words) => {
    expect(plural(count, 'character')).toBe(words);
  });
});

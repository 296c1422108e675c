import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  attributeBytes,
  attributeKeyAlphabet,
  attributeKeyLength,
  attributeKeysUnique,
  attributesBytes,
  attributesRules,
  attributeValueLength,
  attributeValueStorable,
} from '../../../src/validation/rules/attributes.js';
import {
  attributeKey,
  attributes,
  attributesOfBytes,
  character,
  flawedText,
  KEY_CHARACTERS,
  PROTOTYPE_NAMES,
  text,
  utf8Bytes,
} from '../../support/arbitraries.js';
import { itTakesLengths } from '../../support/lengths.js';
import { ofMember } from '../../support/of-member.js';

describe("The length of an attribute's key", () => {
  itTakesLengths(
    ofMember(attributeKeyLength, 'key', (key) => ({ key, value: '' })),
    1,
    32_767,
  );
});

describe("The length of an attribute's value", () => {
  itTakesLengths(
    ofMember(attributeValueLength, 'value', (value) => ({ key: 'k', value })),
    0,
    32_767,
  );
});

describe("The alphabet of an attribute's key", () => {
  const rule = ofMember(attributeKeyAlphabet, 'key', (key) => ({ key, value: '' }));
  const ascii = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));

  it('takes letters, digits, dash and underscore', () => {
    expect(ascii.filter((one) => rule.check(one).length === 0)).toEqual([...KEY_CHARACTERS].sort());
    fc.assert(fc.property(attributeKey, (key) => rule.check(key).length === 0));
  });

  it('refuses every other ASCII character, wherever it stands', () => {
    for (const odd of ascii.filter((one) => !(KEY_CHARACTERS as readonly string[]).includes(one))) {
      for (const key of [`${odd}ab`, `a${odd}b`, `ab${odd}`]) {
        expect({ key, findings: rule.check(key) }).toEqual({
          key,
          findings: [{ path: [], actual: JSON.stringify(key).replace('\u007f', '\\u007f') }],
        });
      }
    }
  });

  it('refuses every character that is not ASCII, letters and digits too', () => {
    const beyond = character.filter((one) => one > '\u007f');
    fc.assert(
      fc.property(
        fc.oneof(beyond, fc.constantFrom('é', 'Ω', '\u0663', '\u212a', '\u017f')),
        attributeKey,
        attributeKey,
        (odd, before, after) => {
          expect(rule.check(before + odd + after)).toHaveLength(1);
        },
      ),
    );
  });

  it('shows no more than the first 40 characters of a key', () => {
    expect(rule.check(`$${'k'.repeat(1000)}`)).toEqual([{ path: [], actual: `"$${'k'.repeat(39)}"…` }]);
  });
});

describe('A repeated attribute key', () => {
  it('is found at each repetition, with its index', () => {
    const few = fc.array(fc.constantFrom<string>('a', 'A', 'b', ...PROTOTYPE_NAMES), { maxLength: 12 });
    fc.assert(
      fc.property(few, (keys) => {
        const repeated = [...keys.keys()].filter((index) => keys.indexOf(keys[index] as string) < index);
        expect(attributeKeysUnique.check(keys.map((key) => ({ key, value: '' })))).toEqual(
          repeated.map((index) => ({ path: [index, 'key'], actual: `"${keys[index]}" again` })),
        );
      }),
    );
  });

  it('is one with the same letters in the same case; the values do not matter', () => {
    const twice = [
      { key: 'Case', value: '1' },
      { key: 'case', value: '1' },
      { key: 'Case', value: '2' },
    ];
    expect(attributeKeysUnique.check(twice)).toEqual([{ path: [2, 'key'], actual: '"Case" again' }]);
  });
});

describe("An attribute's value", () => {
  it('is refused with U+0000 or a lone surrogate, at its index', () => {
    fc.assert(
      fc.property(attributes, flawedText, attributes, (before, value, after) => {
        expect(attributeValueStorable.check([...before, { key: 'k', value }, ...after])).toEqual([
          {
            path: [before.length, 'value'],
            actual: expect.stringMatching(/^(U\+0000|a lone surrogate) at index \d+$/),
          },
        ]);
      }),
    );
  });
});

describe('All attributes of a request', () => {
  it('take 32,768 UTF-8 bytes over keys and values, and no more', () => {
    fc.assert(
      fc.property(attributesOfBytes(32_768), attributesOfBytes(32_769), (most, more) => {
        expect(attributesBytes.check(most)).toEqual([]);
        expect(attributesBytes.check(more)).toEqual([{ path: [], actual: '32769 bytes' }]);
      }),
    );
  });

  it('count each character by its bytes', () => {
    const value = '€'.repeat(10_922);
    expect(attributesBytes.check([{ key: 'ab', value }])).toEqual([]);
    expect(attributesBytes.check([{ key: 'abc', value }])).toEqual([{ path: [], actual: '32769 bytes' }]);
  });

  it('count keys as well as values, repeated ones too', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ key: text(0, 20), value: text(0, 20) })), (list) => {
        expect(attributeBytes(list)).toBe(utf8Bytes(list.map(({ key, value }) => key + value).join('')));
      }),
    );
  });
});

describe('attributesRules', () => {
  it('finds nothing in good attributes, nor in none', () => {
    const check = (list: Parameters<typeof attributeBytes>[0]) =>
      attributesRules.flatMap((rule) => rule.check([...list]));
    expect(check([])).toEqual([]);
    fc.assert(
      fc.property(attributes, (list) => {
        expect(check(list)).toEqual([]);
      }),
    );
  });
});

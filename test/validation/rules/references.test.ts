import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Reference } from '../../../src/connect/contact.js';
import {
  hasFormat,
  referenceNameLength,
  referenceNamesUnique,
  referenceNameStorable,
  referencesBytes,
  referencesRules,
  referenceType,
  referenceValueLength,
  referenceValueStorable,
} from '../../../src/validation/rules/references.js';
import {
  flawedText,
  foreignValues,
  PROTOTYPE_NAMES,
  references,
  referenceValues,
  text,
} from '../../support/arbitraries.js';
import { itTakesLengths } from '../../support/lengths.js';
import { ofMember } from '../../support/of-member.js';

const TYPES = ['URL', 'NUMBER', 'STRING', 'DATE', 'EMAIL'] as const;
const FORMATS = ['URL', 'NUMBER', 'DATE', 'EMAIL'] as const;

/** What all rules find in one list, with the rule's id. */
function checked(list: readonly Reference[]) {
  return referencesRules.flatMap((rule) => rule.check(list).map((finding) => ({ rule: rule.id, ...finding })));
}

/** What the rules of value formats find in one value. */
function formatFindings(type: string, value: string) {
  return checked([{ name: 'n', type, value }]).filter(({ rule }) => rule.startsWith('engine/'));
}

describe("The length of a reference's name", () => {
  itTakesLengths(
    ofMember(referenceNameLength, 'name', (name) => ({ name, type: 'STRING', value: '' })),
    1,
    4096,
  );
});

describe("The length of a reference's value", () => {
  itTakesLengths(
    ofMember(referenceValueLength, 'value', (value) => ({ name: 'n', type: 'STRING', value })),
    0,
    4096,
  );
});

describe('The text of a reference', () => {
  it.each([
    ['name', ofMember(referenceNameStorable, 'name', (name) => ({ name, type: 'STRING', value: '' }))],
    ['value', ofMember(referenceValueStorable, 'value', (value) => ({ name: 'n', type: 'STRING', value }))],
  ])('has no U+0000 and no lone surrogate in its %s', (_, rule) => {
    fc.assert(
      fc.property(flawedText, text(1, 100), (bad, good) => {
        expect(rule.check(bad)).toHaveLength(1);
        expect(rule.check(good)).toEqual([]);
      }),
    );
  });
});

describe('A repeated reference name', () => {
  it('is found at each repetition, with its index, whatever the types', () => {
    const few = fc.array(
      fc.tuple(fc.constantFrom<string>('a', 'A', 'e\u0301', '\u00e9', ...PROTOTYPE_NAMES), fc.constantFrom(...TYPES)),
    );
    fc.assert(
      fc.property(few, (list) => {
        const names = list.map(([name]) => name);
        const repeated = [...names.keys()].filter((index) => names.indexOf(names[index] as string) < index);
        expect(referenceNamesUnique.check(list.map(([name, type]) => ({ name, type, value: '' })))).toEqual(
          repeated.map((index) => ({ path: [index, 'name'], actual: `"${names[index]}" again` })),
        );
      }),
    );
  });
});

describe('The type of a reference', () => {
  const rule = ofMember(referenceType, 'type', (type) => ({ name: 'n', type: type === '1' ? 'URL' : type, value: '' }));

  it.each(TYPES)('accepts %s', (type) => {
    expect(rule.check(type)).toEqual([]);
  });

  it.each([
    'ATTACHMENT',
    'CONTACT_ANALYSIS',
    'EMAIL_MESSAGE',
    'EMAIL_MESSAGE_PLAIN_TEXT',
    'url',
    ' URL',
    'URL\n',
    '',
    ...PROTOTYPE_NAMES,
  ])('refuses %j at creation', (type) => {
    expect(rule.check(type)).toEqual([{ path: [], actual: JSON.stringify(type) }]);
  });

  it('refuses anything else', () => {
    const other = text(0, 12).filter((type) => !(TYPES as readonly string[]).includes(type) && type !== '1');
    fc.assert(fc.property(other, (type) => rule.check(type).length === 1));
  });
});

describe.each(FORMATS)('A reference of type %s', (type) => {
  const id = `engine/reference-${type.toLowerCase()}`;

  it('takes values of its format', () => {
    fc.assert(
      fc.property(referenceValues[type], (value) => {
        expect(formatFindings(type, value)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses other values, at the value', () => {
    fc.assert(
      fc.property(foreignValues[type], (value) => {
        expect(formatFindings(type, value)).toEqual([
          { rule: id, path: [0, 'value'], actual: expect.stringMatching(/^".*"…?$/s) },
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('asks nothing of the other types', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), fc.oneof(text(0, 40), foreignValues[type]), (other, value) => {
        fc.pre(other !== type);
        expect(formatFindings(other, value).map(({ rule }) => rule)).not.toContain(id);
      }),
    );
  });

  it('is answered by hasFormat in the same way', () => {
    fc.assert(
      fc.property(fc.oneof(referenceValues[type], foreignValues[type]), (value) => {
        expect(hasFormat(type, value)).toBe(formatFindings(type, value).length === 0);
      }),
    );
  });
});

describe('The formats by example', () => {
  it.each([
    ['URL', 'https://example.com'],
    ['URL', 'HTTP://user@[::1]:8080/a%20b?c=d#e'],
    ['URL', 'https://münchen.example/straße'],
    ['NUMBER', '0'],
    ['NUMBER', '-12.50'],
    ['NUMBER', '007'],
    ['DATE', '1893456000'],
    ['DATE', '999999999999'],
    ['EMAIL', 'agent@example.com'],
    ['EMAIL', 'jörg@münchen.example'],
  ])('%s takes %j', (type, value) => {
    expect(hasFormat(type, value)).toBe(true);
  });

  it.each([
    ['URL', 'https:example.com'],
    ['URL', 'https://example.com:99999'],
    ['URL', ' https://example.com'],
    ['URL', 'https://exa\nmple.com'],
    ['NUMBER', '1e3'],
    ['NUMBER', '12\n'],
    ['DATE', '1000000000000'],
    ['DATE', '2026-01-01'],
    ['EMAIL', 'Agent <agent@example.com>'],
  ])('%s refuses %j', (type, value) => {
    expect(hasFormat(type, value)).toBe(false);
  });
});

describe('A reference of type STRING', () => {
  it('takes every text of up to 4095 bytes, the empty one too', () => {
    expect(checked([{ name: 'n', type: 'STRING', value: '' }])).toEqual([]);
    fc.assert(
      fc.property(text(0, 1365), (value) => {
        fc.pre(Buffer.byteLength(value) < 4096);
        expect(checked([{ name: 'n', type: 'STRING', value }])).toEqual([]);
        expect(hasFormat('STRING', value)).toBe(true);
      }),
    );
  });
});

describe('referencesRules', () => {
  it('finds nothing in good references, nor in none', () => {
    expect(checked([])).toEqual([]);
    fc.assert(
      fc.property(references, (list) => {
        expect(checked(list)).toEqual([]);
      }),
    );
  });

  it('checks each format at the index of its reference', () => {
    const list = FORMATS.map((type) => ({ name: type, type, value: '?' }));
    expect(checked(list).map(({ rule, path }) => [rule, ...path])).toEqual([
      ['engine/reference-url', 0, 'value'],
      ['engine/reference-number', 1, 'value'],
      ['engine/reference-date', 2, 'value'],
      ['engine/reference-email', 3, 'value'],
    ]);
  });
});

describe('The size of all references', () => {
  const withSize = fc.array(fc.tuple(text(1, 50), text(0, 50)), { maxLength: 60 });

  it('is not reported beside a name or a value that is too long by itself', () => {
    const long = 'v'.repeat(4097);
    for (const reference of [
      { name: 'n', value: long },
      { name: long, value: '' },
    ]) {
      expect(referencesBytes.check([{ type: 'STRING', ...reference }])).toEqual([]);
    }
    expect(referencesBytes.check([{ type: 'STRING', name: 'n', value: 'é'.repeat(4096) }])).toHaveLength(1);
  });

  it('is at most 4,096 bytes of UTF-8: names and values, or values alone before a real instance', () => {
    fc.assert(
      fc.property(withSize, fc.integer({ min: -2, max: 2 }), (pairs, off) => {
        const list = pairs.map(([name, value]) => ({ name, type: 'STRING', value }));
        const bytesOf = (counted: (reference: Reference) => string) =>
          list.reduce((sum, reference) => sum + Buffer.byteLength(counted(reference)), 0);
        for (const [rule, counted] of [
          [referencesBytes, ({ name, value }: Reference) => name + value],
          [referencesBytes.ofService, ({ value }: Reference) => value],
        ] as const) {
          const missing = 4096 - bytesOf(counted) + off;
          if (missing < 0 || missing > 4096) continue;
          const full = [...list, { name: '', type: 'STRING', value: 'v'.repeat(missing) }];
          expect(rule?.check(full)).toEqual(off > 0 ? [{ path: [], actual: `${4096 + off} bytes` }] : []);
        }
      }),
    );
  });
});

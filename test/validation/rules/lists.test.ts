import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finding, NO_FINDINGS, type Rule } from '../../../src/validation/rule.js';
import { eachItem, eachMember, eachRepeated } from '../../../src/validation/rules/lists.js';
import { PROTOTYPE_NAMES, text } from '../../support/arbitraries.js';

interface Item {
  readonly label: string;
}

const noX: Rule<string> = {
  id: 'api/no-x',
  limit: 'a text without x',
  source: 'a test',
  advice: 'Leave it out.',
  check: (label) => (label.includes('x') ? finding('an x') : NO_FINDINGS),
};
const words = fc.array(fc.constantFrom<string>('a', 'x', 'ax', 'b', ...PROTOTYPE_NAMES));
const items = (labels: readonly string[]): Item[] => labels.map((label) => ({ label }));

describe('eachMember', () => {
  const rule = eachMember<Item>('label', noX);

  it('states the rule in its own words', () => {
    const { id, limit, source, advice } = noX;
    expect(rule).toMatchObject({ id, limit, source, advice });
  });

  it('invents no advice', () => {
    const { advice, ...without } = noX;
    expect(eachMember<Item>('label', without)).not.toHaveProperty('advice');
  });

  it('finds each bad item, by index and member', () => {
    fc.assert(
      fc.property(words, (labels) => {
        const bad = [...labels.keys()].filter((index) => labels[index]?.includes('x'));
        expect(rule.check(items(labels))).toEqual(bad.map((index) => ({ path: [index, 'label'], actual: 'an x' })));
      }),
    );
  });

  it('allocates nothing for a good list', () => {
    expect(rule.check(items(['a', 'b']))).toBe(NO_FINDINGS);
  });
});

describe('eachItem', () => {
  it('keeps every finding of an item and puts its index before each path', () => {
    const rule = eachItem<Item>(noX, ({ label }) =>
      [...label].map((one, at) => ({ path: ['label', at], actual: one })),
    );
    expect(rule.check(items(['', 'ab', 'c']))).toEqual([
      { path: [1, 'label', 0], actual: 'a' },
      { path: [1, 'label', 1], actual: 'b' },
      { path: [2, 'label', 0], actual: 'c' },
    ]);
  });
});

describe('eachRepeated', () => {
  const rule = eachRepeated<Item>('label', noX);

  it('finds the second and every later one', () => {
    fc.assert(
      fc.property(words, (labels) => {
        const again = [...labels.keys()].filter((index) => labels.indexOf(labels[index] as string) < index);
        expect(rule.check(items(labels)).map(({ path }) => path)).toEqual(again.map((index) => [index, 'label']));
      }),
    );
  });

  it('finds nothing among texts that differ', () => {
    fc.assert(
      fc.property(fc.uniqueArray(text(0, 30)), (labels) => {
        expect(rule.check(items(labels))).toBe(NO_FINDINGS);
      }),
    );
  });

  it('compares texts as they are written: case and composition count', () => {
    expect(rule.check(items(['A', 'a', '\u00e9', 'e\u0301']))).toEqual([]);
  });
});

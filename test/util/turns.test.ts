import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Turns } from '../../src/util/turns.js';

/** Takes all items out, one after another. */
function drained(turns: Turns<string>): string[] {
  const items: string[] = [];
  for (let item = turns.shift(); item !== undefined; item = turns.shift()) items.push(item);
  return items;
}

const owners = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });

describe('Turns', () => {
  it('go round the owners, each with its items in their order', () => {
    const turns = new Turns<string>();
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) turns.add(item.charAt(0), item);
    expect([turns.length, turns.lengthOf('a'), turns.lengthOf('d')]).toEqual([6, 3, 0]);
    expect(drained(turns)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
    expect([turns.length, turns.lengthOf('a')]).toEqual([0, 0]);
  });

  it('are reported in advance', () => {
    fc.assert(
      fc.property(owners, (script) => {
        const turns = new Turns<string>();
        for (const [index, owner] of script.entries()) turns.add(owner, `${owner}${index}`);
        const expected = turns.inOrder();
        expect(drained(turns)).toEqual(expected);
      }),
    );
  });

  it('pass an item that was removed', () => {
    const turns = new Turns<string>();
    for (const item of ['a1', 'a2', 'b1']) turns.add(item.charAt(0), item);
    expect(turns.remove('a', 'a1')).toBe(true);
    expect(turns.remove('a', 'a1')).toBe(false);
    expect(turns.remove('c', 'c1')).toBe(false);
    expect(drained(turns)).toEqual(['a2', 'b1']);
  });
});

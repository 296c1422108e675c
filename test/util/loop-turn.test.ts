import { describe, expect, it } from '@jest/globals';
import { loopTurn } from '../../src/util/loop-turn.js';

/** Keeps the event loop busy. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('A turn of the event loop', () => {
  it('lets others in between pieces of long work, and keeps the order of the pieces', async () => {
    const seen: string[] = [];
    const piece = async (index: number) => {
      await loopTurn();
      seen.push(`piece ${index}`);
      work(20);
    };
    const other = (async () => {
      for (let index = 0; index < 3; index++) {
        await new Promise((resolve) => setImmediate(resolve));
        seen.push('other');
      }
    })();
    await Promise.all([...Array.from({ length: 4 }, (_, index) => piece(index)), other]);
    expect(seen.filter((each) => each !== 'other')).toEqual(['piece 0', 'piece 1', 'piece 2', 'piece 3']);
    expect(seen.lastIndexOf('other')).toBeLessThan(seen.indexOf('piece 3'));
  });

  it('takes short work that waits together', async () => {
    const turns: number[] = [];
    let turn = 0;
    let isOver = false;
    const count = () => {
      turn++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(Array.from({ length: 100 }, () => loopTurn().then(() => turns.push(turn))));
    isOver = true;
    expect(new Set(turns).size).toBeLessThan(100);
  });
});

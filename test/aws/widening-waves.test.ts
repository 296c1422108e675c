import { describe, expect, it } from '@jest/globals';
import { inWideningWaves } from '../../src/aws/widening-waves.js';

/** Reads ids that belong to groups, each named by its letter; notes which are under way together. */
async function read(ids: readonly string[], width = 5, failing: readonly string[] = []) {
  const waves: string[][] = [];
  let open: string[] | undefined;
  const answers = await inWideningWaves(ids, width, async (id) => {
    if (open === undefined) {
      open = [];
      waves.push(open);
    }
    open.push(id);
    // All of a wave are begun in one go.
    await Promise.resolve();
    open = undefined;
    if (failing.includes(id)) return { answers: new Map([[id, 'failed']]), failed: true };
    const group = id.slice(0, 1);
    return {
      answers: new Map(ids.filter((other) => other.startsWith(group)).map((one) => [one, group])),
      failed: false,
    };
  });
  return { waves, answers };
}

describe('Reads in widening waves', () => {
  it('are made once for what belongs together', async () => {
    const { waves, answers } = await read(['a1', 'a2', 'a3', 'b1', 'b2', 'a1']);
    expect(waves).toEqual([['a1'], ['b1']]);
    expect(Object.fromEntries(answers)).toEqual({ a1: 'a', a2: 'a', a3: 'a', b1: 'b', b2: 'b' });
  });

  it('double where nothing belongs together, up to the width', async () => {
    const { waves } = await read([...'abcdefghijklm'], 5);
    expect(waves.map((wave) => wave.length)).toEqual([1, 2, 4, 5, 1]);
  });

  it('go one by one again where something did belong together, and after a failure', async () => {
    const { waves, answers } = await read(['x', 'a1', 'a2', 'b1', 'b2', 'c', 'd', 'e'], 5, ['c']);
    expect(waves).toEqual([['x'], ['a1', 'a2'], ['b1'], ['c'], ['d'], ['e']]);
    expect(answers.get('c')).toBe('failed');
    expect(answers.size).toBe(8);
  });

  it('are none for nothing', async () => {
    expect((await read([])).waves).toEqual([]);
  });
});

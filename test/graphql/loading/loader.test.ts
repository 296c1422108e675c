import { describe, expect, it } from '@jest/globals';
import { ThrottlingError } from '../../../src/connect/errors.js';
import { AnswerSize } from '../../../src/graphql/loading/answer-size.js';
import { Loader, type LoaderKey } from '../../../src/graphql/loading/loader.js';

interface Thing {
  readonly name: string;
}

const key = (id: string, instanceId = 'i'): LoaderKey => ({ instanceId, id });

/** A loader of things named as their ids, and what it read: `none` is not there, `bad` cannot be read. */
function loaderOfThings() {
  const reads: [instanceId: string, ids: readonly string[]][] = [];
  const loader = new Loader<Thing>(async (instanceId, ids) => {
    reads.push([instanceId, ids]);
    if (instanceId === 'broken') throw 'no error';
    return ids.map((id) => (id === 'none' ? null : id === 'bad' ? new ThrottlingError() : { name: id }));
  });
  return { loader, reads };
}

describe('A loader', () => {
  it('reads what is asked for at a time in one go, by instance, each thing once', async () => {
    const { loader, reads } = loaderOfThings();
    const later = Promise.resolve().then(() => loader.load(key('c')));
    const asked = [
      loader.load(key('a')),
      loader.load(key('b')),
      loader.load(key('a')),
      loader.load(key('a', 'j')),
      later,
    ];
    expect(await Promise.all(asked)).toEqual(['a', 'b', 'a', 'a', 'c'].map((name) => ({ name })));
    expect(reads).toEqual([
      ['i', ['a', 'b', 'c']],
      ['j', ['a']],
    ]);
  });

  it('reports at once what has been read, primed or found missing', async () => {
    const { loader, reads } = loaderOfThings();
    await loader.loadAll([key('a'), key('none')]);
    loader.prime(key('b'), { name: 'primed' });
    loader.prime(key('a'), { name: 'late' });
    loader.alias(key('other'), key('a'));
    expect(['a', 'none', 'b', 'other'].map((id) => loader.load(key(id)))).toEqual([
      { name: 'a' },
      null,
      { name: 'primed' },
      { name: 'a' },
    ]);
    expect(reads).toHaveLength(1);
  });

  it('reports what happened to a read to every caller that asks for it, then and later', async () => {
    const { loader } = loaderOfThings();
    const [a, bad, none] = await loader.loadAll([key('a'), key('bad'), key('none')]);
    expect([a, bad, none]).toEqual([{ name: 'a' }, expect.any(ThrottlingError), null]);
    expect(() => loader.load(key('bad'))).toThrow(ThrottlingError);
    await expect(loader.load(key('a', 'broken'))).rejects.toThrow('A read threw what is no error');
  });

  it('reads at most 100 things in one go', async () => {
    const { loader, reads } = loaderOfThings();
    const found = await loader.loadAll(Array.from({ length: 250 }, (_, index) => key(`${index}`)));
    expect(found.at(-1)).toEqual({ name: '249' });
    expect(reads.map(([, ids]) => ids.length)).toEqual([100, 100, 50]);
  });

  it('reads batches one after another if they are counted, and none after they are too large together', async () => {
    const size = new AnswerSize(150);
    const reads: number[] = [];
    const loader = new Loader<Thing>(
      async (_instanceId, ids) => {
        reads.push(ids.length);
        return ids.map((id) => ({ name: id }));
      },
      { size, bytesOf: () => 1 },
    );
    const outcomes = await loader.loadAll(Array.from({ length: 350 }, (_, index) => key(`thing ${index}`)));
    expect(reads).toEqual([100, 100]);
    expect(outcomes.slice(0, 200).every((outcome) => !(outcome instanceof Error))).toBe(true);
    expect(outcomes[200]).toMatchObject({ extensions: { code: 'ANSWER_TOO_LARGE' } });
    expect(outcomes[349]).toMatchObject({ extensions: { code: 'ANSWER_TOO_LARGE' } });
    expect(size.isExceeded).toBe(true);
  });

  it('reads again what was cleared, and still answers callers that wait', async () => {
    const { loader, reads } = loaderOfThings();
    const waiting = loader.load(key('a'));
    loader.clearAll();
    expect(await Promise.all([waiting, loader.load(key('a'))])).toEqual([{ name: 'a' }, { name: 'a' }]);
    expect(reads.flatMap(([, ids]) => ids)).toEqual(['a', 'a']);
  });
});

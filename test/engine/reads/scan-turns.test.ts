import { describe, expect, it } from '@jest/globals';
import { DeadlineExceededError } from '../../../src/connect/errors.js';
import { type ScanBounds, ScanTurns } from '../../../src/engine/reads/scan-turns.js';
import { refusal } from '../../support/engine.js';

/** Scans that end when the test says so. */
function gated(bounds?: ScanBounds) {
  const turns = new ScanTurns(bounds);
  const running = new Map<string, (result: string) => void>();
  const started: string[] = [];
  return {
    turns,
    started,
    scan: (name: string, caller: string, signal?: AbortSignal) =>
      turns.run({ caller: { key: caller, rights: '' }, ...(signal && { signal }) }, (ending) => {
        started.push(name);
        return new Promise<string>((resolve, reject) => {
          running.set(name, resolve);
          ending.addEventListener('abort', () => reject(new Error('interrupted')), { once: true });
        });
      }),
    async finish(name: string) {
      running.get(name)?.(name);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('Scans', () => {
  it('run two at once; callers take turns, however many one of them asks for', async () => {
    const { scan, started, finish } = gated();
    const names = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'c1'];
    const answers = names.map((name) => scan(name, name.charAt(0)));
    expect(started).toEqual(['a1', 'a2']);
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'a5']) await finish(name);
    expect(started).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'a5']);
    expect(await Promise.all(answers)).toEqual(names);
  });

  it('wait in a bounded number, of a caller and in all: one more is refused with a ThrottlingException', async () => {
    const { scan, finish } = gated({ atOnce: 1, maxWaiting: 3, maxWaitingOfCaller: 2 });
    const answers = ['a1', 'a2', 'a3'].map((name) => scan(name, 'a'));
    expect(await refusal(scan('a4', 'a'))).toMatchObject({ code: 'ThrottlingException', retryAfterMs: 1_000 });
    answers.push(scan('b1', 'b'));
    expect(await refusal(scan('c1', 'c'))).toMatchObject({ code: 'ThrottlingException' });
    for (const name of ['a1', 'a2', 'b1', 'a3']) await finish(name);
    expect(await Promise.all(answers)).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  it('leave the queue with their request, and let the next one run', async () => {
    const { scan, started, finish } = gated({ atOnce: 1 });
    const controller = new AbortController();
    const [first, second, third] = [scan('1', 'a'), refusal(scan('2', 'a', controller.signal)), scan('3', 'a')];
    controller.abort('gone');
    expect(await second).toMatchObject({ code: 'Cancelled', cause: 'gone' });
    await finish('1');
    await finish('3');
    expect(await Promise.all([first, third])).toEqual(['1', '3']);
    expect(started).toEqual(['1', '3']);
  });

  it('are interrupted with their request, which learns the reason of its signal', async () => {
    const { scan, finish } = gated({ atOnce: 1 });
    const controller = new AbortController();
    const [first, second] = [refusal(scan('1', 'a', controller.signal)), scan('2', 'a')];
    controller.abort(new DeadlineExceededError());
    expect(await first).toMatchObject({ code: 'DeadlineExceeded' });
    await finish('2');
    expect(await second).toBe('2');
  });

  it('have a time of their own', async () => {
    const { scan } = gated({ timeoutMs: 1 });
    expect(await refusal(scan('1', 'a'))).toMatchObject({ code: 'DeadlineExceeded' });
  });

  it('fail with their own error where nothing interrupted them', async () => {
    const { turns } = gated();
    await expect(turns.run(undefined, () => Promise.reject(new Error('no such table')))).rejects.toThrow(
      'no such table',
    );
  });

  it('end when the engine closes, those that wait too, and none begins after', async () => {
    const { turns, scan, started } = gated({ atOnce: 1 });
    const ended = [refusal(scan('1', 'a')), refusal(scan('2', 'a'))];
    turns.close();
    ended.push(refusal(scan('3', 'a')));
    expect(await Promise.all(ended)).toEqual(ended.map(() => expect.objectContaining({ code: 'Unavailable' })));
    expect(started).toEqual(['1']);
  });
});

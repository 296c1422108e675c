import { describe, expect, it } from '@jest/globals';
import { BatchedRequest, GroupCommit, type GroupCommitOptions } from '../../../src/engine/commit/group-commit.js';
import { openTestEngine, refusal, SAMPLE } from '../../support/engine.js';
import { COMMIT, DatabaseTap, INSERT_CONTACTS } from '../../support/database-tap.js';

class NumberRequest extends BatchedRequest<number> {
  constructor(
    readonly number: number,
    readonly size: number,
    signal: AbortSignal | undefined,
  ) {
    super(signal);
  }
}

/** A group commit of numbers, which answers each with itself, one batch whenever the test lets it. */
function gated({ sizeOf = () => 1, ...options }: GroupCommitOptions & { sizeOf?: (request: number) => number } = {}) {
  const batches: (readonly number[])[] = [];
  let open: () => void = () => {};
  const opened = () => new Promise<void>((resolve) => (open = resolve));
  const group = new GroupCommit<number, NumberRequest>(async (batch) => {
    const results = batch.map(({ number }) => number);
    batches.push(results);
    await opened();
    return results.map((result) => (result < 0 ? { error: new Error(`refused ${result}`) } : { result }));
  }, options);
  const commit = {
    submit: (number: number, signal?: AbortSignal) => group.submit(new NumberRequest(number, sizeOf(number), signal)),
    close: () => group.close(),
  };
  return { commit, batches, finishBatch: () => open(), batchHasStarted: () => untilTrue(() => batches.length > 0) };
}

/** Turns of the event loop until something holds. */
async function untilTrue(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

async function finishAll({ batches, finishBatch }: ReturnType<typeof gated>, expected: number): Promise<void> {
  for (let count = 1; count <= expected; count++) {
    await untilTrue(() => batches.length >= count);
    finishBatch();
  }
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('A group commit', () => {
  it('runs requests that come together in one batch, in their order, and answers each', async () => {
    const group = gated();
    const answers = numbers(1, 10).map((request) => group.commit.submit(request));
    await finishAll(group, 1);
    expect(await Promise.all(answers)).toEqual(numbers(1, 10));
    expect(group.batches).toEqual([numbers(1, 10)]);
  });

  it('gathers those that come during a batch into the next one: batches never overlap', async () => {
    const group = gated();
    const first = group.commit.submit(1);
    await group.batchHasStarted();
    const later = numbers(2, 5).map((request) => group.commit.submit(request));
    expect(group.batches).toEqual([[1]]);
    await finishAll(group, 2);
    await Promise.all([first, ...later]);
    expect(group.batches).toEqual([[1], numbers(2, 5)]);
  });

  it('answers each request with its own failure', async () => {
    const group = gated();
    const answers = Promise.allSettled([1, -2, 3].map((request) => group.commit.submit(request)));
    await finishAll(group, 1);
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('takes at most maxRequests in a batch', async () => {
    const group = gated({ maxRequests: 4 });
    const answers = numbers(1, 10).map((request) => group.commit.submit(request));
    await finishAll(group, 3);
    await Promise.all(answers);
    expect(group.batches).toEqual([numbers(1, 4), numbers(5, 8), numbers(9, 10)]);
  });

  it('takes at most maxBytes in a batch, but always one request', async () => {
    const group = gated({ maxBytes: 10, sizeOf: (request) => request });
    const answers = [6, 4, 1, 11, 10, 1].map((request) => group.commit.submit(request));
    await finishAll(group, 5);
    await Promise.all(answers);
    expect(group.batches).toEqual([[6, 4], [1], [11], [10], [1]]);
  });

  it('lets at most maxWaiting wait, and refuses one more at once with a ThrottlingException', async () => {
    const group = gated({ maxWaiting: 2 });
    const running = group.commit.submit(0);
    await group.batchHasStarted();
    const waiting = [group.commit.submit(1), group.commit.submit(2)];
    expect(await refusal(group.commit.submit(3))).toMatchObject({ code: 'ThrottlingException' });
    group.finishBatch();
    await running;
    await untilTrue(() => group.batches.length === 2);
    const next = group.commit.submit(4);
    group.finishBatch();
    await finishAll(group, 3);
    expect(await Promise.all([...waiting, next])).toEqual([1, 2, 4]);
  });
});

describe('A request that is given up', () => {
  it('cancels a request that is aborted before it was submitted', async () => {
    const group = gated();
    expect(await refusal(group.commit.submit(1, AbortSignal.abort('gone')))).toMatchObject({
      code: 'Cancelled',
      cause: 'gone',
    });
    await group.commit.close();
    expect(group.batches).toEqual([]);
  });

  it('cancels a request that is aborted before its batch starts, and runs the others', async () => {
    const group = gated();
    const controller = new AbortController();
    const first = group.commit.submit(1);
    await group.batchHasStarted();
    const given = refusal(group.commit.submit(2, controller.signal));
    const other = group.commit.submit(3);
    controller.abort('gone');
    await finishAll(group, 2);
    expect(await given).toMatchObject({ code: 'Cancelled', cause: 'gone' });
    expect(await Promise.all([first, other])).toEqual([1, 3]);
    expect(group.batches).toEqual([[1], [3]]);
  });

  it('alone leaves nothing to run', async () => {
    const group = gated();
    const controller = new AbortController();
    const given = refusal(group.commit.submit(1, controller.signal));
    controller.abort();
    expect(await given).toMatchObject({ code: 'Cancelled' });
    expect(group.batches).toEqual([]);
    const answer = group.commit.submit(2);
    await finishAll(group, 1);
    expect(await answer).toBe(2);
  });

  it('answers a request that is aborted after its batch started', async () => {
    const group = gated();
    const controller = new AbortController();
    const answer = group.commit.submit(1, controller.signal);
    await group.batchHasStarted();
    controller.abort();
    group.finishBatch();
    expect(await answer).toBe(1);
  });
});

describe('A group commit that is closed', () => {
  it('finishes what it took, also what waits, and refuses anything new', async () => {
    const group = gated({ maxRequests: 1 });
    const taken = numbers(1, 3).map((request) => group.commit.submit(request));
    await group.batchHasStarted();
    let closed = false;
    const closing = group.commit.close().then(() => (closed = true));
    expect(await refusal(group.commit.submit(4))).toMatchObject({ code: 'Unavailable' });
    await finishAll(group, 2);
    await untilTrue(() => group.batches.length === 3);
    expect(closed).toBe(false);
    group.finishBatch();
    await closing;
    expect(await Promise.all(taken)).toEqual([1, 2, 3]);
    expect(group.batches).toEqual([[1], [2], [3]]);
  });

  it('is closed at once when there is nothing to finish', async () => {
    await gated().commit.close();
  });
});

describe('The engine’s creations', () => {
  it('share transactions: 256 callers at once need one', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    const { ids } = await test.startAll(Array.from({ length: 256 }, () => ({})));
    expect(ids).toHaveLength(256);
    expect(tap.count(INSERT_CONTACTS)).toBe(1);
    expect(tap.count(COMMIT)).toBe(2); // the opening has one of its own
    expect(test.count('select count(*) from batch')).toBe(1);
  });

  it('need one more for the 257th caller', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    await test.startAll(Array.from({ length: 257 }, () => ({})));
    expect(tap.count(INSERT_CONTACTS)).toBe(2);
  });

  it('hold about 1 MiB of text a transaction', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    const attributes = [{ key: 'k', value: 'v'.repeat(32_000) }];
    await test.startAll(Array.from({ length: 64 }, () => ({ attributes })));
    expect(tap.count(INSERT_CONTACTS)).toBe(2);
  });

  it('take as many statements for 200 as for 20', async () => {
    const statements = async (callers: number) => {
      const tap = new DatabaseTap();
      await using test = await openTestEngine({ tap });
      const before = tap.statements.length;
      await test.startAll(
        Array.from({ length: callers }, (_, caller) => ({
          clientToken: `${caller}`,
          relatedContactId: SAMPLE.voiceContact,
          quickConnectId: SAMPLE.quickConnect.queue,
        })),
      );
      return tap.statements.length - before;
    };
    expect(await statements(200)).toBe(await statements(20));
  });

  it('do not write, and so do not wait for the disk, when nothing changes', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    await test.start({ clientToken: 'token' });
    const writes = () => tap.count(({ sql }) => /^(insert|update|delete)/.test(sql));
    const before = writes();
    await test.start({ clientToken: 'token' });
    await refusal(test.start({ contactFlowId: 'unknown' }));
    expect(writes()).toBe(before);
  });

  it('are refused with UnavailableException after close, and what was accepted before is stored', async () => {
    await using test = await openTestEngine({ groupCommit: { maxRequests: 4 } });
    const { engine } = test;
    const accepted = test.startAll(Array.from({ length: 10 }, () => ({})));
    const closing = test.close();
    expect(await refusal(engine.startTaskContact({ instanceId: 'i', name: 'late' }))).toMatchObject({
      code: 'Unavailable',
    });
    await closing;
    const { ids } = await accepted;
    expect(ids).toHaveLength(10);
    expect(test.count("select count(*) from contact where channel = 'TASK'")).toBe(10);
  });
});

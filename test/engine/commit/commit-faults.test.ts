import { describe, expect, it } from '@jest/globals';
import type { StartTaskContactRequest } from '../../../src/connect/start-task-contact.js';
import { openTestEngine, refusal, request, SAMPLE, type TestEngine, UNKNOWN_ID } from '../../support/engine.js';
import { COMMIT, DatabaseTap, INSERT_CONTACTS, type Match, sqlLike } from '../../support/database-tap.js';

const LOOK_UP: Match = sqlLike(/from "batch" where "id" = /);
const BEGIN: Match = sqlLike(/^begin$/);

/** Statements that carry the name of a task. */
function about(match: Match, name: string): Match {
  return (statement) => match(statement) && JSON.stringify(statement.parameters).includes(name);
}

/** How each of several creations at once ended: its contact's id, or the error. */
async function outcomes(test: TestEngine, requests: readonly Partial<StartTaskContactRequest>[]) {
  const settled = await Promise.allSettled(requests.map((members) => test.engine.startTaskContact(request(members))));
  return settled.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.contactId : outcome.reason));
}

/** The names of the stored tasks, and whether the counters agree with them. */
function stored(test: TestEngine): readonly unknown[] {
  const tasks = test.rows("select name from contact where channel = 'TASK' order by id").map(({ name }) => name);
  expect(test.count('select openTasks from instance')).toBe(tasks.length);
  expect(test.count('select count(*) from chain')).toBe(test.count('select count(distinct chainId) from contact'));
  return tasks;
}

const INTERNAL = expect.objectContaining({ code: 'InternalServiceException' });
const abc = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];

describe('Where a statement fails', () => {
  it.each([
    ['begin', BEGIN],
    ['the reading of the clock', sqlLike(/max\("lastInstant"\)/)],
    ['the loading of flows', sqlLike(/^select \* from "contactFlow"/)],
    ['the writing of contacts', INSERT_CONTACTS],
    ['the writing of chains', sqlLike(/^insert into "chain"/)],
    ['the writing of tokens', sqlLike(/^insert into "clientToken"/)],
    ['the proof of the batch', sqlLike(/^insert into "batch"/)],
    ['the tidying', sqlLike(/^select exists .*"clientToken"/)],
    ['the counting of open tasks', sqlLike(/^update "instance"/)],
  ])('(%s), each request runs again alone, once', async (_what, match) => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.fail(match);
    const ids = await outcomes(
      test,
      abc.map((members) => ({ ...members, clientToken: members.name })),
    );
    expect(ids).toEqual(abc.map(() => expect.any(String)));
    expect(stored(test)).toEqual(['a', 'b', 'c']);
    expect(test.count('select count(*) from batch')).toBe(3);
    expect(tap.count(COMMIT)).toBe(1 + 3);
  });

  it('whenever one request is in it, only that one fails', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.fail(about(INSERT_CONTACTS, '"b"'), Number.POSITIVE_INFINITY);
    const [a, b, c] = await outcomes(test, abc);
    expect([typeof a, b, typeof c]).toEqual(['string', INTERNAL, 'string']);
    expect(b.message).not.toContain('injected');
    expect(b.cause).toMatchObject({ message: 'injected fault' });
    expect(stored(test)).toEqual(['a', 'c']);
    expect(tap.count(INSERT_CONTACTS)).toBe(1 + 3);
  });

  it('because the database is gone, the batch fails as a whole without a try for each of its requests', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.fail(BEGIN, 2);
    expect(await outcomes(test, abc)).toEqual([INTERNAL, INTERNAL, INTERNAL]);
    expect(stored(test)).toEqual([]);
    expect(await outcomes(test, abc)).toEqual(abc.map(() => expect.any(String)));
  });

  it('fails all requests if a statement fails each time, stores nothing and continues', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.fail(INSERT_CONTACTS, 4);
    expect(await outcomes(test, abc)).toEqual([INTERNAL, INTERNAL, INTERNAL]);
    expect(stored(test)).toEqual([]);
    expect(await outcomes(test, abc)).toEqual(abc.map(() => expect.any(String)));
  });

  it('does not repeat a lone request', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.fail(INSERT_CONTACTS);
    expect(await outcomes(test, [{}])).toEqual([INTERNAL]);
    expect(tap.count(INSERT_CONTACTS)).toBe(1);
  });

  it('uses a token once and gives a place in a chain once', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap, quotas: { chainTasks: 1 } });
    tap.fail(INSERT_CONTACTS);
    const [a, b, c, d] = await outcomes(test, [
      { name: 'a', clientToken: 'token' },
      { name: 'a', clientToken: 'token' },
      { name: 'c', previousContactId: SAMPLE.voiceContact },
      { name: 'd', previousContactId: SAMPLE.voiceContact },
    ]);
    expect(b).toBe(a);
    expect(c).toEqual(expect.any(String));
    expect(d).toMatchObject({ quota: 'CHAIN' });
    expect(stored(test)).toEqual(['a', 'c']);
  });

  it('limits an error of one decision to its request, also for stored data that cannot be read', async () => {
    await using test = await openTestEngine();
    await test.close();
    test.write(`update taskTemplate set fields = 'no JSON' where id = '${SAMPLE.taskTemplate.withFlow}'`);
    await test.reopen();
    const [a, b] = await outcomes(test, [{ name: 'a', taskTemplateId: SAMPLE.taskTemplate.withFlow }, { name: 'b' }]);
    expect(a).toEqual(INTERNAL);
    expect(b).toEqual(expect.any(String));
    expect(stored(test)).toEqual(['b']);
  });
});

describe('Where COMMIT fails', () => {
  it('answers every request of the batch with InternalServiceException and stores nothing', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.fail(COMMIT);
    expect(await outcomes(test, abc)).toEqual([INTERNAL, INTERNAL, INTERNAL]);
    expect(stored(test)).toEqual([]);
    expect(tap.count(INSERT_CONTACTS)).toBe(1);
  });

  it('creates the contacts by the same tokens later', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    const requests = abc.map((members) => ({ ...members, clientToken: members.name }));
    tap.fail(COMMIT);
    await outcomes(test, requests);
    expect(await outcomes(test, requests)).toEqual(abc.map(() => expect.any(String)));
    expect(stored(test)).toEqual(['a', 'b', 'c']);
  });

  it('refusals that rest on stored rows stand; those that rest on the batch do not', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap, quotas: { chainTasks: 1 } });
    tap.fail(COMMIT);
    const linked = { previousContactId: SAMPLE.voiceContact };
    const [unknown, taken, full, used] = await outcomes(test, [
      { contactFlowId: UNKNOWN_ID },
      { ...linked, clientToken: 'token' },
      linked,
      { clientToken: 'token' },
    ]);
    expect(unknown).toMatchObject({ code: 'ResourceNotFoundException' });
    expect([taken, full, used]).toEqual([INTERNAL, INTERNAL, INTERNAL]);
    // The chain was never full: a permanent refusal would have been wrong.
    await test.start(linked);
  });

  it('answers a batch that changes nothing', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    const id = await test.start({ clientToken: 'token' });
    tap.fail(COMMIT);
    const [again, unknown] = await outcomes(test, [{ clientToken: 'token' }, { contactFlowId: UNKNOWN_ID }]);
    expect(again).toBe(id);
    expect(unknown).toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

describe('Where the answer to COMMIT is lost', () => {
  it('answers every request with its contact, which is stored exactly once', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.loseAnswer(COMMIT);
    const ids = await outcomes(test, abc);
    expect(stored(test)).toEqual(['a', 'b', 'c']);
    for (const [index, id] of ids.entries()) expect(await test.contact(id)).toMatchObject(abc[index] as object);
    expect(tap.count(INSERT_CONTACTS)).toBe(1);
    expect(tap.count(LOOK_UP)).toBe(1);
  });

  it('refusals are reported as they were decided', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap, quotas: { chainTasks: 1 } });
    tap.loseAnswer(COMMIT);
    const linked = { previousContactId: SAMPLE.voiceContact };
    const [first, second] = await outcomes(test, [linked, linked]);
    expect(first).toEqual(expect.any(String));
    expect(second).toMatchObject({ quota: 'CHAIN' });
  });

  it.each(['fail', 'loseAnswer'] as const)(
    'reports an unknown outcome if the look-up fails too (%s)',
    async (fault) => {
      const tap = new DatabaseTap();
      await using test = await openTestEngine({ tap });
      tap[fault](COMMIT);
      tap.fail(LOOK_UP);
      const [unknown, refused, a, b] = await outcomes(test, [
        { contactFlowId: UNKNOWN_ID },
        { name: 'x', clientToken: 'token' },
        { name: 'a', clientToken: 'token' },
        { name: 'b' },
      ]);
      expect(unknown).toMatchObject({ code: 'ResourceNotFoundException' });
      expect(refused).toMatchObject({ code: 'OutcomeUnknown', clientToken: 'token' });
      // Stored for certain it is not, but whether it was refused rightly depends on the one before it.
      expect(a).toEqual(INTERNAL);
      expect(b).toMatchObject({ code: 'OutcomeUnknown', clientToken: undefined });
      expect(b.message).not.toContain('injected');

      // A repeat with the token finds it.
      const id = await test.start({ name: 'x', clientToken: 'token' });
      expect(test.rows('select id from contact where name = ?', 'x')).toEqual([{ id }]);
    },
  );
});

describe('Where a read fails', () => {
  it.each(['describeContacts', 'listChains', 'getAttributes'] as const)(
    '%s throws InternalServiceException, and nothing internal with it',
    async (read) => {
      const tap = new DatabaseTap();
      await using test = await openTestEngine({ tap });
      tap.fail(({ connection }) => connection === 'reader');
      const error = await refusal(
        test.engine[read]({ instanceId: SAMPLE.instanceId, contactIds: [SAMPLE.voiceContact] }),
      );
      expect(error).toMatchObject({ code: 'InternalServiceException', cause: { message: 'injected fault' } });
      expect(error.message).toBe(
        "The gateway's database could not process the request. Try again with the same client token.",
      );
      expect(await test.engine[read]({ instanceId: SAMPLE.instanceId, contactIds: [SAMPLE.voiceContact] })).toEqual([
        expect.anything(),
      ]);
    },
  );

  it('is not ready until reads succeed again', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    tap.fail(({ connection }) => connection === 'reader');
    expect(await refusal(test.engine.ready())).toMatchObject({ code: 'InternalServiceException' });
    await test.engine.ready();
  });
});

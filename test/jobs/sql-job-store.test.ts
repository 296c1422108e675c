import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CLIENT_TOKEN_WINDOW_MS } from '../../src/connect/limits.js';
import type { ItemOutcome, Job, NewItem, NewJob } from '../../src/jobs/job.js';
import type { JobStore } from '../../src/jobs/job-store.js';
import { postgresJobs } from '../../src/jobs/store/postgres-jobs.js';
import { SqlJobStore } from '../../src/jobs/store/sql-job-store.js';
import { sqliteJobs } from '../../src/jobs/store/sqlite-jobs.js';
import { NOW } from '../support/engine.js';
import { type TestPostgres, testPostgres } from '../support/postgres.js';

const JOB: NewJob = {
  instanceId: 'instance',
  owner: '',
  caller: { caller: '' },
  name: undefined,
  onError: 'CONTINUE',
  notAfter: undefined,
  clientToken: undefined,
};
const items = (count: number): NewItem[] =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}`, task: { name: `Task ${index}` } }));
const created = (seq: number): { seq: number; outcome: ItemOutcome } => ({
  seq,
  outcome: { kind: 'CREATED', contactId: `contact-${seq}` },
});
const again = (seq: number, members: object = {}): { seq: number; outcome: ItemOutcome } => ({
  seq,
  outcome: { kind: 'AGAIN', afterMs: 0, isOpen: false, isQuotaFull: false, ...members },
});
const failed = (seq: number): { seq: number; outcome: ItemOutcome } => ({
  seq,
  outcome: { kind: 'FAILED', errors: [{ code: 'NOT_FOUND' }], isOpen: false },
});

let server: TestPostgres;
beforeAll(async () => {
  server = await testPostgres();
});
afterAll(() => server.stop());

/** Opens a store on a database of its own, and on request another process's store on the same. */
const DATABASES = {
  async SQLite() {
    const folder = await mkdtemp(join(tmpdir(), 'jobs-'));
    return {
      open: (now: () => number) => SqlJobStore.open(sqliteJobs(join(folder, 'jobs')), now),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  },
  async PostgreSQL() {
    const url = await server.createDatabase();
    return { open: (now: () => number) => SqlJobStore.open(postgresJobs(url), now), remove: async () => {} };
  },
} as const;

describe.each(['SQLite', 'PostgreSQL'] as const)('Jobs on %s', (kind) => {
  let database: Awaited<ReturnType<(typeof DATABASES)[typeof kind]>>;
  let store: JobStore;
  let now: number;
  beforeEach(async () => {
    now = NOW;
    database = await DATABASES[kind]();
    store = await database.open(() => now);
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  async function stored(count: number, members: Partial<NewJob> = {}): Promise<Job> {
    const result = await store.create({ ...JOB, ...members }, items(count));
    if (result === 'CONFLICT') throw new Error('A conflict');
    return result.job;
  }

  it('lease items in order, each once', async () => {
    const job = await stored(5);
    expect((await store.lease(job, 2)).map(({ key }) => key)).toEqual(['k0', 'k1']);
    expect((await store.lease(job, 9)).map(({ key }) => key)).toEqual(['k2', 'k3', 'k4']);
    expect(await store.lease(job, 9)).toEqual([]);
  });

  it('count outcomes, end with the last item, and count no outcome twice', async () => {
    const job = await stored(3);
    await store.lease(job, 3);
    expect(await store.settle(job.id, [created(0), failed(1)])).toMatchObject({ created: 1, failed: 1, waiting: 1 });
    expect(await store.settle(job.id, [created(0)])).toMatchObject({ created: 1, failed: 1, waiting: 1 });
    expect(await store.settle(job.id, [created(2)])).toMatchObject({ state: 'COMPLETED', endedAt: NOW });
    const found = await store.items({ jobId: job.id, state: undefined, after: -1, limit: 10 });
    expect(found.map(({ state, contactId, errors }) => [state, contactId, errors])).toEqual([
      ['CREATED', 'contact-0', []],
      ['FAILED', undefined, [{ code: 'NOT_FOUND' }]],
      ['CREATED', 'contact-2', []],
    ]);
  });

  it('free the items of a process that has ended, and know that their tasks may exist', async () => {
    const job = await stored(2);
    await store.lease(job, 2);
    const other = await database.open(() => now);
    now += 11_000;
    await other.beat();
    const leased = await other.lease(job, 2);
    expect(leased.map(({ key, openSince, attempts }) => [key, openSince, attempts])).toEqual([
      ['k0', NOW, 2],
      ['k1', NOW, 2],
    ]);
    // What the first process reports later changes nothing.
    expect(await store.settle(job.id, [created(0)])).toMatchObject({ created: 0, waiting: 2 });
    await other.close();
  });

  it('try an item again not before its time, with its first open attempt', async () => {
    const job = await stored(1);
    await store.lease(job, 1);
    await store.settle(job.id, [again(0, { afterMs: 1_000, isOpen: true })]);
    expect(await store.lease(job, 1)).toEqual([]);
    now += 1_000;
    expect(await store.lease(job, 1)).toMatchObject([{ openSince: NOW, attempts: 2 }]);
    await store.settle(job.id, [again(0)]);
    expect(await store.lease(job, 1)).toMatchObject([{ openSince: undefined }]);
  });

  it('cancel what waits, but settle what may exist', async () => {
    const job = await stored(3);
    await store.lease(job, 2);
    await store.settle(job.id, [again(0, { isOpen: true })]);
    const controlled = await store.control(job.id, 'CANCEL');
    expect(controlled?.job).toMatchObject({ state: 'CANCELLED', cancelled: 1, waiting: 2, endedAt: undefined });
    const [cancelled] = await store.runnable();
    expect((await store.lease(cancelled as Job, 9)).map(({ key }) => key)).toEqual(['k0']);
    // The attempt under way did not create its task.
    expect(await store.settle(job.id, [again(1)])).toMatchObject({ cancelled: 2, waiting: 1 });
    expect(await store.settle(job.id, [created(0)])).toMatchObject({ state: 'CANCELLED', created: 1, endedAt: NOW });
  });

  it('pause for a full quota, and continue when a probe succeeds', async () => {
    const job = await stored(3);
    await store.lease(job, 1);
    const paused = await store.settle(job.id, [again(0, { isQuotaFull: true })]);
    expect(paused).toMatchObject({ state: 'PAUSED', pauseReason: 'QUOTA_EXCEEDED' });
    expect(await store.runnable()).toEqual([]);
    now = paused?.resumeAt ?? 0;
    const [due] = await store.runnable();
    expect([await store.claimProbe(job.id, 30_000), await store.claimProbe(job.id, 30_000)]).toEqual([true, false]);
    await store.lease(due as Job, 1);
    expect(await store.settle(job.id, [created(0)])).toMatchObject({ state: 'RUNNING', pauseReason: undefined });
  });

  it('fail what waits when the time of the job is over', async () => {
    const job = await stored(2, { notAfter: NOW + 1_000 });
    await store.lease(job, 1);
    await store.settle(job.id, [again(0, { isOpen: true })]);
    now += 1_000;
    await store.expire({ expired: [{ code: 'EXPIRED' }], outcomeUnknown: [{ code: 'OUTCOME_UNKNOWN' }] });
    expect(await store.find(job.id)).toMatchObject({ state: 'COMPLETED', failed: 2 });
    const found = await store.items({ jobId: job.id, state: 'FAILED', after: -1, limit: 9 });
    expect(found.map(({ errors }) => errors[0]?.code)).toEqual(['OUTCOME_UNKNOWN', 'EXPIRED']);
  });

  it('remove ended jobs and what items hold of a contact', async () => {
    const job = await stored(2);
    const kept = await stored(1);
    await store.lease(job, 2);
    await store.settle(job.id, [created(0), failed(1)]);
    expect(await store.purge('contact-0')).toBe(1);
    expect(await store.items({ jobId: job.id, state: undefined, after: -1, limit: 1 })).toMatchObject([
      { key: 'purged-0', state: 'CREATED', contactId: undefined },
    ]);
    while (await store.removeEndedBefore(NOW));
    expect([await store.find(job.id), (await store.find(kept.id))?.id]).toEqual([undefined, kept.id]);
  });

  it('keep jobs of a client token as long as the token of an item lives, and longer', async () => {
    const one = await stored(1, { clientToken: 'token' });
    now += CLIENT_TOKEN_WINDOW_MS;
    expect(await store.create({ ...JOB, clientToken: 'token' }, items(1))).toMatchObject({
      job: { id: one.id },
      isReplayed: true,
    });
    expect(await store.create({ ...JOB, clientToken: 'token' }, items(2))).toBe('CONFLICT');
  });

  it('count running jobs and waiting items', async () => {
    expect(await store.count()).toEqual({ running: 0, waiting: 0 });
    await stored(2);
    await stored(3);
    expect(await store.count()).toEqual({ running: 2, waiting: 5 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { SAMPLE } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { add, control, follow, hasEnded, items, read, type SeenJob, start, until } from '../../support/jobs.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const ask: TestGateway['ask'] = (query, variables) => gateway.ask(query, variables);
const rules = (errors: readonly { readonly rule?: string; readonly path: readonly string[] | null }[]) =>
  errors.map(({ rule, path }) => [rule, path?.join('.')]);
const PAGE = `query ($id: ID!, $state: ConnectTaskJobItemState, $first: Int, $after: String) {
  connectTaskJob(id: $id) { items(state: $state, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } edges { cursor }
    nodes { key state attempts contact { id name } errors { code path message } } } } }`;

interface ItemPage {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly {
    readonly key: string;
    readonly state: string;
    readonly attempts: number;
    readonly contact: { readonly id: string; readonly name: string } | null;
    readonly errors: readonly { readonly code: string; readonly path: readonly string[] | null }[];
  }[];
}

async function page(id: string, variables: object = {}): Promise<ItemPage> {
  const { data, errors } = await gateway.ask(PAGE, { id, ...variables });
  expect(errors).toBeUndefined();
  return (data as { connectTaskJob: { items: ItemPage } }).connectTaskJob.items;
}

async function startedId(input: object): Promise<string> {
  const { job, errors } = await start(ask, input);
  expect(errors).toEqual([]);
  return (job as SeenJob).id;
}

describe('createTaskContacts', () => {
  it('creates each item once, in order, and reports the contact of each', async () => {
    const id = await startedId({ items: items(30), name: 'Spring campaign' });
    const job = await until(gateway.url, id, hasEnded);
    expect(job).toMatchObject({ state: 'COMPLETED', total: 30, waiting: 0, created: 30, failed: 0, cancelled: 0 });
    const first = await page(id, { first: 20 });
    const second = await page(id, { first: 20, after: first.pageInfo.endCursor });
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const all = [...first.nodes, ...second.nodes];
    expect(all.map(({ key, state, contact }) => [key, state, contact?.name])).toEqual(
      items(30).map(({ key, task }) => [key, 'CREATED', task.name]),
    );
    const names = gateway.rows("select name from contact where name like 'Task %' order by initiatedAt, id");
    expect(names.map(({ name }) => name)).toEqual(items(30).map(({ task }) => task.name));
  });

  it('reports every violation of every item with its path, and stores nothing', async () => {
    const bad = items(20);
    (bad[17] as { task: object }).task = { ...bad[17]?.task, name: 'x'.repeat(513) };
    (bad[18] as { task: object }).task = { ...bad[18]?.task, instanceId: 'x', clientToken: 'y' };
    (bad[19] as { key: string }).key = 'order-0';
    const late = { ...bad[1], task: { ...bad[1]?.task, scheduledTime: '2020-01-01T00:00:00Z' } };
    const before = gateway.rows('select count(*) as number from contact');
    const { job, errors } = await start(ask, { items: bad.toSpliced(1, 1, late as never), name: 'n'.repeat(257) });
    expect(job).toBeNull();
    expect(rules(errors).sort()).toEqual(
      [
        ['api/name-length', 'input.items.17.task.name'],
        ['api/scheduled-time-not-past', 'input.items.1.task.scheduledTime'],
        ['gateway/job-key-unique', 'input.items.19.key'],
        ['gateway/job-members-once', 'input.items.18.task.clientToken'],
        ['gateway/job-members-once', 'input.items.18.task.instanceId'],
        ['gateway/job-name-length', 'input.name'],
      ].sort(),
    );
    expect(gateway.rows('select count(*) as number from contact')).toEqual(before);
  });

  it('takes 1 to 1,000 items with keys of 1 to 128 characters', async () => {
    expect(rules((await start(ask, { items: [] })).errors)).toEqual([['gateway/job-items-number', 'input.items']]);
    expect(rules((await start(ask, { items: items(1001) })).errors)).toEqual([
      ['gateway/job-items-number', 'input.items'],
    ]);
    for (const key of ['', 'k'.repeat(129)]) {
      expect(rules((await start(ask, { items: [{ ...items(1)[0], key }] })).errors)).toEqual([
        ['gateway/job-key-length', 'input.items.0.key'],
      ]);
    }
    const { job } = await start(ask, { items: items(1000, 5000) });
    expect(job).toMatchObject({ total: 1000 });
    await control(ask, (job as SeenJob).id, 'CANCEL');
  });

  it('reports flows, quick connects and templates that do not exist or refuse the item', async () => {
    const of = (key: string, flow: object, task: object = {}) => ({ key, task: { name: 'T', flow, ...task } });
    const { errors } = await start(ask, {
      items: [
        of('a', { contactFlowId: 'no-flow' }),
        of('b', { quickConnectId: 'no-quick-connect' }),
        of('c', { taskTemplateId: 'no-template' }),
        of('d', { taskTemplateId: '40000000-0000-4000-8000-000000000003' }),
        of('e', { contactFlowId: SAMPLE.contactFlow }),
      ],
    });
    expect(errors.map(({ code, path }) => [code, path?.join('.')])).toEqual([
      ['NOT_FOUND', 'input.items.0.task.flow.contactFlowId'],
      ['NOT_FOUND', 'input.items.1.task.flow.quickConnectId'],
      ['NOT_FOUND', 'input.items.2.task.flow.taskTemplateId'],
      ['INVALID_INPUT', 'input.items.3.task.flow.taskTemplateId'],
    ]);
  });

  it('returns the same job for the same client token and input, and refuses another input', async () => {
    const input = { items: items(3, 100), clientToken: 'campaign-7' };
    const first = await start(ask, input);
    const again = await start(ask, input);
    expect([first.replayed, again.replayed]).toEqual([false, true]);
    expect(again.job?.id).toBe(first.job?.id);
    const other = await start(ask, { ...input, items: items(4, 100) });
    expect(other.errors.map(({ code, path }) => [code, path?.join('.')])).toEqual([
      ['IDEMPOTENCY_CONFLICT', 'input.clientToken'],
    ]);
  });

  it('refuses a notAfter that has passed', async () => {
    const { errors } = await start(ask, { items: items(1), notAfter: '2020-01-01T00:00:00Z' });
    expect(rules(errors)).toEqual([['gateway/job-ends-later', 'input.notAfter']]);
  });

  it('fails an item that Connect refuses with a path into the item, and creates the others', async () => {
    const linked = items(3, 200);
    (linked[1] as { task: object }).task = { ...linked[1]?.task, link: { previousContactId: 'no-contact' } };
    const id = await startedId({ items: linked });
    expect(await until(gateway.url, id, hasEnded)).toMatchObject({ state: 'COMPLETED', created: 2, failed: 1 });
    const { nodes } = await page(id, { state: 'FAILED' });
    expect(nodes).toMatchObject([
      {
        key: 'order-201',
        contact: null,
        errors: [{ code: 'NOT_FOUND', path: ['task', 'link', 'previousContactId'] }],
      },
    ]);
  });

  it.each([
    ['PAUSE', { state: 'PAUSED', pauseReason: 'ITEM_FAILED', failed: 1, cancelled: 0 }],
    ['CANCEL', { state: 'CANCELLED', pauseReason: null, failed: 1, waiting: 0 }],
  ])('follows onError %s when an item fails', async (onError, expected) => {
    const some = items(200, 300);
    (some[0] as { task: object }).task = { ...some[0]?.task, link: { relatedContactId: 'no-contact' } };
    const id = await startedId({ items: some, onError });
    const job = await until(gateway.url, id, ({ state }) => state !== 'RUNNING');
    expect(job).toMatchObject(expected);
    expect(job.created).toBeLessThan(199);
  });
});

describe('addTaskContactsToJob', () => {
  it('adds items to a job that has ended, once, and refuses another task under the same key', async () => {
    const id = await startedId({ items: items(2, 600) });
    await until(gateway.url, id, hasEnded);
    expect((await add(ask, id, items(4, 600))).job).toMatchObject({ state: 'RUNNING', total: 4, endedAt: null });
    expect((await add(ask, id, items(4, 600))).job).toMatchObject({ total: 4 });
    expect(await until(gateway.url, id, hasEnded)).toMatchObject({ state: 'COMPLETED', created: 4 });
    const { errors } = await add(ask, id, items(1, 600, { name: 'Another' }));
    expect(rules(errors)).toEqual([['gateway/job-key-same-task', 'input.items.0.key']]);
  });

  it('refuses more than 100,000 items in a job', async () => {
    const id = await startedId({ items: items(1, 800) });
    await until(gateway.url, id, hasEnded);
    using database = new DatabaseSync(`${gateway.config.databaseUrl.slice('file:'.length)}.jobs`, { timeout: 5_000 });
    database.prepare('update "taskJob" set "total" = 99999 where "id" = ?').run(id);
    expect(rules((await add(ask, id, items(2, 801))).errors)).toEqual([['gateway/job-size', 'input.items']]);
    expect((await add(ask, id, items(1, 801))).job).toMatchObject({ total: 100_000 });
  });

  it('refuses items for a cancelled or unknown job', async () => {
    const id = await startedId({ items: items(50, 700) });
    await control(ask, id, 'CANCEL');
    expect((await add(ask, id, items(1, 900))).errors).toMatchObject([{ code: 'ILLEGAL_STATE' }]);
    expect((await add(ask, 'no-job', items(1))).errors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'jobId'] },
    ]);
  });
});

describe('controlConnectTaskJob', () => {
  it('pauses, resumes and retries: a failed item is tried again', async () => {
    const some = items(2, 1000);
    (some[0] as { task: object }).task = { ...some[0]?.task, link: { relatedContactId: 'no-contact' } };
    const id = await startedId({ items: some });
    expect(await until(gateway.url, id, hasEnded)).toMatchObject({ created: 1, failed: 1 });
    expect((await control(ask, id, 'RETRY')).job).toMatchObject({ state: 'RUNNING', waiting: 1, failed: 0 });
    expect(await until(gateway.url, id, hasEnded)).toMatchObject({ created: 1, failed: 1 });
    expect((await page(id, { state: 'FAILED' })).nodes[0]?.attempts).toBe(2);
    expect((await control(ask, id, 'PAUSE')).errors).toMatchObject([{ code: 'ILLEGAL_STATE' }]);
  });

  it('creates nothing while a job is paused, and the rest after RESUME', async () => {
    const id = await startedId({ items: items(300, 2000) });
    const { job } = await control(ask, id, 'PAUSE');
    expect(job).toMatchObject({ state: 'PAUSED', pauseReason: 'REQUESTED' });
    const paused = await read(ask, id);
    const later = await read(ask, id);
    expect(later?.waiting).toBe(paused?.waiting);
    expect((await control(ask, id, 'RESUME')).job).toMatchObject({ state: 'RUNNING', pauseReason: null });
    expect(await until(gateway.url, id, hasEnded)).toMatchObject({ state: 'COMPLETED', created: 300 });
    const [row] = gateway.rows(
      'select count(*) as number, count(distinct name) as names from contact where name between ? and ? and length(name) = 9',
      'Task 2000',
      'Task 2299',
    );
    expect(row?.number).toBe(row?.names);
  });

  it('cancels the items that wait, and refuses to resume', async () => {
    const id = await startedId({ items: items(500, 4000) });
    const { job } = await control(ask, id, 'CANCEL');
    expect(job?.state).toBe('CANCELLED');
    const ended = await until(gateway.url, id, hasEnded);
    expect(ended.created + ended.cancelled).toBe(500);
    expect((await control(ask, id, 'RESUME')).errors).toMatchObject([{ code: 'ILLEGAL_STATE' }]);
    expect((await control(ask, id, 'CANCEL')).errors).toEqual([]);
  });
});

describe('connectTaskJobs', () => {
  it('lists jobs page by page, the newest first', async () => {
    const ids = [];
    for (let index = 0; index < 3; index++) ids.unshift(await startedId({ items: items(1, 9000 + index) }));
    const list = async (after?: string) => {
      const query = `query ($after: String) { connectTaskJobs(first: 2, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }`;
      const { data } = await gateway.ask(query, { after });
      return (data as { connectTaskJobs: { nodes: { id: string }[]; pageInfo: { endCursor: string } } })
        .connectTaskJobs;
    };
    const first = await list();
    const second = await list(first.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes].slice(0, 3).map(({ id }) => id)).toEqual(ids);
  });

  it('reports null for a job that does not exist', async () => {
    expect(await read(ask, 'no-job')).toBeNull();
  });
});

describe('connectTaskJobChanged', () => {
  it('sends the job at once, then its changes, and ends with the job', async () => {
    const id = await startedId({ items: items(400, 6000) });
    const seen: SeenJob[] = [];
    for await (const job of follow(gateway.url, id)) seen.push(job);
    expect(seen.at(-1)).toMatchObject({ state: 'COMPLETED', created: 400 });
    const created = seen.map((job) => job.created);
    expect(created).toEqual(created.toSorted((one, other) => one - other));
  });

  it('refuses an unknown job with NOT_FOUND', async () => {
    const response = await gateway.post(
      { query: 'subscription { connectTaskJobChanged(id: "no-job") { id } }' },
      { accept: 'text/event-stream' },
    );
    expect(await response.text()).toContain('"NOT_FOUND"');
  });
});

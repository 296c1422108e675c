import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FormattedExecutionResult } from 'graphql';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { TestIssuer } from '../../support/issuer.js';
import { type Ask, control, items, read, type SeenJob, start } from '../../support/jobs.js';
import { memoryLog } from '../../support/log.js';

let issuer: TestIssuer;
let gateway: TestGateway;
const log = memoryLog();
beforeAll(async () => {
  issuer = await TestIssuer.start();
  gateway = await startTestGateway({ settings: issuer.settings, logger: log.logger });
});
afterAll(async () => {
  await gateway.close();
  await issuer[Symbol.asyncDispose]();
});

/** Asks as a caller with some scopes. */
const as =
  (sub: string, scopes: string): Ask =>
  async (query, variables = {}) => {
    const headers = await issuer.bearer(scopes, { sub });
    return (await (await gateway.post({ query, variables }, headers)).json()) as FormattedExecutionResult;
  };

const ana = as('ana', 'jobs:create jobs:read');
const ben = as('ben', 'jobs:create jobs:read');
const admin = as('root', 'jobs:create jobs:admin');

describe('Jobs of authenticated callers', () => {
  it('are seen and controlled by their owner and with jobs:admin, and by no other client', async () => {
    const { job } = await start(ana, { items: items(3) });
    const { id } = job as SeenJob;
    expect(await read(ana, id)).not.toBeNull();
    expect(await read(ben, id)).toBeNull();
    expect(await read(admin, id)).not.toBeNull();
    expect((await control(ben, id, 'CANCEL')).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await control(admin, id, 'RETRY')).errors).toEqual([]);
    const list = async (ask: Ask) => {
      const { data } = await ask('{ connectTaskJobs { nodes { id } } }');
      return (data as { connectTaskJobs: { nodes: readonly { id: string }[] } }).connectTaskJobs.nodes;
    };
    expect([await list(ana), await list(ben), await list(admin)]).toEqual([[{ id }], [], [{ id }]]);
    const entity = async (ask: Ask) => {
      const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on ConnectTaskJob { id total } } }';
      return (await ask(query, { of: [{ __typename: 'ConnectTaskJob', id }] })).data;
    };
    expect(await entity(as('ana', 'jobs:read tasks:read'))).toEqual({ _entities: [{ id, total: 3 }] });
    expect(await entity(as('ben', 'jobs:read tasks:read'))).toEqual({ _entities: [null] });
  });

  it('use client tokens of their own', async () => {
    const input = { items: items(1), clientToken: 'same' };
    const [one, other] = [await start(ana, input), await start(ben, input)];
    expect(other).toMatchObject({ replayed: false, errors: [] });
    expect(other.job?.id).not.toBe(one.job?.id);
  });

  it('are audited as a whole and by item', async () => {
    const { job } = await start(ana, { items: items(2, 50) });
    const { id } = job as SeenJob;
    while ((await read(ana, id))?.endedAt === null);
    const lines = log
      .text()
      .split('\n')
      .filter((line) => line.includes(`"job":"${id}"`))
      .map((line) => JSON.parse(line) as { readonly contacts: readonly string[] });
    expect(lines).toMatchObject([
      { operation: 'createTaskContacts', subject: 'ana', contacts: [], outcome: ['OK'] },
      { operation: 'createTaskContacts', subject: 'ana', item: 'order-50', outcome: ['OK'] },
      { operation: 'createTaskContacts', subject: 'ana', item: 'order-51', outcome: ['OK'] },
    ]);
    expect(lines[1]?.contacts).toHaveLength(1);
  });
});

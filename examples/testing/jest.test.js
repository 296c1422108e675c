/** Tests with Jest. Run them: NODE_OPTIONS=--experimental-vm-modules npx jest --config examples/testing/jest.config.js */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createConnect } from 'connect-task-gateway/testing';
import { callBack } from './call-back.js';

const contactFlowId = '20000000-0000-4000-8000-000000000001';
let connect;
beforeAll(async () => {
  connect = await createConnect({ now: '2026-06-01T12:00:00Z' });
});
afterEach(() => connect.reset());
afterAll(() => connect.close());

test('callBack creates a task that an agent can accept', async () => {
  const client = await connect.client();
  const contactId = await callBack(client, { instanceId: connect.instanceId, contactFlowId, customer: 'Ana' });
  expect(await connect.controls.connect({ contactId })).toMatchObject({ contactId, state: 'CONNECTED' });
});

test('callBack reports a full instance', async () => {
  await using full = await createConnect({ quotas: { activeTasks: 0 } });
  const request = { instanceId: full.instanceId, contactFlowId, customer: 'Ana' };
  await expect(callBack(await full.client(), request)).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contactFlow, otherInstance } from '../support/resources.js';
import { createdId, createTask } from '../support/create-task-contact.js';
import { SAMPLE, TestEngine } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { PortCalls } from '../support/port.js';

const OTHER = otherInstance().id;
const FLOW = '20000000-0000-4000-8000-00000000000a';

let engine: TestEngine;
let gateway: TestGateway;
const calls = new PortCalls();

beforeAll(async () => {
  engine = await TestEngine.open({
    content: { instances: [otherInstance()], contactFlows: [contactFlow(FLOW, { instanceId: OTHER })] },
  });
  await engine.close();
  gateway = await startTestGateway({
    wrap: calls.wrap,
    settings: {
      DATABASE_URL: `file:${engine.file}`,
      CONNECT_INSTANCES: `${OTHER}|sales,${SAMPLE.instanceId}|support`,
      CONNECT_INSTANCE_ID: 'support',
    },
  });
});
afterAll(async () => {
  await gateway.close();
  await engine[Symbol.asyncDispose]();
});

const read = (id: string, instanceId?: string) =>
  gateway.ask('query ($id: ID!, $instanceId: ID) { connectContact(id: $id, instanceId: $instanceId) { instanceId } }', {
    id,
    instanceId,
  });

describe('Several instances', () => {
  it('are named by id or alias, and answer their id; none is the default', async () => {
    const flow = { contactFlowId: FLOW };
    const inOther = await createdId(gateway, { instanceId: 'sales', flow });
    const found = { data: { connectContact: { instanceId: OTHER } } };
    expect(await read(inOther, 'sales')).toEqual(found);
    expect(await read(inOther, OTHER)).toEqual(found);
    expect(await read(inOther)).toEqual({ data: { connectContact: null } });
    const inDefault = await createdId(gateway);
    expect(await read(inDefault, 'support')).toEqual({ data: { connectContact: { instanceId: SAMPLE.instanceId } } });
    expect(await read(inDefault, 'sales')).toEqual({ data: { connectContact: null } });
  });

  it('refuses an instance that is not served before any call', async () => {
    calls.take();
    const { payload } = await createTask(gateway, { instanceId: 'marketing' });
    expect(payload).toMatchObject({
      contact: null,
      errors: [{ code: 'NOT_FOUND', resource: 'INSTANCE', id: 'marketing', path: ['input', 'instanceId'] }],
    });
    expect(await read(SAMPLE.voiceContact, 'marketing')).toMatchObject({
      data: { connectContact: null },
      errors: [{ path: ['connectContact'], extensions: { code: 'NOT_FOUND' } }],
    });
    expect(calls.take()).toEqual([]);
  });

  it('ends the start for an instance that the database does not contain', async () => {
    const starting = startTestGateway({ settings: { CONNECT_INSTANCES: `${SAMPLE.instanceId},nowhere` } });
    await expect(starting).rejects.toThrow(/^CONNECT_INSTANCES: the database .* has no instance nowhere\./);
  });
});

/** Tests with node:test. Run them: node --test examples/testing/node.test.js */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { createConnect } from 'connect-task-gateway/testing';
import { callBack } from './call-back.js';

const contactFlowId = '20000000-0000-4000-8000-000000000001';

describe('callBack', () => {
  let connect;
  before(async () => {
    connect = await createConnect({ now: '2026-06-01T12:00:00Z' });
  });
  afterEach(() => connect.reset());
  after(() => connect.close());

  it('creates a task that an agent can accept', async () => {
    const client = await connect.client();
    const contactId = await callBack(client, { instanceId: connect.instanceId, contactFlowId, customer: 'Ana' });
    const { state } = await connect.controls.connect({ contactId });
    assert.equal(state, 'CONNECTED');
  });

  it('survives an answer that is lost', async () => {
    const client = await connect.client();
    connect.faults.next('StartTaskContact', { kind: 'brokenConnection', after: true });
    const contactId = await callBack(client, { instanceId: connect.instanceId, contactFlowId, customer: 'Ana' });
    const { data } = await connect.graphql('query ($id: ID!) { connectContact(id: $id) { name } }', { id: contactId });
    assert.equal(data.connectContact.name, 'Call Ana back');
  });
});

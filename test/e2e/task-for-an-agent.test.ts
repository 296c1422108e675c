import { CreateTaskTemplateCommand, GetContactAttributesCommand } from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { controls, CONTROLS_PATH } from '../../src/controls/controls.js';
import { gatewayBefore, openTestAws } from '../support/aws.js';
import { SAMPLE } from '../support/engine.js';
import type { TestGateway } from '../support/gateway.js';
import { send } from '../support/wire.js';

const { instanceId, contactFlow, queue, otherUser, quickConnect } = SAMPLE;

/** A gateway before AWS's SDK, before an emulator with its controls. */
async function start() {
  const aws = await openTestAws({
    plugin: (app, engine) => app.register(controls, { engine, clock: undefined, prefix: CONTROLS_PATH }),
  });
  const gateway = await gatewayBefore(aws);
  return {
    gateway,
    client: aws.wire.client(),
    control: async (contactId: string, control: string, body: object = {}) => {
      const path = `${CONTROLS_PATH}/contacts/${instanceId}/${contactId}/${control}`;
      const { json } = await send(aws.wire.url, 'POST', path, JSON.stringify(body));
      return json;
    },
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await aws[Symbol.asyncDispose]();
    },
  };
}

/** Runs a mutation without errors; returns its contact. */
async function run(gateway: TestGateway, field: string, type: string, input: object): Promise<{ readonly id: string }> {
  const { data, errors } = await gateway.ask(
    `mutation ($input: ${type}!) { payload: ${field}(input: $input) {
      contact { id state agent { id username } createdBy { id } assignmentType attributes { key value } }
      errors { code message path }
    } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  const { payload } = data as { payload: { contact: { id: string }; errors: readonly object[] } };
  expect(payload.errors).toEqual([]);
  return payload.contact;
}

const attributes = [
  { key: 'customerId', value: 'C-1001' },
  { key: 'orderId', value: '4712' },
];

// The three oldest open issues of the library for browsers, https://github.com/amazon-connect/amazon-connect-taskjs: 19, 35, 38.
describe('A new task for an agent', () => {
  it('goes to the agent of a quick connect with its attributes, by one mutation (issue 19)', async () => {
    await using test = await start();
    const { id } = await run(test.gateway, 'createTaskContact', 'CreateTaskContactInput', {
      name: 'Call back',
      flow: { quickConnectId: quickConnect.user },
      attributes,
    });
    expect(await test.control(id, 'connect')).toMatchObject({ state: 'CONNECTED', userId: SAMPLE.user });
    const { Attributes } = await test.client.send(
      new GetContactAttributesCommand({ InstanceId: instanceId, InitialContactId: id }),
    );
    expect(Attributes).toEqual({ customerId: 'C-1001', orderId: '4712' });
  });

  it('waits in a queue with its attributes until it is assigned to a named agent (issue 35)', async () => {
    await using test = await start();
    const { id } = await run(test.gateway, 'createTaskContact', 'CreateTaskContactInput', {
      name: 'Call back',
      flow: { contactFlowId: contactFlow },
      attributes,
    });
    await test.control(id, 'enqueue', { queueId: queue });
    expect(
      await run(test.gateway, 'assignTaskContact', 'AssignTaskContactInput', { contactId: id, userId: otherUser }),
    ).toMatchObject({ id, state: 'CONNECTED', agent: { id: otherUser }, attributes });
  });

  it('goes to its creator by a template with a self-assign flow (issue 38)', async () => {
    await using test = await start();
    const { Id: taskTemplateId } = await test.client.send(
      new CreateTaskTemplateCommand({
        InstanceId: instanceId,
        Name: 'For myself',
        ContactFlowId: contactFlow,
        SelfAssignFlowId: contactFlow,
        Fields: [
          { Id: { Name: 'Name' }, Type: 'NAME' },
          { Id: { Name: 'Assign to me' }, Type: 'SELF_ASSIGN' },
        ],
        Constraints: { RequiredFields: [{ Id: { Name: 'Name' } }] },
      }),
    );
    const created = await run(test.gateway, 'createTaskContact', 'CreateTaskContactInput', {
      name: 'Follow up',
      flow: { taskTemplateId },
      createdByUserId: otherUser,
      assignmentType: 'SELF',
      attributes,
    });
    expect(created).toMatchObject({ createdBy: { id: otherUser }, assignmentType: 'SELF', attributes });
    expect(await test.control(created.id, 'connect')).toMatchObject({ state: 'CONNECTED', userId: otherUser });
  });
});

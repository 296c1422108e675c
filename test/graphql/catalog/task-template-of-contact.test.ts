import { describe, expect, it } from '@jest/globals';
import { openTestAws } from '../../support/aws.js';
import { createdId, createTask } from '../../support/create-task-contact.js';
import { SAMPLE } from '../../support/engine.js';
import { startTestGateway } from '../../support/gateway.js';
import { PortCalls, tellingIdAlone } from '../../support/port.js';

const { withFlow } = SAMPLE.taskTemplate;
const flow = { taskTemplateId: withFlow };
const CONTACT = (selection: string) => `query ($id: ID!) { connectContact(id: $id) { ${selection} } }`;
const reported = {
  id: withFlow,
  instanceId: SAMPLE.instanceId,
  arn: `${SAMPLE.instanceArn}/task-template/${withFlow}`,
  name: 'Sample template',
};

/** A gateway over each adapter: the engine's own, and AWS's over the wire of another engine. */
const ADAPTERS = [
  [
    'the embedded engine',
    async (calls: PortCalls) => startTestGateway({ wrap: (connect) => calls.wrap(tellingIdAlone(connect)) }),
  ],
  [
    'AWS’s SDK',
    async (calls: PortCalls) => {
      const aws = await openTestAws();
      const gateway = await startTestGateway({ wrap: () => calls.wrap(aws.connect) });
      return {
        ...gateway,
        [Symbol.asyncDispose]: async () => {
          await gateway.close();
          await aws[Symbol.asyncDispose]();
        },
      };
    },
  ],
] as const;

describe.each(ADAPTERS)('A contact’s task template, by %s,', (_name, open) => {
  it('is reported with the contact: its key, its ARN and its name take no call of their own', async () => {
    const calls = new PortCalls();
    await using gateway = await open(calls);
    const id = await createdId(gateway, { flow });
    calls.take();
    const { data, errors } = await gateway.ask(CONTACT('name taskTemplate { id instanceId arn name }'), { id });
    expect(errors).toBeUndefined();
    expect(data?.connectContact).toEqual({ name: 'Call back', taskTemplate: reported });
    expect(calls.takeMethods()).toEqual(['describeContacts']);
  });

  it('is read by the loader where more is selected: once for contacts of one template', async () => {
    const calls = new PortCalls();
    await using gateway = await open(calls);
    const ids = [await createdId(gateway, { flow }), await createdId(gateway, { flow }), await createdId(gateway)];
    calls.take();
    const query =
      'query ($ids: [ID!]!) { connectContacts(ids: $ids) { taskTemplate { id status fields { name type } } } }';
    const { data, errors } = await gateway.ask(query, { ids });
    expect(errors).toBeUndefined();
    const template = { id: withFlow, status: 'ACTIVE', fields: [{ name: 'Name', type: 'NAME' }] };
    expect(data?.connectContacts).toEqual([
      { taskTemplate: template },
      { taskTemplate: template },
      { taskTemplate: null },
    ]);
    expect(calls.take()).toEqual([
      { method: 'describeContacts', ids: 3 },
      { method: 'getTaskTemplates', ids: 1 },
    ]);
  });

  it('is known from the request for a task that was just created', async () => {
    const calls = new PortCalls();
    await using gateway = await open(calls);
    const { payload, errors } = await createTask(gateway, { flow }, 'taskTemplate { id instanceId }');
    expect(errors).toBeUndefined();
    expect(payload.contact).toEqual({ taskTemplate: { id: withFlow, instanceId: SAMPLE.instanceId } });
    const other = await createTask(gateway, {}, 'taskTemplate { id }');
    expect(other.payload.contact).toEqual({ taskTemplate: null });
    expect(calls.takeMethods()).toEqual(['startTaskContact', 'startTaskContact']);
    const byArn = await createTask(gateway, { flow: { taskTemplateId: reported.arn } }, 'taskTemplate { id }');
    expect(byArn.payload.contact).toEqual({ taskTemplate: { id: withFlow } });
    expect(calls.takeMethods()).toEqual(['startTaskContact', 'describeContacts']);
  });
});

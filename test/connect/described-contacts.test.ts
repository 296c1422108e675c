import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connect } from '../../src/connect/connect.js';
import type { Contact } from '../../src/connect/contact.js';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';
import type { CreateTaskTemplateRequest, TaskTemplateField } from '../../src/connect/task-template.js';
import { SAMPLE_FIXTURES } from '../conformance/fixtures.js';
import { postgresLeg, sdkLeg, sqliteLeg } from '../conformance/legs.js';
import { refusal, request, SAMPLE, UNKNOWN_ID } from '../support/engine.js';
import { type TestPostgres, testPostgres } from '../support/postgres.js';
import { field } from '../support/resources.js';

const { instanceId, instanceArn } = SAMPLE;
const { user, queueTransferFlow, agentTransferFlow, template } = SAMPLE_FIXTURES;
const userArn = `${instanceArn}/agent/${user}`;
const NAME = field('Name', 'NAME', { required: true });

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
});

afterAll(() => server.stop());

/** A port with what the tests do through it. */
class Port implements AsyncDisposable {
  constructor(
    readonly connect: Connect,
    private readonly close: () => Promise<void>,
  ) {}

  async start(members: Partial<StartTaskContactRequest> = {}): Promise<string> {
    return (await this.connect.startTaskContact(request(members))).contactId;
  }

  async contact(id: string): Promise<Contact> {
    const [contact] = await this.connect.describeContacts({ instanceId, contactIds: [id] });
    if (!contact || contact instanceof Error) throw new Error(`No contact: ${contact}`);
    return contact;
  }

  async template(members: Partial<CreateTaskTemplateRequest>, ...fields: TaskTemplateField[]): Promise<string> {
    const stated = { instanceId, name: 'New', contactFlowId: queueTransferFlow, fields: [NAME, ...fields] };
    return (await this.connect.createTaskTemplate({ ...stated, ...members })).id;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

describe.each([
  ['the engine on SQLite', () => sqliteLeg],
  ['the engine on PostgreSQL', () => postgresLeg(() => server)],
  ['the SDK over the wire', () => sdkLeg],
] as const)('DescribeContact, by %s,', (_name, leg) => {
  const open = async () => {
    const { ports, close } = await leg().open();
    return new Port(ports[0] as Connect, async () => close());
  };

  it('reports one association for all contacts that links of either kind join', async () => {
    await using port = await open();
    const root = await port.start();
    const linked = await port.start({ previousContactId: root });
    const related = await port.start({ relatedContactId: linked });
    const ofRelated = await port.start({ previousContactId: related });
    const { contactId: carried } = await port.connect.transferContact({
      instanceId,
      contactId: ofRelated,
      contactFlowId: queueTransferFlow,
    });
    for (const id of [root, linked, related, ofRelated, carried]) {
      expect(await port.contact(id)).toMatchObject({ associationId: root });
    }
    const alone = await port.start();
    expect(await port.contact(alone)).toMatchObject({ associationId: alone });
  });

  it('reports the template that a task came from, after a transfer too, and none of others', async () => {
    await using port = await open();
    const taskTemplate = { id: template, arn: `${instanceArn}/task-template/${template}`, name: 'Sample template' };
    const contactId = await port.start({ taskTemplateId: template });
    expect((await port.contact(contactId)).taskTemplate).toEqual(taskTemplate);
    const about = { instanceId, contactId, contactFlowId: queueTransferFlow };
    const { contactId: carried } = await port.connect.transferContact(about);
    expect((await port.contact(carried)).taskTemplate).toEqual(taskTemplate);
    expect(await port.contact(await port.start())).not.toHaveProperty('taskTemplate');
  });

  it('reports who created a task, and that it is for them; a transferred task has no creator of its own', async () => {
    await using port = await open();
    const selfAssignFlowId = agentTransferFlow;
    const taskTemplateId = await port.template({ selfAssignFlowId }, field('Mine', 'SELF_ASSIGN', { required: true }));
    const contactId = await port.start({ taskTemplateId, createdByUserId: userArn, assignmentType: 'SELF' });
    const createdBy = { id: user, arn: userArn };
    expect(await port.contact(contactId)).toMatchObject({ createdBy, assignmentType: 'SELF' });
    const about = { instanceId, contactId, contactFlowId: queueTransferFlow };
    const { contactId: carried } = await port.connect.transferContact(about);
    for (const member of ['createdBy', 'assignmentType'])
      expect(await port.contact(carried)).not.toHaveProperty(member);
    const other = await port.start({ createdByUserId: userArn, expiryMinutes: 5 });
    expect(await port.contact(other)).toMatchObject({ createdBy, expiresAt: expect.any(Date) });
    expect(await port.contact(other)).not.toHaveProperty('assignmentType');
  });
});

describe.each([
  ['the engine on SQLite', () => sqliteLeg],
  ['the engine on PostgreSQL', () => postgresLeg(() => server)],
  ['the SDK over the wire', () => sdkLeg],
] as const)('A task that its creator takes, by %s,', (_name, leg) => {
  const self = { createdByUserId: userArn, assignmentType: 'SELF' } as const;
  const open = async () => {
    const { ports, close } = await leg().open();
    return new Port(ports[0] as Connect, async () => close());
  };

  it('needs a template with a flow for that, whatever other flow it has, and runs that one', async () => {
    await using port = await open();
    expect(await refusal(port.start({ taskTemplateId: template, ...self }))).toMatchObject({
      code: 'InvalidRequestException',
      message: expect.stringContaining('creators assign to themselves'),
    });
    // The other flow cannot start tasks at all: it is not the one that runs.
    const contactFlowId = SAMPLE_FIXTURES.customerQueueFlow;
    const taskTemplateId = await port.template({ contactFlowId, selfAssignFlowId: agentTransferFlow });
    expect((await refusal(port.start({ taskTemplateId }))).code).toBe('InvalidRequestException');
    expect(await port.start({ taskTemplateId, ...self })).toEqual(expect.any(String));
  });

  it('has a creator and comes from a template', async () => {
    await using port = await open();
    const { assignmentType, createdByUserId } = self;
    for (const members of [
      { assignmentType, taskTemplateId: template },
      { assignmentType, createdByUserId },
    ]) {
      expect(await refusal(port.start(members))).toMatchObject({
        code: 'InvalidRequestException',
        message: expect.stringContaining('a creator and a task template beside an assignment type'),
      });
    }
  });

  it('has a creator whom the instance knows', async () => {
    await using port = await open();
    const unknown = `${instanceArn}/agent/${UNKNOWN_ID}`;
    expect(await refusal(port.start({ createdByUserId: unknown }))).toMatchObject({
      code: 'ResourceNotFoundException',
      resource: 'USER',
      member: 'createdByUserId',
    });
    const noUser = `${instanceArn}/queue/${user}`;
    expect((await refusal(port.start({ createdByUserId: noUser }))).code).toBe('InvalidParameterException');
    const other = port.start({ taskTemplateId: template, ...self, assignmentType: 'OTHER' as 'SELF' });
    expect((await refusal(other)).code).toBe('InvalidParameterException');
  });

  it('fills a template’s required field of type SELF_ASSIGN, which nothing else does', async () => {
    await using port = await open();
    const selfAssignFlowId = agentTransferFlow;
    const taskTemplateId = await port.template({ selfAssignFlowId }, field('Mine', 'SELF_ASSIGN', { required: true }));
    expect(await refusal(port.start({ taskTemplateId }))).toMatchObject({
      code: 'InvalidRequestException',
      message: expect.stringContaining('"Mine"'),
    });
    expect(await port.start({ taskTemplateId, ...self })).toEqual(expect.any(String));
  });

  it('is another than one without a creator, for a client token', async () => {
    await using port = await open();
    const clientToken = 'token';
    const id = await port.start({ clientToken, createdByUserId: userArn });
    expect(await port.start({ clientToken, createdByUserId: userArn })).toBe(id);
    expect((await refusal(port.start({ clientToken }))).code).toBe('IdempotencyException');
  });
});

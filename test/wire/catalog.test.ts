import {
  CreateTaskTemplateCommand,
  DescribeContactFlowCommand,
  DescribeInstanceCommand,
  DescribeQueueCommand,
  DescribeQuickConnectCommand,
  DescribeUserCommand,
  GetTaskTemplateCommand,
  ListAssociatedContactsCommand,
  ListContactFlowsCommand,
  ListInstancesCommand,
  ListQueuesCommand,
  ListQuickConnectsCommand,
  ListTaskTemplatesCommand,
  paginateListContactFlows,
  paginateListUsers,
  StartTaskContactCommand,
} from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { NOW, SAMPLE, UNKNOWN_ID } from '../support/engine.js';
import { send, startTestWire } from '../support/wire.js';

const InstanceId = SAMPLE.instanceId;
const UNPUBLISHED = '20000000-0000-4000-8000-000000000005';

describe("the catalogue through AWS's own SDK", () => {
  it('lists flows page by page', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const names: (string | undefined)[] = [];
    for await (const page of paginateListContactFlows({ client, pageSize: 4 }, { InstanceId })) {
      names.push(...(page.ContactFlowSummaryList ?? []).map(({ Name }) => Name));
    }
    expect(names).toHaveLength(6);
    const { ContactFlowSummaryList, NextToken } = await client.send(
      new ListContactFlowsCommand({ InstanceId, ContactFlowTypes: ['AGENT_TRANSFER', 'CAMPAIGN'] }),
    );
    expect(NextToken).toBeUndefined();
    expect(ContactFlowSummaryList).toEqual([
      {
        Id: '20000000-0000-4000-8000-000000000003',
        Arn: `${SAMPLE.instanceArn}/contact-flow/20000000-0000-4000-8000-000000000003`,
        Name: 'Sample agent transfer',
        ContactFlowType: 'AGENT_TRANSFER',
        ContactFlowState: 'ACTIVE',
        ContactFlowStatus: 'PUBLISHED',
      },
    ]);
  });

  it('reports a flow; one that was never published only as it was saved', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const describeFlow = (ContactFlowId: string) =>
      client.send(new DescribeContactFlowCommand({ InstanceId, ContactFlowId }));
    const { ContactFlow } = await describeFlow(`${SAMPLE.instanceArn}/contact-flow/${SAMPLE.contactFlow}`);
    expect(ContactFlow).toMatchObject({ Id: SAMPLE.contactFlow, Type: 'CONTACT_FLOW', State: 'ACTIVE' });
    await expect(describeFlow(UNPUBLISHED)).rejects.toMatchObject({
      name: 'ContactFlowNotPublishedException',
      $metadata: { httpStatusCode: 404 },
    });
    expect((await describeFlow(`${UNPUBLISHED}:$SAVED`)).ContactFlow).toMatchObject({
      Id: UNPUBLISHED,
      Status: 'SAVED',
    });
    await expect(describeFlow(UNKNOWN_ID)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('lists and describes quick connects, each with the one member of its type', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const { QuickConnectSummaryList } = await client.send(
      new ListQuickConnectsCommand({ InstanceId: SAMPLE.instanceArn, QuickConnectTypes: ['PHONE_NUMBER'] }),
    );
    expect(QuickConnectSummaryList).toEqual([
      {
        Id: SAMPLE.quickConnect.phoneNumber,
        Arn: `${SAMPLE.instanceArn}/transfer-destination/${SAMPLE.quickConnect.phoneNumber}`,
        Name: 'Sample phone number',
        QuickConnectType: 'PHONE_NUMBER',
      },
    ]);
    const config = async (QuickConnectId: string) =>
      (await client.send(new DescribeQuickConnectCommand({ InstanceId, QuickConnectId }))).QuickConnect
        ?.QuickConnectConfig;
    expect(await config(SAMPLE.quickConnect.phoneNumber)).toEqual({
      QuickConnectType: 'PHONE_NUMBER',
      PhoneConfig: { PhoneNumber: '+12065550100' },
    });
    expect(await config(SAMPLE.quickConnect.user)).toEqual({
      QuickConnectType: 'USER',
      UserConfig: {
        UserId: '70000000-0000-4000-8000-000000000001',
        ContactFlowId: '20000000-0000-4000-8000-000000000003',
      },
    });
  });

  it('lists and describes queues', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const { QueueSummaryList, NextToken } = await client.send(
      new ListQueuesCommand({ InstanceId, QueueTypes: ['STANDARD', 'AGENT'] }),
    );
    expect(NextToken).toBeUndefined();
    const Arn = `${SAMPLE.instanceArn}/queue/${SAMPLE.queue}`;
    expect(QueueSummaryList).toEqual([
      expect.objectContaining({ Id: SAMPLE.otherQueue, Name: 'Sample escalations' }),
      { Id: SAMPLE.queue, Arn, Name: 'Sample queue', QueueType: 'STANDARD' },
    ]);
    const agents = await client.send(new ListQueuesCommand({ InstanceId, QueueTypes: ['AGENT'] }));
    expect(agents.QueueSummaryList).toEqual([]);
    const { Queue } = await client.send(new DescribeQueueCommand({ InstanceId, QueueId: Arn }));
    expect(Queue).toEqual({ QueueId: SAMPLE.queue, QueueArn: Arn, Name: 'Sample queue', Status: 'ENABLED' });
    await expect(client.send(new DescribeQueueCommand({ InstanceId, QueueId: UNKNOWN_ID }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const unknownType = client.send(new ListQueuesCommand({ InstanceId, QueueTypes: ['OTHER' as 'AGENT'] }));
    await expect(unknownType).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('QueueTypes: only STANDARD, AGENT.'),
    });
    const threeTypes = new ListQueuesCommand({ InstanceId, QueueTypes: ['AGENT', 'AGENT', 'AGENT'] });
    await expect(client.send(threeTypes)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('lists users page by page, and describes one', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const names: (string | undefined)[] = [];
    for await (const page of paginateListUsers({ client, pageSize: 2 }, { InstanceId })) {
      names.push(...(page.UserSummaryList ?? []).map(({ Username }) => Username));
    }
    expect(names).toEqual(['sample.agent', 'sample.expert', 'sample.supervisor']);
    const { User } = await client.send(new DescribeUserCommand({ InstanceId, UserId: SAMPLE.user }));
    expect(User).toEqual({
      Id: SAMPLE.user,
      Arn: `${SAMPLE.instanceArn}/agent/${SAMPLE.user}`,
      Username: 'sample.agent',
    });
    await expect(client.send(new DescribeUserCommand({ InstanceId, UserId: UNKNOWN_ID }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('lists and describes task templates', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const { TaskTemplates } = await client.send(new ListTaskTemplatesCommand({ InstanceId, Status: 'ACTIVE' }));
    expect(TaskTemplates).toHaveLength(3);
    const TaskTemplateId = SAMPLE.taskTemplate.withRequiredFields;
    const template = await client.send(new GetTaskTemplateCommand({ InstanceId, TaskTemplateId }));
    expect(template).toMatchObject({
      InstanceId,
      Id: TaskTemplateId,
      Arn: `${SAMPLE.instanceArn}/task-template/${TaskTemplateId}`,
      ContactFlowId: SAMPLE.contactFlow,
      Status: 'ACTIVE',
      Constraints: {
        RequiredFields: [{ Id: { Name: 'Name' } }, { Id: { Name: 'Customer' } }],
        ReadOnlyFields: [{ Id: { Name: 'Source' } }],
        InvisibleFields: [],
      },
      Defaults: {
        DefaultFieldValues: [
          { Id: { Name: 'Priority' }, DefaultValue: 'Normal' },
          { Id: { Name: 'Source' }, DefaultValue: 'web' },
        ],
      },
    });
    expect(template.Fields).toContainEqual({
      Id: { Name: 'Priority' },
      Type: 'SINGLE_SELECT',
      SingleSelectOptions: ['Low', 'Normal', 'High'],
    });
    const unknownVersion = new GetTaskTemplateCommand({ InstanceId, TaskTemplateId, SnapshotVersion: '7' });
    await expect(client.send(unknownVersion)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('makes a task template, and reports what is wrong with one property by property', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const asked = {
      InstanceId,
      Name: 'New',
      ContactFlowId: SAMPLE.contactFlow,
      Constraints: { RequiredFields: [{ Id: { Name: 'Title' } }], InvisibleFields: [{ Id: { Name: 'Kind' } }] },
      Defaults: { DefaultFieldValues: [{ Id: { Name: 'Kind' }, DefaultValue: 'A' }] },
      Fields: [
        { Id: { Name: 'Title' }, Type: 'NAME' as const },
        { Id: { Name: 'Kind' }, Type: 'SINGLE_SELECT' as const, SingleSelectOptions: ['A', 'B'] },
      ],
    };
    const { Id, Arn } = await client.send(new CreateTaskTemplateCommand(asked));
    const template = await client.send(new GetTaskTemplateCommand({ InstanceId, TaskTemplateId: Id }));
    expect(template).toMatchObject({
      Arn,
      ...asked,
      Constraints: { ...asked.Constraints, ReadOnlyFields: [] },
      Status: 'ACTIVE',
    });
    const again = await client.send(new CreateTaskTemplateCommand(asked)).catch((error: unknown) => error);
    expect(again).toMatchObject({
      name: 'PropertyValidationException',
      PropertyList: [
        { PropertyPath: 'Name', Reason: 'RESOURCE_NAME_ALREADY_EXISTS', Message: expect.stringContaining('"New"') },
      ],
    });
    const stray = { ...asked, Defaults: { DefaultFieldValues: [{ Id: { Name: 'Other' }, DefaultValue: 'A' }] } };
    await expect(client.send(new CreateTaskTemplateCommand(stray))).rejects.toMatchObject({
      name: 'PropertyValidationException',
      $metadata: { httpStatusCode: 400 },
      PropertyList: [
        {
          PropertyPath: 'Defaults.DefaultFieldValues[0].Id.Name',
          Reason: 'REFERENCED_RESOURCE_NOT_FOUND',
          Message: expect.stringContaining('"Other"'),
        },
      ],
    });
    const wrong = {
      ...asked,
      Name: 'Wrong',
      Constraints: {},
      Defaults: { DefaultFieldValues: [{ Id: { Name: 'Kind' }, DefaultValue: 'C' }] },
      Fields: [...asked.Fields, { Id: { Name: 'Title' }, Type: 'TEXT' as const }],
    };
    await expect(client.send(new CreateTaskTemplateCommand(wrong))).rejects.toMatchObject({
      PropertyList: [
        { PropertyPath: 'Constraints.RequiredFields', Reason: 'REQUIRED_PROPERTY_MISSING' },
        { PropertyPath: 'Fields[2].Id.Name', Reason: 'UNIQUE_CONSTRAINT_VIOLATED' },
        { PropertyPath: 'Defaults.DefaultFieldValues', Reason: 'INVALID_FORMAT' },
      ],
    });
  });

  it('lists and describes instances', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const { InstanceSummaryList } = await client.send(new ListInstancesCommand({ MaxResults: 10 }));
    expect(InstanceSummaryList).toEqual([
      {
        Id: InstanceId,
        Arn: SAMPLE.instanceArn,
        InstanceAlias: 'sample',
        CreatedTime: new Date(NOW),
        InstanceStatus: 'ACTIVE',
      },
    ]);
    const { Instance } = await client.send(new DescribeInstanceCommand({ InstanceId: SAMPLE.instanceArn }));
    expect(Instance).toMatchObject({ Id: InstanceId });
    await expect(client.send(new DescribeInstanceCommand({ InstanceId: UNKNOWN_ID }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('lists associated contacts, members that are absent left out', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const { ContactId } = await client.send(
      new StartTaskContactCommand({
        InstanceId,
        Name: 'Follow up',
        ContactFlowId: SAMPLE.contactFlow,
        PreviousContactId: SAMPLE.voiceContact,
      }),
    );
    const list = (page: object) => client.send(new ListAssociatedContactsCommand({ InstanceId, ContactId, ...page }));
    const first = await list({ MaxResults: 1 });
    expect(first.ContactSummaryList).toMatchObject([{ ContactId: SAMPLE.voiceContact, Channel: 'VOICE' }]);
    const second = await list({ MaxResults: 1, NextToken: first.NextToken });
    expect(second.NextToken).toBeUndefined();
    expect(second.ContactSummaryList).toEqual([
      {
        ContactId,
        ContactArn: `${SAMPLE.instanceArn}/contact/${ContactId}`,
        InitiationTimestamp: new Date(NOW),
        InitialContactId: SAMPLE.voiceContact,
        PreviousContactId: SAMPLE.voiceContact,
        InitiationMethod: 'API',
        Channel: 'TASK',
      },
    ]);
  });

  it.each([
    ['/contact-flows-summary/{i}?maxResults=0', 'MaxResults'],
    ['/contact-flows-summary/{i}?maxResults=1001', 'MaxResults'],
    ['/contact-flows-summary/{i}?maxResults=ten', 'maxResults'],
    ['/contact-flows-summary/{i}?maxResults=1e1', 'maxResults'],
    ['/contact-flows-summary/{i}?contactFlowTypes=FLOW', 'ContactFlowTypes'],
    ['/contact-flows-summary/{i}?nextToken=abc', 'NextToken'],
    ['/quick-connects/{i}?QuickConnectTypes=AGENT', 'QuickConnectTypes'],
    ['/instance/{i}/task/template?status=active', 'Status'],
    ['/contact/associated/{i}', 'ContactId'],
    ['/instance?maxResults=11', 'MaxResults'],
  ])('refuses %s with a message about %s', async (path, member) => {
    await using wire = await startTestWire();
    const answer = await send(wire.url, 'GET', path.replace('{i}', InstanceId));
    expect([answer.status, answer.type]).toEqual([400, 'InvalidParameterException']);
    expect(answer.json.Message).toContain(member);
  });
});

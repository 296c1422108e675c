import { describe, expect, it } from '@jest/globals';
import type * as Generated from '../../generated/operations.js';
import { NOW, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { startTestGateway } from '../../support/gateway.js';
import { createAsWritten, operationVariables, runOperation } from '../../support/operations.js';

const start = () => startTestGateway({ now: () => NOW });

describe('ContactById', () => {
  it('reports all of the voice call of the sample', async () => {
    await using gateway = await start();
    const variables = operationVariables<{ id: string }>('contact-by-id', NOW);
    const { data, errors } = await runOperation<Generated.ContactByIdQuery>(gateway, 'contact-by-id', variables);
    expect(errors).toBeUndefined();
    expect(data?.connectContact).toEqual({
      id: SAMPLE.voiceContact,
      instanceId: SAMPLE.instanceId,
      arn: `${SAMPLE.instanceArn}/contact/${SAMPLE.voiceContact}`,
      channel: 'VOICE',
      name: null,
      description: null,
      state: 'COMPLETED',
      allowedActions: [],
      initiationMethod: 'INBOUND',
      initiatedAt: '2026-06-01T11:00:00.250Z',
      scheduledTime: null,
      expiresAt: null,
      endedAt: '2026-06-01T11:05:00.250Z',
      updatedAt: '2026-06-01T11:05:00.250Z',
      disconnectReason: 'CUSTOMER_DISCONNECT',
      queue: { id: SAMPLE.queue, name: 'Sample queue' },
      enqueuedAt: '2026-06-01T11:00:10.250Z',
      agent: { id: SAMPLE.user, username: 'sample.agent' },
      connectedToAgentAt: '2026-06-01T11:00:25.250Z',
      tags: [],
      references: [],
      attributes: [{ key: 'customerId', value: 'C-1001' }],
      previousContact: null,
      relatedContact: null,
      chain: { id: SAMPLE.voiceContact },
    });
  });

  it('is null for a contact that does not exist, and follows a task of ours', async () => {
    await using gateway = await start();
    const read = async (id: string) =>
      (await runOperation<Generated.ContactByIdQuery>(gateway, 'contact-by-id', { id })).data?.connectContact;
    expect(await read(UNKNOWN_ID)).toBeNull();
    const { contact } = await createAsWritten<Generated.ScheduleTaskMutation>(gateway, 'schedule-task');
    expect(await read(contact?.id ?? '')).toMatchObject(contact ?? {});
  });
});

describe('ContactsByIds', () => {
  it('come in the order asked for, the unknown one null at its place', async () => {
    await using gateway = await start();
    const variables = operationVariables<{ ids: string[] }>('contacts-by-ids', NOW);
    const { data } = await runOperation<Generated.ContactsByIdsQuery>(gateway, 'contacts-by-ids', variables);
    expect(data?.connectContacts).toEqual([
      expect.objectContaining({
        id: SAMPLE.voiceContact,
        state: 'COMPLETED',
        attributes: [{ key: 'customerId', value: 'C-1001' }],
      }),
      null,
    ]);
  });
});

describe('ContactChain', () => {
  it('reports the members in order of time, what they share, and how much room is left', async () => {
    await using gateway = await start();
    const first = (await createAsWritten<Generated.ContinueChainMutation>(gateway, 'continue-chain')).contact;
    const second = (await createAsWritten<Generated.ContinueChainMutation>(gateway, 'continue-chain')).contact;
    const variables = operationVariables<{ contactId: string }>('contact-chain', NOW);
    const { data } = await runOperation<Generated.ContactChainQuery>(gateway, 'contact-chain', variables);
    expect(data?.connectContactChain).toMatchObject({
      id: SAMPLE.voiceContact,
      linkedTaskCount: 2,
      linkedTaskLimit: 12,
      remaining: 10,
      attributeBytes: 'customerIdC-1001followUpyes'.length,
      attributeBytesLimit: 32_768,
      latestContact: { id: second?.id },
      contacts: [
        { id: SAMPLE.voiceContact, channel: 'VOICE', previousContact: null },
        { id: first?.id, channel: 'TASK', previousContact: { id: SAMPLE.voiceContact } },
        { id: second?.id, channel: 'TASK', previousContact: { id: SAMPLE.voiceContact } },
      ],
    });
  });
});

describe('TaskPage', () => {
  it('reports the task, what may be done with it, its chain and what that shares', async () => {
    await using gateway = await start();
    const { contact } = await createAsWritten<Generated.ContinueChainMutation>(gateway, 'continue-chain');
    const { data, errors } = await runOperation<Generated.TaskPageQuery>(gateway, 'task-page', { id: contact?.id });
    expect(errors).toBeUndefined();
    const allowedActions = ['UPDATE', 'PAUSE', 'TRANSFER', 'STOP', 'ROUTE'];
    expect(data?.connectContact).toMatchObject({
      id: contact?.id,
      state: 'INITIATED',
      allowedActions,
      queue: null,
      agent: null,
      chain: {
        id: SAMPLE.voiceContact,
        linkedTaskCount: 1,
        sharedAttributes: [{ key: 'customerId' }, { key: 'followUp' }],
        contacts: [
          { channel: 'VOICE', state: 'COMPLETED', allowedActions: [] },
          { id: contact?.id, state: 'INITIATED', allowedActions, previousContact: { id: SAMPLE.voiceContact } },
        ],
      },
    });
  });
});

describe('SearchContacts', () => {
  it('finds the call of the sample, and tasks of ours before it, page by page', async () => {
    await using gateway = await start();
    const { contact } = await createAsWritten<Generated.ContinueChainMutation>(gateway, 'continue-chain');
    const variables = operationVariables<Generated.SearchContactsQueryVariables>('search-contacts', NOW);
    const search = async (more: object) => {
      const { data } = await runOperation<Generated.SearchContactsQuery>(gateway, 'search-contacts', {
        ...variables,
        ...more,
      });
      return data?.searchConnectContacts;
    };
    const ids = [contact?.id, SAMPLE.voiceContact];
    expect(await search({})).toMatchObject({ totalCount: 2, nodes: ids.map((id) => ({ id })) });
    const first = await search({ first: 1 });
    expect(first).toMatchObject({ totalCount: 2, nodes: [{ id: ids[0] }], pageInfo: { hasNextPage: true } });
    expect(await search({ first: 1, after: first?.pageInfo.endCursor })).toMatchObject({
      nodes: [{ id: ids[1] }],
      pageInfo: { hasNextPage: false },
    });
  });
});

describe('Entities', () => {
  it('come as a router gets them, the unknown one null', async () => {
    await using gateway = await start();
    const { data, errors } = await runOperation<Generated.EntitiesQuery>(
      gateway,
      'entities',
      operationVariables('entities', NOW),
    );
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual([
      {
        __typename: 'ConnectContact',
        id: SAMPLE.voiceContact,
        channel: 'VOICE',
        state: 'COMPLETED',
        attributes: [{ key: 'customerId', value: 'C-1001' }],
      },
      { __typename: 'ConnectContactChain', chainId: SAMPLE.voiceContact, linkedTaskCount: 0 },
      { __typename: 'ConnectTaskTemplate', templateId: SAMPLE.taskTemplate.withFlow, name: expect.any(String) },
      null,
    ]);
  });
});

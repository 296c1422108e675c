import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cached } from '../../../src/policies/policies.js';
import { describedByList } from '../../../src/policies/around-port/described-by-list.js';
import { gatewayBefore, openTestAws, type TestAws } from '../../support/aws.js';
import { openTestEngine, MINUTE, NOW, SAMPLE } from '../../support/engine.js';
import { startTestGateway } from '../../support/gateway.js';
import { portWith } from '../../support/port.js';
import { temporaryFolder } from '../../support/process.js';
import { contactOf } from '../../support/resources.js';
import { noteStatements } from '../../support/statements.js';

const { instanceId, instanceArn } = SAMPLE;
const COUNT = 100;

/** Contacts, each with a queue and an agent of its own. */
const ids = Array.from({ length: COUNT }, (_, index) => `contact-${index}`);
const content = {
  queues: ids.map((_, index) => ({ instanceId, id: `queue-${index}`, name: `Queue ${index}` })),
  users: ids.map((_, index) => ({ instanceId, id: `user-${index}`, username: `user.${index}` })),
  contacts: ids.flatMap((id, index) =>
    contactOf('VOICE', id).contacts.map((contact) => ({
      ...contact,
      queueId: `queue-${index}`,
      enqueuedAt: NOW - 800,
      agentId: `user-${index}`,
      connectedAt: NOW - 500 - index,
      createdByUserId: `user-${(index + 1) % COUNT}`,
    })),
  ),
  chains: ids.flatMap((id) => contactOf('VOICE', id).chains),
};

const PAGE = (selection: string) => `query ($ids: [ID!]!) { connectContacts(ids: $ids) { ${selection} } }`;
const IDS = 'id queue { id } agent { id } createdBy { id }';
const NAMES =
  'id queue { id instanceId arn name type } enqueuedAt agent { id arn username } connectedToAgentAt createdBy { username }';

const expected = ids.map((id, index) => ({
  id,
  queue: {
    id: `queue-${index}`,
    instanceId,
    arn: `${instanceArn}/queue/queue-${index}`,
    name: `Queue ${index}`,
    type: 'STANDARD',
  },
  enqueuedAt: new Date(NOW - 800).toISOString(),
  agent: { id: `user-${index}`, arn: `${instanceArn}/agent/user-${index}`, username: `user.${index}` },
  connectedToAgentAt: new Date(NOW - 500 - index).toISOString(),
  createdBy: { username: `user.${(index + 1) % COUNT}` },
}));

/** A gateway before the adapter, with the caches that production has. */
function gatewayWithCaches(aws: TestAws) {
  const caches = { readTtlMs: 2_000, catalogTtlMs: MINUTE, templateReading: 'stated', now: () => NOW } as const;
  return startTestGateway({
    now: () => NOW,
    wrap: (engine) => portWith(describedByList(cached(aws.connect, caches).connect), { close: () => engine.close() }),
  });
}

describe('A page of 100 contacts with the names of their queues and agents', () => {
  it('costs the embedded engine 2 statements more than the page with their ids', async () => {
    await using test = await openTestEngine({ content });
    await using gateway = await startTestGateway({
      wrap: (own) => portWith(test.engine, { close: () => own.close() }),
    });
    // The engine reads the ARN of its instance once.
    await test.engine.describeQueues({ instanceId, queueIds: [SAMPLE.queue] });
    using statements = noteStatements();
    const bare = await gateway.ask(PAGE(IDS), { ids });
    expect(bare.errors).toBeUndefined();
    const before = statements.take().length;
    const { data, errors } = await gateway.ask(PAGE(NAMES), { ids });
    expect(errors).toBeUndefined();
    expect(data?.connectContacts).toEqual(expected);
    expect(statements.take()).toHaveLength(before + 2);
  });

  it('costs a list of each with a cold cache before a real instance, and no call with a warm one', async () => {
    await using aws = await openTestAws({ content });
    await using gateway = await gatewayWithCaches(aws);
    expect((await gateway.ask(PAGE(IDS), { ids })).errors).toBeUndefined();
    expect(new Set(aws.calls())).toEqual(new Set(['DescribeContact']));
    const cold = await gateway.ask(PAGE(NAMES), { ids });
    expect(cold.errors).toBeUndefined();
    expect(cold.data?.connectContacts).toEqual(expected);
    expect([...aws.calls()].sort()).toEqual(['ListQueues', 'ListUsers']);
    expect((await gateway.ask(PAGE(NAMES), { ids: ids.toReversed() })).errors).toBeUndefined();
    expect(aws.calls()).toEqual([]);
  });

  it('stays within the rates of the service that CONNECT_THROTTLE=on applies', async () => {
    await using folder = await temporaryFolder();
    const seedFile = join(folder.path, 'seed.json');
    const numbers = Array.from({ length: 8 }, (_, index) => index);
    const instance = {
      id: 'seeded',
      contactFlows: [{ id: 'flow', name: 'Flow' }],
      queues: numbers.map((number) => ({ id: `queue-${number}`, name: `Queue ${number}` })),
      contacts: numbers.map((number) => ({
        id: `task-${number}`,
        name: 'Queued',
        contactFlowId: 'flow',
        state: 'QUEUED',
        queueId: `queue-${number}`,
      })),
    };
    await writeFile(seedFile, JSON.stringify({ instances: [instance] }));
    const settings = { CONNECT_SEED: seedFile, CONNECT_INSTANCE_ID: 'seeded', CONNECT_THROTTLE: 'on' };
    await using gateway = await startTestGateway({ settings });
    // The burst of DescribeQueue is 5.
    const { data, errors } = await gateway.ask(PAGE('queue { name }'), { ids: instance.contacts.map(({ id }) => id) });
    expect(errors).toBeUndefined();
    expect(data?.connectContacts).toEqual(numbers.map((number) => ({ queue: { name: `Queue ${number}` } })));
  });
});

describe('The queue, the agent and the creator of a contact', () => {
  it('cost no read for their ids and ARNs', async () => {
    await using aws = await openTestAws();
    await using gateway = await gatewayBefore(aws);
    aws.calls();
    const { data, errors } = await gateway.ask(
      `{ connectContact(id: "${SAMPLE.voiceContact}") { queue { id instanceId arn } agent { id arn } connectedToAgentAt } }`,
    );
    expect(errors).toBeUndefined();
    expect(data?.connectContact).toMatchObject({
      queue: { id: SAMPLE.queue, instanceId, arn: `${instanceArn}/queue/${SAMPLE.queue}` },
      agent: { id: SAMPLE.user, arn: `${instanceArn}/agent/${SAMPLE.user}` },
    });
    expect(aws.calls()).toEqual(['DescribeContact']);
  });

  it('are null where the contact has none, and have no name if they were deleted', async () => {
    const [contact] = contactOf('VOICE', 'orphan').contacts;
    const orphan = {
      contacts: [{ ...contact, queueId: 'deleted', agentId: 'deleted' }] as typeof content.contacts,
      chains: contactOf('VOICE', 'orphan').chains,
    };
    await using test = await openTestEngine({ content: orphan });
    const alone = await test.start();
    await using gateway = await startTestGateway({
      wrap: (own) => portWith(test.engine, { close: () => own.close() }),
    });
    const { data, errors } = await gateway.ask(PAGE('queue { id name type } agent { id username } createdBy { id }'), {
      ids: ['orphan', alone],
    });
    expect(errors).toBeUndefined();
    expect(data?.connectContacts).toEqual([
      { queue: { id: 'deleted', name: null, type: null }, agent: { id: 'deleted', username: null }, createdBy: null },
      { queue: null, agent: null, createdBy: null },
    ]);
  });

  it('stand beside the instants of after-contact work, which a search before a real instance does not report', async () => {
    const [contact] = contactOf('VOICE', 'worked').contacts;
    const instants = { endedAt: NOW - 800, afterContactWorkStartedAt: NOW - 800, afterContactWorkEndedAt: NOW - 250 };
    const worked = {
      contacts: [{ ...contact, agentId: SAMPLE.user, ...instants }] as typeof content.contacts,
      chains: contactOf('VOICE', 'worked').chains,
    };
    await using aws = await openTestAws({ content: worked });
    await using gateway = await gatewayBefore(aws);
    const search = (fields: string) =>
      gateway.ask(
        `query ($filter: ConnectContactFilter!) { searchConnectContacts(filter: $filter) { nodes { ${fields} } } }`,
        {
          filter: {
            timeRange: {
              field: 'INITIATED',
              from: new Date(NOW - MINUTE).toISOString(),
              to: new Date(NOW + MINUTE).toISOString(),
            },
          },
        },
      );
    aws.calls();
    expect((await search('id agent { id } connectedToAgentAt enqueuedAt')).data?.searchConnectContacts).toEqual({
      nodes: [{ id: 'worked', agent: { id: SAMPLE.user }, connectedToAgentAt: null, enqueuedAt: null }],
    });
    expect(aws.calls()).toEqual(['SearchContacts']);
    expect(
      (await search('agent { id } afterContactWorkStartedAt afterContactWorkEndedAt')).data?.searchConnectContacts,
    ).toEqual({
      nodes: [
        {
          agent: { id: SAMPLE.user },
          afterContactWorkStartedAt: new Date(NOW - 800).toISOString(),
          afterContactWorkEndedAt: new Date(NOW - 250).toISOString(),
        },
      ],
    });
    expect(aws.calls()).toEqual(['SearchContacts', 'DescribeContact']);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canStartTask } from '../../../src/connect/catalog.js';
import type { Page, PageRequest } from '../../../src/connect/call.js';
import { openTestEngine, refusal, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { contactFlow, OTHER_INSTANCE, otherInstance, quickConnect } from '../../support/resources.js';

const { instanceId } = SAMPLE;

/** All items of a list, page by page. */
async function everyPage<Item>(list: (page: PageRequest) => Promise<Page<Item>>, maxResults: number) {
  const items: Item[] = [];
  let nextToken: string | undefined;
  do {
    const page = await list({ maxResults, ...(nextToken !== undefined && { nextToken }) });
    expect(page.items.length).toBeLessThanOrEqual(maxResults);
    items.push(...page.items);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return items;
}

describe('the lists of what an instance is set up with', () => {
  it('list flows by name, with what decides whether they can start a task', async () => {
    await using test = await openTestEngine();
    const { items, nextToken } = await test.engine.listContactFlows({ instanceId });
    expect(nextToken).toBeUndefined();
    expect(items.map((flow) => [flow.name, canStartTask(flow)])).toEqual([
      ['Sample agent transfer', true],
      ['Sample archived flow', false],
      ['Sample customer queue flow', false],
      ['Sample inbound flow', true],
      ['Sample queue transfer', true],
      ['Sample unpublished flow', false],
    ]);
    expect(items[3]).toEqual({
      instanceId,
      id: SAMPLE.contactFlow,
      arn: `${SAMPLE.instanceArn}/contact-flow/${SAMPLE.contactFlow}`,
      name: 'Sample inbound flow',
      type: 'CONTACT_FLOW',
      state: 'ACTIVE',
      status: 'PUBLISHED',
    });
  });

  it('list the flows of the types that are asked for; no types mean all', async () => {
    await using test = await openTestEngine();
    const named = async (types: readonly string[]) =>
      (await test.engine.listContactFlows({ instanceId, types })).items.map(({ name }) => name);
    expect(await named(['AGENT_TRANSFER', 'QUEUE_TRANSFER'])).toEqual([
      'Sample agent transfer',
      'Sample queue transfer',
    ]);
    expect(await named(['CAMPAIGN'])).toEqual([]);
    expect(await named([])).toHaveLength(6);
  });

  it('give each item once and in order, however long the pages are', async () => {
    // Equal names: the id decides.
    const flows = Array.from({ length: 23 }, (_, index) =>
      contactFlow(`flow-${String(index).padStart(2, '0')}`, { name: `Flow ${index % 4}` }),
    );
    await using test = await openTestEngine({ content: { contactFlows: flows } });
    const whole = (await test.engine.listContactFlows({ instanceId })).items;
    expect(whole).toHaveLength(29);
    expect(whole.map(({ name, id }) => `${name} ${id}`)).toEqual(whole.map(({ name, id }) => `${name} ${id}`).sort());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
        const paged = await everyPage((page) => test.engine.listContactFlows({ instanceId, ...page }), size);
        expect(paged).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('list quick connects and task templates, by type, status and name', async () => {
    await using test = await openTestEngine();
    const { engine } = test;
    const quickConnects = await engine.listQuickConnects({ instanceId, types: ['QUEUE', 'USER'] });
    expect(quickConnects.items.map(({ name, type }) => [name, type])).toEqual([
      ['Sample agent', 'USER'],
      ['Sample queue', 'QUEUE'],
    ]);
    expect(quickConnects.items[0]?.arn).toBe(`${SAMPLE.instanceArn}/transfer-destination/${SAMPLE.quickConnect.user}`);
    const inactive = await engine.listTaskTemplates({ instanceId, status: 'INACTIVE' });
    expect(inactive.items.map(({ id }) => id)).toEqual([SAMPLE.taskTemplate.inactive]);
    const byName = await engine.listTaskTemplates({ instanceId, name: 'Sample template' });
    expect(byName.items.map(({ id }) => id)).toEqual([SAMPLE.taskTemplate.withFlow]);
  });

  it('list queues by name and users by username, in pages of any size', async () => {
    // Equal names: the id decides.
    const queues = Array.from({ length: 7 }, (_, index) => ({ instanceId, id: `queue-${index}`, name: 'Returns' }));
    const users = Array.from({ length: 7 }, (_, index) => ({ instanceId, id: `user-${index}`, username: 'returns' }));
    await using test = await openTestEngine({ content: { queues, users } });
    const { engine } = test;
    const listed = await engine.listQueues({ instanceId });
    expect(listed.items.map(({ name, id }) => [name, id])).toEqual([
      ...queues.map(({ name, id }) => [name, id]),
      ['Sample escalations', SAMPLE.otherQueue],
      ['Sample queue', SAMPLE.queue],
    ]);
    expect(new Set(listed.items.map(({ type }) => type))).toEqual(new Set(['STANDARD']));
    const named = await engine.listUsers({ instanceId });
    expect(named.items.map(({ username }) => username)).toEqual([
      ...users.map(({ username }) => username),
      'sample.agent',
      'sample.expert',
      'sample.supervisor',
    ]);
    for (const size of [1, 2, 3, 7, 9, 10]) {
      expect(await everyPage((page) => engine.listQueues({ instanceId, ...page }), size)).toEqual(listed.items);
      expect(await everyPage((page) => engine.listUsers({ instanceId, ...page }), size)).toEqual(named.items);
    }
    // The engine has no agent queues.
    expect(await engine.listQueues({ instanceId, types: ['AGENT'] })).toEqual({ items: [] });
    expect(await engine.listQueues({ instanceId, types: ['AGENT', 'STANDARD'] })).toEqual(listed);
  });

  it('show nothing of another instance', async () => {
    const content = {
      instances: [otherInstance()],
      contactFlows: [contactFlow('other', { instanceId: OTHER_INSTANCE.id })],
    };
    await using test = await openTestEngine({ content });
    const { items } = await test.engine.listContactFlows({ instanceId: OTHER_INSTANCE.arn });
    expect(items.map(({ id }) => id)).toEqual(['other']);
    expect(await test.engine.describeContactFlows({ instanceId, contactFlowIds: ['other'] })).toEqual([null]);
    const { items: instances } = await test.engine.listInstances({});
    expect(instances.map(({ id }) => id)).toEqual([instanceId, OTHER_INSTANCE.id]);
    const first = await test.engine.listInstances({ maxResults: 1 });
    expect(first.items).toHaveLength(1);
    expect(await test.engine.listInstances({ maxResults: 1, nextToken: first.nextToken as string })).toEqual({
      items: instances.slice(1),
    });
  });

  it('refuse an unknown instance, a size out of bounds and a token of another query', async () => {
    const content = { quickConnects: [quickConnect('one', {}), quickConnect('two', {})] };
    await using test = await openTestEngine({ content });
    const { engine } = test;
    expect(await refusal(engine.listContactFlows({ instanceId: UNKNOWN_ID }))).toMatchObject({
      code: 'ResourceNotFoundException',
      resource: 'INSTANCE',
    });
    for (const maxResults of [0, -1, 1001, 1.5, Number.NaN]) {
      expect(await refusal(engine.listContactFlows({ instanceId, maxResults }))).toMatchObject({
        code: 'InvalidParameterException',
        violations: [{ rule: 'api/max-results', path: ['maxResults'] }],
      });
    }
    const { nextToken } = await engine.listContactFlows({ instanceId, maxResults: 1 });
    const foreign = [nextToken as string, `${nextToken}x`, 'no token', '', Buffer.from('{}').toString('base64url')];
    for (const token of foreign) {
      expect(await refusal(engine.listQuickConnects({ instanceId, maxResults: 1, nextToken: token }))).toMatchObject({
        code: 'InvalidParameterException',
        violations: [{ rule: 'engine/next-token', path: ['nextToken'] }],
      });
    }
  });
});

describe('reads of what an instance is set up with', () => {
  it('answer in the order of the ids, null for what there is not, by ids or ARNs', async () => {
    await using test = await openTestEngine();
    const { phoneNumber, queue } = SAMPLE.quickConnect;
    const arn = `${SAMPLE.instanceArn}/transfer-destination/${queue}`;
    const [first, second, third, foreign] = await test.engine.describeQuickConnects({
      instanceId,
      quickConnectIds: [phoneNumber, UNKNOWN_ID, arn, `${OTHER_INSTANCE.arn}/transfer-destination/${queue}`],
    });
    expect(first).toMatchObject({ id: phoneNumber, type: 'PHONE_NUMBER', phoneNumber: '+12065550100' });
    expect(first).not.toHaveProperty('contactFlowId');
    expect(second).toBeNull();
    expect(third).toMatchObject({ id: queue, arn, contactFlowId: '20000000-0000-4000-8000-000000000002' });
    expect(foreign).toMatchObject({ code: 'InvalidParameterException' });
  });

  it('report a template with its fields, constraints and defaults', async () => {
    await using test = await openTestEngine();
    const [template] = await test.engine.getTaskTemplates({
      instanceId,
      taskTemplateIds: [SAMPLE.taskTemplate.withRequiredFields],
    });
    expect(template).toMatchObject({ name: 'Sample template with required fields', contactFlowId: SAMPLE.contactFlow });
    expect((template as { fields: readonly object[] }).fields).toContainEqual({
      name: 'Priority',
      type: 'SINGLE_SELECT',
      required: false,
      readOnly: false,
      invisible: false,
      defaultValue: 'Normal',
      options: ['Low', 'Normal', 'High'],
    });
  });

  it('report instances by id or ARN', async () => {
    await using test = await openTestEngine();
    const [byId, byArn, unknown] = await test.engine.describeInstances({
      instanceIds: [instanceId, SAMPLE.instanceArn, UNKNOWN_ID],
    });
    expect(byId).toMatchObject({ id: instanceId, alias: 'sample', arn: SAMPLE.instanceArn });
    expect(byArn).toEqual(byId);
    expect(unknown).toBeNull();
  });
});

import { describe, expect, it } from '@jest/globals';
import type { SearchContactsRequest, SearchCriteria } from '../../src/connect/contact-search.js';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';
import { openTestAws, type TestAws } from '../support/aws.js';
import { HOUR, MINUTE, NOW, refusal, SAMPLE, UNKNOWN_ID } from '../support/engine.js';

const { instanceId } = SAMPLE;
const RANGE: SearchContactsRequest['timeRange'] = {
  type: 'INITIATION_TIMESTAMP',
  from: new Date(NOW),
  to: new Date(NOW + HOUR),
};

const search = (members: Partial<SearchContactsRequest> = {}): SearchContactsRequest => ({
  instanceId,
  timeRange: RANGE,
  ...members,
});

/** Tasks a minute apart, the first one at NOW. */
async function startEach({ wire: { test } }: TestAws, ...tasks: readonly Partial<StartTaskContactRequest>[]) {
  const ids: string[] = [];
  for (const members of tasks) {
    ids.push(await test.start(members));
    test.clock.now += MINUTE;
  }
  return ids;
}

describe('SearchContacts through the SDK', () => {
  it('finds what the engine finds, by each criterion', async () => {
    await using aws = await openTestAws();
    const { connect, wire } = aws;
    const [ann = '', bob = '', later = ''] = await startEach(
      aws,
      { name: 'Call Ann', attributes: [{ key: 'plan', value: 'gold' }] },
      { name: 'Call Bob', attributes: [{ key: 'plan', value: 'silver' }] },
      { name: 'Mail Cleo', scheduledTime: new Date(NOW + 30 * MINUTE) },
    );
    await connect.tagContact({ instanceId, contactId: bob, tags: [{ key: 'team', value: 'blue' }] });
    const { contactId: carried } = await connect.transferContact({
      instanceId,
      contactId: ann,
      contactFlowId: SAMPLE.contactFlow,
    });
    const found = async (members: Partial<SearchContactsRequest>) => {
      const { contacts, totalCount } = await connect.searchContacts(search(members));
      const direct = await wire.test.engine.searchContacts(search(members));
      expect([contacts.map(({ id }) => id), totalCount]).toEqual([direct.contacts.map(({ id }) => id), totalCount]);
      return contacts.map(({ id }) => id).toSorted();
    };
    const by = (criteria: SearchCriteria) => found({ criteria });
    expect(await found({})).toEqual([ann, bob, later, carried].toSorted());
    expect(await by({ name: { texts: ['bob', 'mail'], match: 'MATCH_ANY' } })).toEqual([bob, later].toSorted());
    expect(await by({ channels: ['VOICE'] })).toEqual([]);
    expect(await by({ initiationMethods: ['TRANSFER'] })).toEqual([carried]);
    expect(await by({ attributes: { criteria: [{ key: 'plan', values: ['silver'] }], match: 'MATCH_ALL' } })).toEqual([
      bob,
    ]);
    expect(await by({ tags: [[{ key: 'team', value: 'blue' }], [{ key: 'team', value: 'red' }]] })).toEqual([bob]);
    expect(await by({ without: ['DISCONNECT_TIMESTAMP'] })).toEqual([bob, later, carried].toSorted());
    expect(await by({ without: ['DISCONNECT_TIMESTAMP', 'SCHEDULED_TIMESTAMP'] })).toEqual([bob, carried].toSorted());
    expect(await by({ without: ['INITIATION_TIMESTAMP'] })).toEqual([]);
    expect(await by({ queueIds: ['q'], agentIds: [`${SAMPLE.instanceArn}/agent/a`] })).toEqual([]);
    const everything: SearchCriteria = {
      name: { texts: [], match: 'MATCH_ALL' },
      channels: [],
      queueIds: [],
      attributes: { criteria: [], match: 'MATCH_ANY' },
      tags: [],
      without: [],
    };
    expect(await by(everything)).toHaveLength(4);
    expect(await found({ timeRange: { ...RANGE, type: 'SCHEDULED_TIMESTAMP' } })).toEqual([later]);
    expect(await found({ timeRange: { ...RANGE, type: 'DISCONNECT_TIMESTAMP' } })).toEqual([ann]);
  });

  it('reports the members of a contact that the API has: no description, no state', async () => {
    await using aws = await openTestAws();
    const scheduledTime = new Date(NOW + 30 * MINUTE);
    const [id = ''] = await startEach(aws, {
      name: 'Call Ann',
      description: 'Reported by DescribeContact alone',
      previousContactId: SAMPLE.voiceContact,
      scheduledTime,
      expiryMinutes: 90,
    });
    const { contacts } = await aws.connect.searchContacts(search());
    expect(contacts).toEqual([
      {
        instanceId,
        id,
        arn: `${SAMPLE.instanceArn}/contact/${id}`,
        name: 'Call Ann',
        channel: 'TASK',
        initiationMethod: 'API',
        initiatedAt: new Date(NOW),
        initialContactId: SAMPLE.voiceContact,
        previousContactId: SAMPLE.voiceContact,
        scheduledTime,
        expiresAt: new Date(scheduledTime.getTime() + 90 * MINUTE),
        tags: [],
      },
    ]);
  });

  it('reports the creator of a task that is assigned to its creator', async () => {
    await using aws = await openTestAws();
    const id = '70000000-0000-4000-8000-000000000001';
    await startEach(aws, { createdByUserId: id });
    const { contacts } = await aws.connect.searchContacts(search());
    const createdBy = { id, arn: `${SAMPLE.instanceArn}/agent/${id}` };
    expect(contacts).toMatchObject([{ createdBy }]);
    expect((await aws.wire.test.engine.searchContacts(search())).contacts).toMatchObject([{ createdBy }]);
  });

  it('gives each contact once, in the order that is asked for, page by page', async () => {
    await using aws = await openTestAws();
    const ids = await startEach(aws, {}, {}, {}, {}, {});
    for (const order of ['ASCENDING', 'DESCENDING'] as const) {
      const asked = search({ sort: { field: 'INITIATION_TIMESTAMP', order }, maxResults: 2 });
      const reported: string[] = [];
      let page = await aws.connect.searchContacts(asked);
      for (; ; page = await aws.connect.searchContacts({ ...asked, nextToken: page.nextToken as string })) {
        expect(page.totalCount).toBe(5);
        reported.push(...page.contacts.map(({ id }) => id));
        if (page.nextToken === undefined) break;
      }
      expect(reported).toEqual(order === 'ASCENDING' ? ids : ids.toReversed());
    }
    expect(aws.calls()).toHaveLength(6);
  });

  it.each<[string, Partial<SearchContactsRequest>, object]>([
    ['an unknown instance', { instanceId: UNKNOWN_ID }, { resource: 'INSTANCE', member: 'instanceId' }],
    ['a foreign token', { nextToken: 'x' }, { violations: [{ path: ['nextToken'] }] }],
    ['a page of 101', { maxResults: 101 }, { violations: [{ path: ['maxResults'] }] }],
    [
      'an empty range',
      { timeRange: { ...RANGE, to: RANGE.from } },
      { code: 'InvalidParameterException', violations: [{ path: ['timeRange'] }] },
    ],
    [
      'the ARN of something else as a queue',
      { criteria: { queueIds: ['q', `${SAMPLE.instanceArn}/agent/a`] } },
      { violations: [{ path: ['criteria', 'queueIds', 1] }] },
    ],
    [
      'more attributes than the API takes',
      { criteria: { attributes: { criteria: Array(16).fill({ key: 'k', values: ['v'] }), match: 'MATCH_ALL' } } },
      { violations: [{ path: ['criteria', 'attributes'], message: expect.stringContaining('at most 15') }] },
    ],
  ])('says by the port’s names what is wrong with %s', async (_what, members, expected) => {
    await using aws = await openTestAws();
    expect(await refusal(aws.connect.searchContacts(search(members)))).toMatchObject(expected);
  });

  it('is broken off by its caller', async () => {
    await using aws = await openTestAws();
    const signal = AbortSignal.abort();
    expect(await refusal(aws.connect.searchContacts(search(), { signal }))).toMatchObject({ code: 'Cancelled' });
  });
});

import { expect } from '@jest/globals';
import type { SearchContactsRequest, SearchCriteria } from '../../../src/connect/contact-search.js';
import { DECISION, modelOf, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID, type World } from '../world.js';
import { freshToken } from './tokens.js';

const SEARCH = modelOf('SearchContacts');
const HOUR = 3_600_000;

/** Finding what was just made: a real instance's index follows after a while that no document states. */
const FRESH = { needs: ['freshSearch'] } as const;
const FRESH_BY_CLOCK = { needs: ['freshSearch', 'clock'] } as const;

type Asked = Partial<Omit<SearchContactsRequest, 'instanceId'>>;

/** A search of what began within an hour of now. */
function asked(world: World, members: Asked = {}): SearchContactsRequest {
  const from = new Date(world.now() - HOUR);
  const to = new Date(world.now() + HOUR);
  return {
    instanceId: world.fixtures.instanceId,
    timeRange: { type: 'INITIATION_TIMESTAMP', from, to },
    ...members,
  };
}

/** The ids that a search among tasks of one name finds. */
async function find(world: World, name: string, criteria: SearchCriteria = {}, members: Asked = {}) {
  const all = { name: { texts: [name], match: 'MATCH_EXACT' } as const, ...criteria };
  const { contacts } = await world.connect.searchContacts(asked(world, { criteria: all, ...members }));
  return contacts.map(({ id }) => id).toSorted();
}

/** Tasks of one name that no other rule gives; so many milliseconds apart, where the rule may set the clock. */
async function startEach(world: World, count: number, apart = 0): Promise<{ name: string; ids: readonly string[] }> {
  const name = freshToken(world);
  const ids: string[] = [];
  for (let task = 0; task < count; task++) {
    ids.push(await world.start({ name }));
    if (apart > 0) world.clock.now += apart;
  }
  return { name, ids };
}

const TOO_MUCH: readonly (readonly [id: string, what: string, criteria: SearchCriteria])[] = [
  ['texts-101', '101 texts of a name', { name: { texts: Array(101).fill('t'), match: 'MATCH_ANY' } }],
  ['text-129', 'a text of 129 characters', { name: { texts: ['t'.repeat(129)], match: 'MATCH_ANY' } }],
  ['queues-101', '101 queues', { queueIds: Array(101).fill('q') }],
  ['agents-101', '101 agents', { agentIds: Array(101).fill('a') }],
  [
    'attributes-16',
    '16 attributes',
    {
      attributes: {
        criteria: Array.from({ length: 16 }, (_, index) => ({ key: `k${index}`, values: ['v'] })),
        match: 'MATCH_ALL',
      },
    },
  ],
  [
    'attribute-values-21',
    '21 values of an attribute',
    { attributes: { criteria: [{ key: 'k', values: Array(21).fill('v') }], match: 'MATCH_ALL' } },
  ],
];

/** Searches. */
export const searchRules: readonly Rule[] = [
  must(
    'search/by-name',
    'find a task by its whole name, and no other',
    SEARCH,
    async (world) => {
      const { name, ids } = await startEach(world, 2);
      await startEach(world, 1);
      expect(await find(world, name)).toEqual(ids.toSorted());
    },
    FRESH,
  ),
  must(
    'search/name-words',
    'match all, any or none of the texts of a name',
    SEARCH,
    async (world) => {
      const token = freshToken(world);
      const both = await world.start({ name: `${token} apple pear` });
      const one = await world.start({ name: `${token} apple` });
      const none = await world.start({ name: `${token} plum` });
      const by = async (match: 'MATCH_ALL' | 'MATCH_ANY' | 'MATCH_NONE', ...texts: string[]) => {
        const { contacts } = await world.connect.searchContacts(asked(world, { criteria: { name: { texts, match } } }));
        return contacts.map(({ id }) => id).filter((id) => [both, one, none].includes(id));
      };
      expect(await by('MATCH_ALL', token, 'apple', 'pear')).toEqual([both]);
      expect((await by('MATCH_ANY', `${token} apple`, `${token} plum`)).toSorted()).toEqual(
        [both, one, none].toSorted(),
      );
      expect(await by('MATCH_NONE', 'apple', 'conformance')).toEqual([]);
    },
    FRESH,
  ),
  must(
    'search/without',
    'find the contacts that lack a timestamp, or each of several',
    SEARCH,
    async (world) => {
      const name = freshToken(world);
      const open = await world.start({ name });
      const scheduled = await world.start({ name, scheduledTime: world.in(HOUR / 2) });
      await world.connect.stopContact(world.about(await world.start({ name })));
      const by = (...without: NonNullable<SearchCriteria['without']>) => find(world, name, { without });
      expect(await by('DISCONNECT_TIMESTAMP')).toEqual([open, scheduled].toSorted());
      expect(await by('DISCONNECT_TIMESTAMP', 'SCHEDULED_TIMESTAMP')).toEqual([open]);
      expect(await by('DISCONNECT_TIMESTAMP', 'CONNECTED_TO_AGENT_TIMESTAMP', 'ENQUEUE_TIMESTAMP')).toEqual(
        [open, scheduled].toSorted(),
      );
      expect(await by('INITIATION_TIMESTAMP')).toEqual([]);
    },
    FRESH,
  ),
  must(
    'search/without-expired',
    'find no expired task among those without an end',
    SEARCH,
    async (world) => {
      const name = freshToken(world);
      const open = await world.start({ name });
      await world.start({ name, expiryMinutes: 1 });
      world.clock.now += 60_000;
      expect(await find(world, name, { without: ['DISCONNECT_TIMESTAMP'] })).toEqual([open]);
    },
    FRESH_BY_CLOCK,
  ),
  must(
    'search/by-expiry',
    'sort by the expiry',
    SEARCH,
    async (world) => {
      const name = freshToken(world);
      const late = await world.start({ name, expiryMinutes: 30 });
      const soon = await world.start({ name, expiryMinutes: 10 });
      const criteria: SearchCriteria = { name: { texts: [name], match: 'MATCH_EXACT' } };
      for (const [order, expected] of [
        ['ASCENDING', [soon, late]],
        ['DESCENDING', [late, soon]],
      ] as const) {
        const sort = { field: 'EXPIRY_TIMESTAMP', order } as const;
        const { contacts } = await world.connect.searchContacts(asked(world, { criteria, sort }));
        expect(contacts.map(({ id }) => id)).toEqual(expected);
      }
    },
    FRESH,
  ),
  must(
    'search/summary',
    'report the links and times of a contact',
    SEARCH,
    async (world) => {
      const name = freshToken(world);
      const root = await world.start({ name: `${name} root` });
      const id = await world.start({ name, previousContactId: root, scheduledTime: world.in(HOUR / 2) });
      const criteria: SearchCriteria = { name: { texts: [name], match: 'MATCH_EXACT' } };
      const { contacts } = await world.connect.searchContacts(asked(world, { criteria }));
      const { arn, initiatedAt, scheduledTime } = await world.contact(id);
      const links = { initialContactId: root, previousContactId: root };
      const made = { channel: 'TASK', initiationMethod: 'API' };
      expect(contacts).toMatchObject([{ id, arn, name, initiatedAt, scheduledTime, ...links, ...made }]);
      expect(contacts[0]).not.toHaveProperty('endedAt');
    },
    FRESH,
  ),
  must(
    'search/time-range',
    'find nothing outside the range of time',
    SEARCH,
    async (world) => {
      const { name, ids } = await startEach(world, 1);
      const within = (from: number, to: number) => ({
        timeRange: {
          type: 'INITIATION_TIMESTAMP' as const,
          from: new Date(world.now() + from),
          to: new Date(world.now() + to),
        },
      });
      expect(await find(world, name, {}, within(-HOUR, HOUR))).toEqual(ids);
      expect(await find(world, name, {}, within(HOUR, 2 * HOUR))).toEqual([]);
      expect(await find(world, name, {}, within(-2 * HOUR, -HOUR))).toEqual([]);
    },
    FRESH,
  ),
  should(
    'search/half-open-range',
    'hold the start of a range in it, and not its end',
    DECISION,
    async (world) => {
      const { name, ids } = await startEach(world, 1);
      const { initiatedAt } = await world.contact(ids[0] as string);
      const within = (from: number, to: number) => ({
        timeRange: {
          type: 'INITIATION_TIMESTAMP' as const,
          from: new Date(initiatedAt.getTime() + from),
          to: new Date(initiatedAt.getTime() + to),
        },
      });
      expect(await find(world, name, {}, within(0, 1))).toEqual(ids);
      expect(await find(world, name, {}, within(-1000, 0))).toEqual([]);
    },
    FRESH,
  ),
  must(
    'search/other-times',
    'find by the scheduled time, and by the end',
    SEARCH,
    async (world) => {
      const name = freshToken(world);
      const scheduled = await world.start({ name, scheduledTime: world.in(HOUR / 2) });
      const stopped = await world.start({ name });
      await world.connect.stopContact(world.about(stopped));
      const by = (type: SearchContactsRequest['timeRange']['type']) =>
        find(world, name, {}, { timeRange: { ...asked(world).timeRange, type } });
      expect(await by('SCHEDULED_TIMESTAMP')).toEqual([scheduled]);
      expect(await by('DISCONNECT_TIMESTAMP')).toEqual([stopped]);
      expect(await by('CONNECTED_TO_AGENT_TIMESTAMP')).toEqual([]);
      expect(await by('ENQUEUE_TIMESTAMP')).toEqual([]);
    },
    FRESH,
  ),
  must(
    'search/channels-and-methods',
    'find by channel and by method of initiation',
    SEARCH,
    async (world) => {
      const { name, ids } = await startEach(world, 1);
      expect(await find(world, name, { channels: ['TASK', 'VOICE'] })).toEqual(ids);
      expect(await find(world, name, { channels: ['VOICE'] })).toEqual([]);
      expect(await find(world, name, { initiationMethods: ['API'] })).toEqual(ids);
      expect(await find(world, name, { initiationMethods: ['INBOUND'] })).toEqual([]);
    },
    FRESH,
  ),
  must(
    'search/queues-and-agents',
    'find no task of a queue or an agent that never had it',
    SEARCH,
    async (world) => {
      const { name } = await startEach(world, 1);
      expect(await find(world, name, { queueIds: [world.id('queue')] })).toEqual([]);
      expect(await find(world, name, { agentIds: [world.id('user')] })).toEqual([]);
    },
    { needs: ['freshSearch', 'queue', 'user'] },
  ),
  must(
    'search/attributes',
    'find by user-defined attributes: all, any or none of them',
    SEARCH,
    async (world) => {
      const name = freshToken(world);
      const gold = await world.start({ name, attributes: [{ key: 'plan', value: 'gold' }] });
      const both = await world.start({
        name,
        attributes: [
          { key: 'plan', value: 'silver' },
          { key: 'region', value: 'eu' },
        ],
      });
      const none = await world.start({ name });
      const criteria = [
        { key: 'plan', values: ['gold', 'silver'] },
        { key: 'region', values: ['eu'] },
      ];
      const by = (match: 'MATCH_ALL' | 'MATCH_ANY' | 'MATCH_NONE') =>
        find(world, name, { attributes: { criteria, match } });
      expect(await by('MATCH_ALL')).toEqual([both]);
      expect(await by('MATCH_ANY')).toEqual([gold, both].toSorted());
      expect(await by('MATCH_NONE')).toEqual([none]);
    },
    FRESH,
  ),
  should(
    'search/shared-attributes',
    'find each contact of a chain by the attributes that it shares',
    DECISION,
    async (world) => {
      const name = freshToken(world);
      const root = await world.start({ name });
      const attributes = [{ key: 'plan', value: name }];
      const child = await world.start({ name, previousContactId: root, attributes });
      const criteria = [{ key: 'plan', values: [name] }];
      expect(await find(world, name, { attributes: { criteria, match: 'MATCH_ALL' } })).toEqual(
        [root, child].toSorted(),
      );
    },
    FRESH,
  ),
  must(
    'search/tags',
    'find by tags: all of one group',
    SEARCH,
    async (world) => {
      const { name, ids } = await startEach(world, 2);
      const [blue = ''] = ids;
      const team = { key: 'team', value: 'blue' };
      await world.connect.tagContact({ ...world.about(blue), tags: [team] });
      const other = { key: 'team', value: 'red' };
      expect(await find(world, name, { tags: [[team]] })).toEqual([blue]);
      expect(await find(world, name, { tags: [[other], [team]] })).toEqual([blue]);
      expect(await find(world, name, { tags: [[team, { key: 'x', value: 'y' }]] })).toEqual([]);
    },
    FRESH,
  ),
  must(
    'search/all-criteria',
    'find what meets all criteria',
    SEARCH,
    async (world) => {
      const name = freshToken(world);
      const attributes = { criteria: [{ key: 'plan', values: ['gold'] }], match: 'MATCH_ALL' } as const;
      const id = await world.start({ name, attributes: [{ key: 'plan', value: 'gold' }] });
      await world.start({ name });
      expect(await find(world, name, { attributes, channels: ['TASK'], initiationMethods: ['API'] })).toEqual([id]);
      expect(await find(world, name, { attributes, channels: ['VOICE'] })).toEqual([]);
    },
    FRESH,
  ),
  should(
    'search/empty-lists',
    'let every contact through where a list of criteria is empty',
    DECISION,
    async (world) => {
      const { name, ids } = await startEach(world, 1);
      const attributes = { criteria: [], match: 'MATCH_ALL' } as const;
      expect(await find(world, name, { channels: [], queueIds: [], tags: [], attributes })).toEqual(ids);
    },
    FRESH,
  ),
  must(
    'search/pages',
    'give each contact once, page by page, and count them all on each page',
    SEARCH,
    async (world) => {
      const { name, ids } = await startEach(world, 5);
      const first = asked(world, { criteria: { name: { texts: [name], match: 'MATCH_EXACT' } }, maxResults: 2 });
      const found: string[] = [];
      for (let page = await world.connect.searchContacts(first); ; ) {
        expect(page.contacts.length).toBeLessThanOrEqual(2);
        expect(page.totalCount ?? 5).toBe(5);
        found.push(...page.contacts.map(({ id }) => id));
        if (page.nextToken === undefined) break;
        page = await world.connect.searchContacts({ ...first, nextToken: page.nextToken });
      }
      expect(found.toSorted()).toEqual(ids.toSorted());
    },
    FRESH,
  ),
  must(
    'search/sort',
    'sort by time, the first or the last at first',
    SEARCH,
    async (world) => {
      const { name, ids } = await startEach(world, 3, 7);
      const sorted = async (order: 'ASCENDING' | 'DESCENDING') => {
        const criteria: SearchCriteria = { name: { texts: [name], match: 'MATCH_EXACT' } };
        const sort = { field: 'INITIATION_TIMESTAMP', order } as const;
        return (await world.connect.searchContacts(asked(world, { criteria, sort }))).contacts.map(({ id }) => id);
      };
      expect(await sorted('ASCENDING')).toEqual(ids);
      expect(await sorted('DESCENDING')).toEqual(ids.toReversed());
    },
    FRESH_BY_CLOCK,
  ),
  should(
    'search/usual-sort',
    'give the latest contacts first where no sort is asked for',
    DECISION,
    async (world) => {
      const { name, ids } = await startEach(world, 3, 7);
      const criteria: SearchCriteria = { name: { texts: [name], match: 'MATCH_EXACT' } };
      const { contacts } = await world.connect.searchContacts(asked(world, { criteria }));
      expect(contacts.map(({ id }) => id)).toEqual(ids.toReversed());
    },
    FRESH_BY_CLOCK,
  ),
  must(
    'search/expired',
    'find a task that has expired by its end',
    SEARCH,
    async (world) => {
      const name = freshToken(world);
      const id = await world.start({ name, expiryMinutes: 1 });
      const ended = { timeRange: { ...asked(world).timeRange, type: 'DISCONNECT_TIMESTAMP' as const } };
      expect(await find(world, name, {}, ended)).toEqual([]);
      world.clock.now += 60_000;
      expect(await find(world, name, {}, ended)).toEqual([id]);
    },
    FRESH_BY_CLOCK,
  ),
  must('search/finds-nothing', 'answer an empty page where nothing is found', SEARCH, async (world) => {
    const criteria: SearchCriteria = { name: { texts: [freshToken(world)], match: 'MATCH_EXACT' } };
    const { contacts, nextToken, totalCount } = await world.connect.searchContacts(asked(world, { criteria }));
    expect([contacts, nextToken, totalCount ?? 0]).toEqual([[], undefined, 0]);
  }),
  must('search/start-before-end', 'refuse a range that ends as it starts, or before', SEARCH, async (world) => {
    const { timeRange } = asked(world);
    for (const range of [
      { ...timeRange, to: timeRange.from },
      { ...timeRange, from: timeRange.to, to: timeRange.from },
    ]) {
      const refusal = await world.refusal(world.connect.searchContacts(asked(world, { timeRange: range })));
      expect(refusal.code).toBe('InvalidParameterException');
    }
  }),
  should('search/longest-range', 'take a range of ten years', DECISION, async (world) => {
    const { timeRange } = asked(world);
    const from = new Date(world.now() - 3650 * 24 * HOUR);
    const { contacts } = await world.connect.searchContacts(
      asked(world, { timeRange: { ...timeRange, from }, maxResults: 1 }),
    );
    expect(contacts.length).toBeLessThanOrEqual(1);
  }),
  must('search/max-results', 'refuse to give 0 or 101 contacts at once', SEARCH, async (world) => {
    for (const maxResults of [0, 101]) {
      const refusal = await world.refusal(world.connect.searchContacts(asked(world, { maxResults })));
      expect(refusal.code).toBe('InvalidParameterException');
    }
  }),
  ...TOO_MUCH.map(([id, what, criteria]) =>
    must(`search/${id}`, `refuse ${what}`, SEARCH, async (world) => {
      const refusal = await world.refusal(world.connect.searchContacts(asked(world, { criteria })));
      expect(refusal.code).toBe('InvalidParameterException');
    }),
  ),
  must('search/unknown-instance', 'not find an unknown instance', SEARCH, async (world) => {
    const call = world.connect.searchContacts({ ...asked(world), instanceId: UNKNOWN_ID });
    expect((await world.refusal(call)).code).toBe('ResourceNotFoundException');
  }),
  should('search/token', 'refuse a token that no search gave', DECISION, async (world) => {
    const refusal = await world.refusal(world.connect.searchContacts(asked(world, { nextToken: 'x' })));
    expect(refusal.code).toBe('InvalidParameterException');
  }),
  should(
    'search/token-of-other-search',
    'refuse the token of another search',
    DECISION,
    async (world) => {
      const { name } = await startEach(world, 2);
      const first = asked(world, { criteria: { name: { texts: [name], match: 'MATCH_EXACT' } }, maxResults: 1 });
      const { nextToken = '' } = await world.connect.searchContacts(first);
      for (const other of [{ criteria: {} }, { sort: { field: 'CHANNEL', order: 'ASCENDING' } }] as const) {
        const refusal = await world.refusal(world.connect.searchContacts({ ...first, ...other, nextToken }));
        expect(refusal.code).toBe('InvalidParameterException');
      }
    },
    FRESH,
  ),
];

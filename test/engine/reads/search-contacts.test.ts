import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { SearchContactsRequest, SearchCriteria, SearchSortField } from '../../../src/connect/contact-search.js';
import { EmbeddedConnect } from '../../../src/engine/engine.js';
import { sampleInstance } from '../../../src/engine/seed/sample-instance.js';
import { openPostgresStore, POSTGRES_DIALECT } from '../../../src/engine/store/postgres.js';
import type { Content } from '../../../src/engine/store/store.js';
import { DEFAULT_QUOTAS } from '../../../src/engine/decide/state.js';
import { MINUTE, NOW, openTestEngine, refusal, SAMPLE, SECOND, UNKNOWN_ID } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { contactOf } from '../../support/resources.js';

const { instanceId } = SAMPLE;
type Row = Content['contacts'][number];

/** A task that began some seconds after NOW, with what a test says of it. */
function task(id: string, second: number, given: Partial<Row> = {}, attributes: readonly [string, string][] = []) {
  const { contacts, chains } = contactOf('TASK', id);
  const initiatedAt = NOW + second * SECOND;
  return {
    contacts: contacts.map((row) => ({ ...row, initiationMethod: 'API', initiatedAt, ...given })),
    chains: chains.map((row) => ({ ...row, attributes: JSON.stringify(attributes) })),
  };
}

function together(...parts: readonly Pick<Content, 'contacts' | 'chains'>[]): Pick<Content, 'contacts' | 'chains'> {
  return { contacts: parts.flatMap(({ contacts }) => contacts), chains: parts.flatMap(({ chains }) => chains) };
}

const TAG = { key: 'team', value: 'blue' };

/** Contacts that differ in whatever can be searched. */
const CONTENT = together(
  task('a', 0, { name: 'Call back Ann', queueId: 'q1', enqueuedAt: NOW + 5 * SECOND }, [['plan', 'gold']]),
  task('b', 1, { name: 'call BACK 100% Bob', agentId: 'u1', connectedAt: NOW + 9 * SECOND }, [
    ['plan', 'silver'],
    ['region', 'eu'],
  ]),
  task('c', 2, { name: 'Mail_Cleo', initiationMethod: 'TRANSFER', tags: JSON.stringify([TAG]) }, [['region', 'eu']]),
  task('d', 3, { expiresAt: NOW + MINUTE, scheduledAt: NOW + 4 * SECOND }),
  task('e', 4, { name: 'Ännchen', endedAt: NOW + 30 * SECOND, channel: 'VOICE' }),
  task('f', 4, {
    name: 'MailXCleo',
    expiresAt: NOW + 40 * MINUTE,
    tags: JSON.stringify([TAG, { key: 'x', value: 'y' }]),
  }),
);

/** When the searches take place: d has expired, and that is written nowhere. */
const LATER = NOW + 2 * MINUTE;

let server: TestPostgres;
let onPostgres: EmbeddedConnect;
beforeAll(async () => {
  server = await testPostgres();
  onPostgres = await openOnPostgres();
});
afterAll(async () => {
  await onPostgres.close();
  await server.stop();
});

async function openOnSqlite() {
  const test = await openTestEngine({ content: CONTENT });
  test.clock.now = LATER;
  return { engine: test.engine, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
}

/** Searches change nothing, so that one database serves all tests. */
async function openOnPostgres(): Promise<EmbeddedConnect> {
  const store = await openPostgresStore({
    url: await server.createDatabase(),
    shownUrl: 'the test database',
    content: { ...sampleInstance(NOW), ...CONTENT },
    dialect: { ...POSTGRES_DIALECT, clock: () => sql<number>`cast(${LATER} as bigint)` },
  });
  return new EmbeddedConnect({ store, quotas: DEFAULT_QUOTAS });
}

const RANGE: SearchContactsRequest['timeRange'] = {
  type: 'INITIATION_TIMESTAMP',
  from: new Date(NOW),
  to: new Date(NOW + MINUTE),
};

function search(members: Partial<SearchContactsRequest> = {}): SearchContactsRequest {
  return { instanceId, timeRange: RANGE, ...members };
}

describe.each([
  ['SQLite', openOnSqlite],
  ['PostgreSQL', async () => ({ engine: onPostgres, [Symbol.asyncDispose]: async () => {} })],
] as const)('SearchContacts on %s', (_name, open) => {
  it('finds the contacts of a range, the latest first, and counts them; the end of the range is not in it', async () => {
    await using opened = await open();
    const { contacts, totalCount, nextToken } = await opened.engine.searchContacts(search());
    expect(contacts.map(({ id }) => id).join('')).toBe('fedcba');
    expect({ totalCount, nextToken }).toEqual({ totalCount: 6, nextToken: undefined });
    const part = search({ timeRange: { ...RANGE, from: new Date(NOW + SECOND), to: new Date(NOW + 4 * SECOND) } });
    expect((await opened.engine.searchContacts(part)).contacts.map(({ id }) => id).join('')).toBe('dcb');
  });

  it('finds by each timestamp; a task whose expiry has passed has ended then', async () => {
    await using opened = await open();
    const found = async (type: SearchContactsRequest['timeRange']['type'], until = 2 * MINUTE) => {
      const timeRange = { ...RANGE, type, to: new Date(NOW + until) };
      return (await opened.engine.searchContacts(search({ timeRange }))).contacts.map(({ id }) => id).join('');
    };
    expect(await found('SCHEDULED_TIMESTAMP')).toBe('d');
    expect(await found('CONNECTED_TO_AGENT_TIMESTAMP')).toBe('b');
    expect(await found('ENQUEUE_TIMESTAMP')).toBe('a');
    expect(await found('DISCONNECT_TIMESTAMP')).toBe('ed');
    expect(await found('DISCONNECT_TIMESTAMP', MINUTE)).toBe('e');
    expect(await found('DISCONNECT_TIMESTAMP', 60 * MINUTE)).toBe('ed');
  });

  it.each<[string, SearchCriteria, string]>([
    ['all parts of a name, in any case', { name: { texts: ['CALL', 'back'], match: 'MATCH_ALL' } }, 'ba'],
    ['any part of a name', { name: { texts: ['ann', 'bob'], match: 'MATCH_ANY' } }, 'ba'],
    ['a whole name', { name: { texts: ['Call back Ann', 'ann'], match: 'MATCH_EXACT' } }, 'a'],
    ['no part of a name', { name: { texts: ['call', 'mail'], match: 'MATCH_NONE' } }, 'ed'],
    ['letters beyond A to Z in any case', { name: { texts: ['äNNCHEN'], match: 'MATCH_ANY' } }, 'e'],
    ['such letters, written alike', { name: { texts: ['Ännchen'], match: 'MATCH_ANY' } }, 'e'],
    ['a percent sign, which is none of LIKE', { name: { texts: ['0%'], match: 'MATCH_ANY' } }, 'b'],
    ['an underscore likewise', { name: { texts: ['l_c'], match: 'MATCH_ANY' } }, 'c'],
    ['the escape itself', { name: { texts: ['!', "'"], match: 'MATCH_ANY' } }, ''],
    ['channels', { channels: ['VOICE', 'CHAT'] }, 'e'],
    ['initiation methods', { initiationMethods: ['TRANSFER'] }, 'c'],
    ['queues, by ARN too', { queueIds: [`${SAMPLE.instanceArn}/queue/q1`] }, 'a'],
    ['agents', { agentIds: ['u1', 'u2'] }, 'b'],
    ['an attribute', { attributes: { criteria: [{ key: 'region', values: ['eu'] }], match: 'MATCH_ALL' } }, 'cb'],
    [
      'all attributes',
      {
        attributes: {
          criteria: [
            { key: 'region', values: ['eu'] },
            { key: 'plan', values: ['gold', 'silver'] },
          ],
          match: 'MATCH_ALL',
        },
      },
      'b',
    ],
    ['no attribute', { attributes: { criteria: [{ key: 'plan', values: ['gold'] }], match: 'MATCH_NONE' } }, 'fedcb'],
    ['a tag', { tags: [[TAG]] }, 'fc'],
    ['groups of tags', { tags: [[TAG, { key: 'x', value: 'y' }], [{ key: 'none', value: '' }]] }, 'f'],
    ['all criteria at once', { tags: [[TAG]], initiationMethods: ['API'] }, 'f'],
    [
      'empty lists, which let all through',
      { channels: [], tags: [], name: { texts: [], match: 'MATCH_ALL' } },
      'fedcba',
    ],
  ])('finds by %s', async (_what, criteria, expected) => {
    await using opened = await open();
    const { contacts, totalCount } = await opened.engine.searchContacts(search({ criteria }));
    expect(contacts.map(({ id }) => id).join('')).toBe(expected);
    expect(totalCount).toBe(expected.length);
  });

  it('gives each contact once and in order, whatever the sort and the size of the pages', async () => {
    await using opened = await open();
    const fields: readonly SearchSortField[] = [
      'INITIATION_TIMESTAMP',
      'SCHEDULED_TIMESTAMP',
      'CONNECTED_TO_AGENT_TIMESTAMP',
      'DISCONNECT_TIMESTAMP',
      'INITIATION_METHOD',
      'CHANNEL',
      'EXPIRY_TIMESTAMP',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fields),
        fc.constantFrom('ASCENDING' as const, 'DESCENDING' as const),
        fc.integer({ min: 1, max: 7 }),
        async (field, order, maxResults) => {
          const sort = { field, order };
          const whole = await opened.engine.searchContacts(search({ sort }));
          const ids: string[] = [];
          let nextToken: string | undefined;
          do {
            const asked = search({ sort, maxResults, ...(nextToken !== undefined && { nextToken }) });
            const page = await opened.engine.searchContacts(asked);
            expect(page.contacts.length).toBeLessThanOrEqual(maxResults);
            ids.push(...page.contacts.map(({ id }) => id));
            nextToken = page.nextToken;
          } while (nextToken !== undefined);
          expect(ids).toEqual(whole.contacts.map(({ id }) => id));
          expect(ids).toEqual(sorted(field, order));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuses tokens of another search; a forged one never reaches the database as another type', async () => {
    await using opened = await open();
    const { nextToken = '' } = await opened.engine.searchContacts(search({ maxResults: 1 }));
    const other = search({ nextToken, criteria: { channels: ['TASK'] } });
    expect(await refusal(opened.engine.searchContacts(other))).toMatchObject({
      violations: [{ rule: 'engine/next-token' }],
    });
    const { of } = JSON.parse(Buffer.from(nextToken, 'base64url').toString());
    for (const after of [[], ['x', 'y', 'z'], [1.5, {}, null], [null, 1e300, 1]]) {
      const forged = Buffer.from(JSON.stringify({ of, after })).toString('base64url');
      const [outcome] = await Promise.allSettled([opened.engine.searchContacts(search({ nextToken: forged }))]);
      const code = outcome.status === 'fulfilled' ? 'found' : (outcome.reason as { code: string }).code;
      expect(['found', 'InvalidParameterException']).toContain(code);
    }
  });
});

/** The order that a search must have, reported by the rows themselves. */
function sorted(field: SearchSortField, order: 'ASCENDING' | 'DESCENDING'): readonly string[] {
  const keyOf = (row: Row): string | number | null => {
    const end = row.expiresAt !== null && row.expiresAt <= LATER ? row.expiresAt : row.endedAt;
    switch (field) {
      case 'INITIATION_TIMESTAMP':
        return row.initiatedAt;
      case 'SCHEDULED_TIMESTAMP':
        return row.scheduledAt;
      case 'CONNECTED_TO_AGENT_TIMESTAMP':
        return row.connectedAt;
      case 'DISCONNECT_TIMESTAMP':
        return end;
      case 'INITIATION_METHOD':
        return row.initiationMethod;
      case 'CHANNEL':
        return row.channel;
      case 'EXPIRY_TIMESTAMP':
        return row.expiresAt;
    }
  };
  const way = order === 'ASCENDING' ? 1 : -1;
  const compare = (a: string | number, b: string | number) => (a < b ? -way : a > b ? way : 0);
  return CONTENT.contacts
    .toSorted((a, b) => {
      const [keyA, keyB] = [keyOf(a), keyOf(b)];
      if ((keyA === null) !== (keyB === null)) return keyA === null ? 1 : -1;
      return (keyA === null || keyB === null ? 0 : compare(keyA, keyB)) || compare(a.id, b.id);
    })
    .map(({ id }) => id);
}

describe('SearchContacts', () => {
  const at = (ms: number) => ({ ...RANGE, from: new Date(NOW), to: new Date(ms) });
  it.each<[string, Partial<SearchContactsRequest>, object]>([
    ['an empty range', { timeRange: at(NOW) }, { violations: [{ rule: 'api/search-start-before-end' }] }],
    ['no instant', { timeRange: at(Number.NaN) }, { violations: [{ rule: 'api/search-start-before-end' }] }],
    ['a page of 0', { maxResults: 0 }, { violations: [{ rule: 'api/max-results' }] }],
    ['a page of 101', { maxResults: 101 }, { violations: [{ rule: 'api/max-results' }] }],
    ['an unknown instance', { instanceId: UNKNOWN_ID }, { resource: 'INSTANCE' }],
    ['a foreign ARN', { criteria: { queueIds: ['arn:aws:x/queue/q'] } }, { code: 'InvalidParameterException' }],
    ['101 queues', { criteria: { queueIds: Array(101).fill('q') } }, { violations: [{ actual: '101' }] }],
    [
      'text that cannot be stored',
      { criteria: { name: { texts: ['\0'], match: 'MATCH_ANY' } } },
      { code: 'InvalidParameterException' },
    ],
    ['a group of no tag', { criteria: { tags: [[]] } }, { violations: [{ rule: 'engine/search-tag-group' }] }],
  ])('refuses %s', async (_what, members, expected) => {
    await using test = await openTestEngine();
    expect(await refusal(test.engine.searchContacts(search(members)))).toMatchObject(expected);
  });

  it.each([
    ['initiatedAt', 'contactByInitiation'],
    ['scheduledAt', 'contactByScheduledAt'],
    ['endedAt', 'contactByEndedAt'],
    ['enqueuedAt', 'contactByEnqueuedAt'],
    ['connectedAt', 'contactByConnectedAt'],
  ])('goes through a range of %s by an index', async (column, index) => {
    await using test = await openTestEngine();
    const plan = test.rows(`explain query plan select * from contact where "instanceId" = 'a'
      and "${column}" >= 1 and "${column}" < 2 order by "${column}" desc, "id" desc`);
    expect(JSON.stringify(plan)).toContain(index);
    expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
  });
});

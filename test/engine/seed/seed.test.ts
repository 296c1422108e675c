import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTACT_FLOW_TYPES, QUICK_CONNECT_TYPES } from '../../../src/connect/catalog.js';
import type { EmbeddedConnect } from '../../../src/engine/engine.js';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import { SeedError } from '../../../src/engine/seed/seed.js';
import type { Quotas } from '../../../src/engine/decide/state.js';
import { TASK_TEMPLATE_FIELD_TYPES } from '../../../src/connect/task-template.js';
import { MINUTE, NOW, refusal, request, SAMPLE } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { temporaryFolder } from '../../support/process.js';

const INSTANCE = '10000000-0000-4000-8000-0000000000aa';

/** A seed with one of everything, and what a test adds to its instance. */
function seedOf(more: Readonly<Record<string, unknown>> = {}) {
  return {
    instances: [
      {
        id: INSTANCE,
        alias: 'support',
        contactFlows: [
          { id: 'flow', name: 'Flow' },
          { id: 'to-queue', name: 'To queue', type: 'QUEUE_TRANSFER' },
        ],
        queues: [{ id: 'queue', name: 'Queue' }],
        users: [{ id: 'user', username: 'user' }],
        quickConnects: [
          { id: 'qc', name: 'Quick connect', type: 'QUEUE', queueId: 'queue', contactFlowId: 'to-queue' },
        ],
        taskTemplates: [
          { id: 'template', name: 'Template', contactFlowId: 'flow', fields: [{ name: 'Name', type: 'NAME' }] },
        ],
        contacts: [
          { id: 'call', channel: 'VOICE', initiatedAt: '2026-01-15T09:30:00Z', endedAt: '2026-01-15T09:35:00Z' },
          { id: 'linked', name: 'Linked', contactFlowId: 'flow', previousContactId: 'call', attributes: { a: '1' } },
          { id: 'queued', name: 'Queued', quickConnectId: 'qc', state: 'QUEUED', queueId: 'queue' },
          { id: 'at-work', name: 'At work', taskTemplateId: 'template', state: 'AFTER_CONTACT_WORK', userId: 'user' },
          { id: 'done', name: 'Done', contactFlowId: 'flow', state: 'COMPLETED', queueId: 'queue', userId: 'user' },
          { id: 'later', name: 'Later', contactFlowId: 'flow', scheduledInMinutes: 60 },
        ],
        ...more,
      },
    ],
  };
}

/** A folder with a database, and engines that are opened on it one after another. */
async function startSeeds(databaseUrl?: string) {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'connect.db');
  const clock = { now: NOW };
  let open: EmbeddedConnect | undefined;
  const close = async () => {
    await open?.close();
    open = undefined;
  };
  return {
    clock,
    close,
    seedFile: join(folder.path, 'seed.json'),
    /** Opens the engine anew, with a seed. */
    async open(seed?: unknown, quotas?: Partial<Quotas>): Promise<EmbeddedConnect> {
      await close();
      if (seed !== undefined) await writeFile(this.seedFile, typeof seed === 'string' ? seed : JSON.stringify(seed));
      open = await openEmbeddedConnect({
        databaseUrl: databaseUrl ?? `file:${file}`,
        now: () => clock.now,
        ...(quotas && { quotas }),
        ...(seed !== undefined && { seedFile: this.seedFile }),
      });
      return open;
    },
    /** What opening with a seed is refused for. */
    async problems(seed: unknown, quotas?: Partial<Quotas>): Promise<readonly string[]> {
      const [outcome] = await Promise.allSettled([this.open(seed, quotas)]);
      if (outcome.status === 'fulfilled') return [];
      expect(outcome.reason).toBeInstanceOf(SeedError);
      return String((outcome.reason as Error).message)
        .split('\n  ')
        .slice(1);
    },
    /** All rows but the proofs of batches. */
    rows() {
      using database = new DatabaseSync(file, { readOnly: true });
      const tables = [
        'instance',
        'contactFlow',
        'queue',
        'connectUser',
        'quickConnect',
        'taskTemplate',
        'contact',
        'chain',
      ];
      return tables.map((table) => database.prepare(`select * from ${table} order by id`).all());
    },
    async [Symbol.asyncDispose]() {
      await close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function statesOf(engine: EmbeddedConnect, ids: readonly string[]) {
  const contacts = await engine.describeContacts({ instanceId: INSTANCE, contactIds: ids });
  return contacts.map((contact) => (contact !== null && 'state' in contact ? contact.state : undefined));
}

const ALL = ['call', 'linked', 'queued', 'at-work', 'done', 'later'];

describe('A seed', () => {
  it('adds instances with all that they hold, and tasks where it wants them', async () => {
    await using seeds = await startSeeds();
    const engine = await seeds.open(seedOf());
    expect(await statesOf(engine, ALL)).toEqual([
      'COMPLETED',
      'INITIATED',
      'QUEUED',
      'AFTER_CONTACT_WORK',
      'COMPLETED',
      'SCHEDULED',
    ]);
    expect(await engine.listChains({ instanceId: INSTANCE, contactIds: ['linked'] })).toMatchObject([
      { id: 'call', members: [{ id: 'call' }, { id: 'linked', previousContactId: 'call' }] },
    ]);
    expect(await engine.getAttributes({ instanceId: INSTANCE, contactIds: ['call'] })).toEqual([
      [{ key: 'a', value: '1' }],
    ]);
    await engine.startTaskContact({ instanceId: INSTANCE, name: 'Own', taskTemplateId: 'template' });
    await engine.startTaskContact(request());
  });

  it('applied twice changes nothing', async () => {
    await using seeds = await startSeeds();
    await seeds.open(seedOf());
    await seeds.close();
    const once = seeds.rows();
    seeds.clock.now += MINUTE;
    await seeds.open(seedOf());
    expect(seeds.rows()).toEqual(once);
  });

  it('applied again leaves alone what was made and done meanwhile', async () => {
    await using seeds = await startSeeds();
    const quotas = { activeTasks: 5, chainTasks: 2 };
    let engine = await seeds.open(seedOf(), quotas);
    seeds.clock.now += MINUTE;
    // Four of the seed's tasks are active; a fifth fills the quota and the chain.
    const linked = request({ instanceId: INSTANCE, contactFlowId: 'flow', previousContactId: 'call' });
    const { contactId } = await engine.startTaskContact(linked);
    await engine.control('connect', { instanceId: INSTANCE, contactId: 'queued' });
    await engine.updateContactAttributes({
      instanceId: INSTANCE,
      contactId: 'call',
      attributes: [{ key: 'a', value: '2' }],
    });
    seeds.clock.now = NOW;
    engine = await seeds.open(seedOf(), quotas);
    expect(await statesOf(engine, [contactId, 'queued'])).toEqual(['INITIATED', 'CONNECTED']);
    expect(await engine.getAttributes({ instanceId: INSTANCE, contactIds: ['linked'] })).toEqual([
      [{ key: 'a', value: '2' }],
    ]);
    expect(await refusal(engine.startTaskContact(linked))).toMatchObject({ quota: 'CHAIN' });
    const single = request({ instanceId: INSTANCE, contactFlowId: 'flow' });
    expect(await refusal(engine.startTaskContact(single))).toMatchObject({ quota: 'ACTIVE_TASKS' });
    await engine.control('endAfterContactWork', { instanceId: INSTANCE, contactId: 'at-work' });
    const later = await engine.startTaskContact(single);
    const [contact] = await engine.describeContacts({ instanceId: INSTANCE, contactIds: [later.contactId] });
    // The clock was set back; the instance's own never is.
    expect(contact).toMatchObject({ initiatedAt: new Date(NOW + MINUTE) });
  });

  it('adds new resources, changes existing ones and continues the counters at a later start', async () => {
    await using seeds = await startSeeds();
    await seeds.open(seedOf());
    const grown = seedOf({ queues: [{ id: 'queue', name: 'Renamed' }] });
    grown.instances[0]?.contacts.push({ id: 'new', name: 'New', contactFlowId: 'flow' } as never);
    const engine = await seeds.open(grown);
    expect(await statesOf(engine, ['new'])).toEqual(['INITIATED']);
    await seeds.close();
    const [instances, , queues] = seeds.rows();
    expect(instances).toContainEqual(expect.objectContaining({ id: INSTANCE, openTasks: 5 }));
    expect(queues).toContainEqual(expect.objectContaining({ id: 'queue', name: 'Renamed' }));
  });

  it('adds to the sample instance and refers to its resources', async () => {
    await using seeds = await startSeeds();
    const quickConnects = [{ id: 'mine', name: 'Mine', type: 'FLOW', contactFlowId: SAMPLE.contactFlow }];
    const contacts = [{ id: 'task', name: 'Task', quickConnectId: 'mine', previousContactId: SAMPLE.voiceContact }];
    const engine = await seeds.open({ instances: [{ id: SAMPLE.instanceId, quickConnects, contacts }] });
    const [chain] = await engine.listChains({ instanceId: SAMPLE.instanceId, contactIds: ['task'] });
    expect(chain).toMatchObject({ id: SAMPLE.voiceContact });
    await seeds.close();
    expect(seeds.rows()[0]).toEqual([
      expect.objectContaining({ alias: 'sample', arn: SAMPLE.instanceArn, openTasks: 1 }),
    ]);
  });
});

describe('A seed that is wrong', () => {
  const contacts = (...given: readonly object[]) => seedOf({ contacts: given });

  it.each<[string, unknown, readonly string[]]>([
    ['is no JSON', '{', [expect.stringContaining('The file is not JSON in UTF-8') as never]],
    ['is no object', '[]', [expect.stringContaining('It must be of type object') as never]],
    [
      'breaks its schema in many places',
      seedOf({
        queues: [{ id: 'a b' }],
        users: [{ id: 'u', username: 'u', age: 3 }],
        contactFlows: [{ id: 'f', name: 'F', type: 'X' }],
      }),
      [
        expect.stringMatching(
          /^instances\[0\]\.contactFlows\[0\]\.type: It must be one of CONTACT_FLOW, .*, but it is "X"\.$/,
        ) as never,
        'instances[0].queues[0].name: It is required.',
        expect.stringMatching(/^instances\[0\]\.queues\[0\]\.id: It must match pattern .* but it is "a b"\.$/) as never,
        'instances[0].users[0].age: There is no such member here.',
      ],
    ],
    [
      'has ids of another type of quick connect',
      seedOf({ quickConnects: [{ id: 'q', name: 'Q', type: 'USER', queueId: 'queue' }] }),
      [
        'instances[0].quickConnects[0].userId: It is required.',
        'instances[0].quickConnects[0].contactFlowId: It is required.',
        'instances[0].quickConnects[0].queueId: It is not allowed with this type or channel.',
      ],
    ],
    [
      'says of a call what only tasks have',
      contacts({ id: 'c', channel: 'VOICE', references: [] }),
      [
        'instances[0].contacts[0].initiatedAt: It is required.',
        'instances[0].contacts[0].references: It is not allowed with this type or channel.',
      ],
    ],
    [
      'has a number for an id',
      '{"instances":[{"id":"i","users":[{"id":9007199254740993,"username":"u"}]}]}',
      [
        expect.stringMatching(
          /^instances\[0\]\.users\[0\]\.id: It must be of type string, but it is 9007199254740992\.$/,
        ) as never,
      ],
    ],
    [
      'repeats an id',
      seedOf({
        users: [
          { id: 'u', username: 'a' },
          { id: 'u', username: 'b' },
        ],
      }),
      ['instances[0].users[1].id: It must be unique, but users[0] has it too.'],
    ],
    [
      'has a template without a name field',
      seedOf({ taskTemplates: [{ id: 't', name: 'T', fields: [] }], contacts: [] }),
      ['instances[0].taskTemplates[0].fields: Exactly one must be of type NAME, but 0 are.'],
    ],
    [
      'has a day that there is not',
      contacts({ id: 'c', channel: 'CHAT', initiatedAt: '2026-13-45T00:00:00Z' }),
      ['instances[0].contacts[0].initiatedAt: It must be an existing time, but it is 2026-13-45T00:00:00Z.'],
    ],
    [
      'has a text that no store can keep',
      seedOf({ queues: [{ id: 'queue', name: 'nul\0' }] }),
      ['instances[0].queues[0].name: It contains U+0000 at index 3, which cannot be stored. Remove it.'],
    ],
    [
      'has an ARN of another instance',
      seedOf({ arn: 'arn:aws:connect:us-east-1:111122223333:instance/other' }),
      [`instances[0].arn: It must end with the instance's id, /${INSTANCE}.`],
    ],
    [
      'names what neither it nor the database has',
      seedOf({
        quickConnects: [{ id: 'qc', name: 'Q', type: 'QUEUE', queueId: 'nowhere', contactFlowId: SAMPLE.contactFlow }],
      }),
      [
        `instances[0].quickConnects[0].contactFlowId: Neither the seed nor the database has ${SAMPLE.contactFlow} in this instance.`,
        'instances[0].quickConnects[0].queueId: Neither the seed nor the database has nowhere in this instance.',
        expect.stringMatching(/^instances\[0\]\.contacts\[2\]\.\w+: /) as never,
      ],
    ],
    [
      'has tasks that StartTaskContact would refuse',
      contacts(
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B', contactFlowId: 'flow', attributes: { 'b.c': '1' } },
        { id: 'c', name: 'C', contactFlowId: 'flow', previousContactId: 'd' },
        { id: 'd', name: 'D', contactFlowId: 'flow', state: 'QUEUED', queueId: 'nowhere' },
        { id: 'e', channel: 'CHAT', initiatedAt: '2026-01-15T09:30:00Z', userId: 'absent' },
      ),
      [
        expect.stringMatching(/^instances\[0\]\.contacts\[0\]: Expected exactly one/) as never,
        expect.stringMatching(/^instances\[0\]\.contacts\[1\]\.attributes\.b\.c: Expected/) as never,
        expect.stringMatching(/^instances\[0\]\.contacts\[2\]\.previousContactId: Contact not found/) as never,
        expect.stringMatching(/^instances\[0\]\.contacts\[3\]\.queueId: Queue not found/) as never,
        'instances[0].contacts[4].userId: Neither the seed nor the database has absent in this instance.',
      ],
    ],
  ])('%s, is reported with all problems, and changes nothing', async (_, seed, problems) => {
    await using seeds = await startSeeds();
    await seeds.open(seedOf());
    await seeds.close();
    const before = seeds.rows();
    await using fresh = await startSeeds();
    expect(await fresh.problems(seed)).toEqual(problems);
    expect(await seeds.problems(seed)).not.toEqual([]);
    expect(seeds.rows()).toEqual(before);
  });

  it('goes over a quota, is refused as a whole', async () => {
    await using seeds = await startSeeds();
    expect(await seeds.problems(seedOf(), { activeTasks: 3, chainTasks: 12 })).toEqual([
      expect.stringMatching(
        /^instances\[0\]\.contacts\[4\]: The instance has the maximum number of active tasks \(3\)/,
      ),
      expect.stringMatching(
        /^instances\[0\]\.contacts\[5\]: The instance has the maximum number of active tasks \(3\)/,
      ),
    ]);
    await (await seeds.open()).startTaskContact(request());
    expect(await (await seeds.open()).hasInstance(INSTANCE)).toBe(false);
  });

  it('is not there, is refused before a database is created', async () => {
    await using seeds = await startSeeds();
    const seedFile = `${seeds.seedFile}.not`;
    const opening = openEmbeddedConnect({ databaseUrl: `file:${seeds.seedFile}.db`, seedFile });
    await expect(opening).rejects.toThrow(/CONNECT_SEED: .*seed\.json\.not cannot be used.*\n.*ENOENT/);
    expect(() => readFileSync(`${seeds.seedFile}.db`)).toThrow('ENOENT');
  });
});

describe('schema/seed.schema.json', () => {
  it('knows the words of the port', () => {
    const { definitions } = JSON.parse(readFileSync('schema/seed.schema.json', 'utf8'));
    const wordsOf = (definition: string, member: string) => definitions[definition].properties[member].enum;
    expect(wordsOf('contactFlow', 'type')).toEqual(CONTACT_FLOW_TYPES);
    expect(wordsOf('quickConnect', 'type')).toEqual(QUICK_CONNECT_TYPES);
    expect(wordsOf('field', 'type')).toEqual(TASK_TEMPLATE_FIELD_TYPES);
  });
});

describe('A seed on PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await testPostgres();
  });
  afterAll(() => server.stop());

  it('is put in once by replicas that start at the same time, and counted once', async () => {
    const url = await server.createDatabase();
    await using seeds = await startSeeds(url);
    await seeds.open(seedOf());
    await seeds.close();
    const engines = await Promise.all(
      [1, 2, 3].map(() => openEmbeddedConnect({ databaseUrl: url, seedFile: seeds.seedFile })),
    );
    try {
      expect(await statesOf(engines[2] as EmbeddedConnect, ['queued', 'at-work'])).toEqual([
        'QUEUED',
        'AFTER_CONTACT_WORK',
      ]);
      const counted = await server.query(url, 'select "openTasks" from instance where id = $1', [INSTANCE]);
      expect(counted).toEqual([{ openTasks: '4' }]);
    } finally {
      await Promise.all(engines.map((engine) => engine.close()));
    }
  });
});

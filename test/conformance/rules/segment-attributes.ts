import { expect } from '@jest/globals';
import { API, DECISION, guideOn, modelOf, must, type Rule, should } from '../rule.js';
import { type Broken, UNKNOWN_ID, type World } from '../world.js';

const UPDATE = modelOf('UpdateContact');
const MINUTE = 60_000;

/** Lists of segment attributes that break a rule, and how it is reported. */
const BROKEN: readonly (readonly [attributes: readonly { key: string; value: string }[], Broken])[] = [
  [[{ key: '', value: 'x' }], ['api/segment-attribute-key-length', ['segmentAttributes', 0, 'key'], '0 characters']],
  [
    [
      { key: 'ok', value: 'x' },
      { key: 'k'.repeat(129), value: 'x' },
    ],
    ['api/segment-attribute-key-length', ['segmentAttributes', 1, 'key'], '129 characters'],
  ],
  [[{ key: 'a b', value: 'x' }], ['api/segment-attribute-key-alphabet', ['segmentAttributes', 0, 'key'], '"a b"']],
  [
    [{ key: 'k', value: 'x'.repeat(1025) }],
    ['api/segment-attribute-value-length', ['segmentAttributes', 0, 'value'], '1025 characters'],
  ],
];

const longest = { key: 'k'.repeat(128), value: '\u{1F600}'.repeat(1024) };

/** What a contact has for itself: segment attributes, its expiry, its creator. */
export const segmentAttributeRules: readonly Rule[] = [
  must('segments/create', 'keep the segment attributes of a new task', API, async (world) => {
    const segmentAttributes = [{ key: 'region', value: '' }, { key: 'source', value: 'web' }, longest].sort((a, b) =>
      a.key < b.key ? -1 : 1,
    );
    const id = await world.start({ segmentAttributes, expiryMinutes: 60 });
    expect(await world.contact(id)).toMatchObject({ segmentAttributes, expiresAt: expect.any(Date) });
  }),
  must(
    'segments/update',
    'replace equal keys of an existing task, add others and leave the rest',
    UPDATE,
    async (world) => {
      const id = await world.start({
        segmentAttributes: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' },
        ],
      });
      const segmentAttributes = [
        { key: 'b', value: '3' },
        { key: 'c', value: '4' },
      ];
      await world.connect.updateContact({ ...world.about(id), segmentAttributes });
      expect((await world.contact(id)).segmentAttributes).toEqual([{ key: 'a', value: '1' }, ...segmentAttributes]);
    },
  ),
  must(
    'segments/own',
    'not share them with the chain, nor copy them to a related task or a transfer',
    guideOn('segment attributes'),
    async (world) => {
      const id = await world.start({ segmentAttributes: [{ key: 'own', value: '1' }] });
      const others = [
        await world.start({ previousContactId: id }),
        await world.start({ relatedContactId: id }),
        await world.transfer(id),
      ];
      for (const other of others) expect((await world.contact(other)).segmentAttributes).toBeUndefined();
      expect((await world.contact(id)).segmentAttributes).toEqual([{ key: 'own', value: '1' }]);
    },
  ),
  must('segments/limits', 'refuse keys and values beyond their limits, and create nothing', API, async (world) => {
    for (const [segmentAttributes, broken] of BROKEN) {
      expect(await world.refusal(world.start({ segmentAttributes }))).toMatchObject(
        world.expected('InvalidParameterException', broken),
      );
    }
  }),
  must('segments/update-limits', 'hold an update to the same limits, and change nothing', UPDATE, async (world) => {
    const id = await world.start({ segmentAttributes: [{ key: 'a', value: '1' }] });
    for (const [segmentAttributes, broken] of BROKEN) {
      const call = world.connect.updateContact({ ...world.about(id), name: 'other', segmentAttributes });
      expect(await world.refusal(call)).toMatchObject(world.expected('InvalidParameterException', broken));
    }
    expect(await world.contact(id)).toMatchObject({
      name: 'Conformance',
      segmentAttributes: [{ key: 'a', value: '1' }],
    });
  }),
  should('segments/count', 'hold a contact to 50 segment attributes', DECISION, async (world) => {
    const attributes = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }));
    expect(await world.refusal(world.start({ segmentAttributes: attributes }))).toMatchObject(
      world.expected('InvalidParameterException', [
        'engine/segment-attribute-count',
        ['segmentAttributes'],
        '51 segment attributes',
      ]),
    );
    const id = await world.start({ segmentAttributes: attributes.slice(0, 50) });
    const call = world.connect.updateContact({ ...world.about(id), segmentAttributes: attributes.slice(50) });
    expect((await world.refusal(call)).code).toMatch(/^Invalid(Parameter|Request)Exception$/);
    expect((await world.contact(id)).segmentAttributes).toHaveLength(50);
  }),
  must('segments/expiry', 'change the expiry of a task, counted from its start', UPDATE, async (world) => {
    for (const scheduledTime of [undefined, world.in(60 * MINUTE)]) {
      const id = await world.start({ ...(scheduledTime && { scheduledTime }) });
      await world.connect.updateContact({ ...world.about(id), expiryMinutes: 90 });
      const { initiatedAt, expiresAt } = await world.contact(id);
      expect(expiresAt?.getTime()).toBe((scheduledTime ?? initiatedAt).getTime() + 90 * MINUTE);
    }
  }),
  must('segments/expiry-range', 'refuse an expiry of 0 and of 129,601 minutes', UPDATE, async (world) => {
    const id = await world.start({ expiryMinutes: 60 });
    const before = await world.contact(id);
    for (const expiryMinutes of [0, 129_601]) {
      const call = world.connect.updateContact({ ...world.about(id), expiryMinutes });
      expect(await world.refusal(call)).toMatchObject(
        world.expected('InvalidParameterException', ['api/expiry-minutes-range', ['expiryMinutes']]),
      );
    }
    expect(await world.contact(id)).toEqual(before);
  }),
  should('segments/expiry-ended', 'refuse another expiry for a task that has ended', DECISION, async (world) => {
    const id = await world.start();
    await world.connect.stopContact(world.about(id));
    const call = world.connect.updateContact({ ...world.about(id), expiryMinutes: 90 });
    const actual = 'a task that has ended';
    expect(await world.refusal(call)).toMatchObject(
      world.expected('InvalidRequestException', ['engine/expiry-ahead', ['expiryMinutes'], actual]),
    );
  }),
  should(
    'segments/expiry-past',
    'refuse an expiry in the past, and not revive an expired task',
    DECISION,
    async (world) => {
      const [open, expired] = [await world.start(), await world.start({ expiryMinutes: 5 })];
      world.clock.now += 10 * MINUTE;
      for (const [id, expiryMinutes] of [
        [open, 9],
        [expired, 90],
      ] as const) {
        const call = world.connect.updateContact({ ...world.about(id), expiryMinutes });
        expect(await world.refusal(call)).toMatchObject(
          world.expected('InvalidRequestException', ['engine/expiry-ahead', ['expiryMinutes']]),
        );
      }
      expect(await world.contact(open)).toMatchObject({ state: 'INITIATED' });
      expect(await world.contact(expired)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'EXPIRED' });
    },
    { needs: ['clock'] },
  ),
  must(
    'segments/creator',
    'keep the creator of a task, by id',
    API,
    async (world) => {
      const createdByUserId = world.id('user');
      const id = await world.start({ createdByUserId });
      expect(await world.contact(id)).toMatchObject({ createdBy: { id: createdByUserId } });
    },
    { needs: ['user'] },
  ),
  must('segments/creator-unknown', 'not find an unknown creator, and create nothing', API, async (world) => {
    expect(await world.refusal(world.start({ createdByUserId: UNKNOWN_ID }))).toMatchObject({
      code: 'ResourceNotFoundException',
      fault: { resource: 'USER', member: 'createdByUserId' },
    });
  }),
  must(
    'segments/self-assign',
    'assign a task to its creator by the template’s flow for that',
    modelOf('CreateTaskTemplate'),
    async (world) => {
      const createdByUserId = world.id('user');
      const taskTemplateId = await selfAssignTemplate(world);
      const id = await world.start({ taskTemplateId, createdByUserId, assignmentType: 'SELF' });
      expect(await world.contact(id)).toMatchObject({
        assignmentType: 'SELF',
        createdBy: { id: createdByUserId },
        taskTemplate: { id: taskTemplateId },
      });
    },
    { needs: ['user', 'clock'] },
  ),
  must(
    'segments/self-assign-complete',
    'refuse a self-assigned task without its creator, or without a template',
    API,
    async (world) => {
      const taskTemplateId = world.id('template');
      for (const [members, actual] of [
        [{ taskTemplateId }, 'no creator'],
        [{ createdByUserId: world.id('user') }, 'no task template'],
        [{}, 'no creator and no task template'],
      ] as const) {
        expect(await world.refusal(world.start({ ...members, assignmentType: 'SELF' }))).toMatchObject(
          world.expected('InvalidRequestException', ['api/self-assignment-complete', [], actual]),
        );
      }
    },
    { needs: ['user', 'template'] },
  ),
];

/** Makes a template with a flow for self-assigned tasks. A leg with a clock throws its instance away. */
async function selfAssignTemplate({ connect, fixtures }: World): Promise<string> {
  const field = { required: false, readOnly: false, invisible: false };
  const { id } = await connect.createTaskTemplate({
    instanceId: fixtures.instanceId,
    name: 'Self-assigned',
    contactFlowId: fixtures.contactFlow,
    selfAssignFlowId: fixtures.contactFlow,
    fields: [
      { ...field, name: 'Name', type: 'NAME', required: true },
      { ...field, name: 'Assign to me', type: 'SELF_ASSIGN' },
    ],
  });
  return id;
}

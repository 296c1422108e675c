import { expect } from '@jest/globals';
import { API, DECISION, modelOf, must, type Rule, should } from '../rule.js';
import type { Broken, Members } from '../world.js';

/** Members that break a constraint of the page, with the rule that they break and where. */
const BAD: readonly (readonly [id: string, what: string, members: Members, ...Broken])[] = [
  ['name-1025', 'a name of 1025 characters', { name: 'n'.repeat(1025) }, 'api/name-length', ['name']],
  [
    'description-4097',
    'a description of 4097 characters',
    { description: 'd'.repeat(4097) },
    'api/description-length',
    ['description'],
  ],
  [
    'flow-501',
    'a ContactFlowId of 501 characters',
    { contactFlowId: 'f'.repeat(501) },
    'api/contact-flow-id-length',
    ['contactFlowId'],
  ],
  [
    'quick-connect-empty',
    'an empty QuickConnectId',
    { quickConnectId: '' },
    'gateway/id-not-empty',
    ['quickConnectId'],
  ],
  [
    'template-501',
    'a TaskTemplateId of 501 characters',
    { taskTemplateId: 't'.repeat(501) },
    'api/task-template-id-length',
    ['taskTemplateId'],
  ],
  [
    'previous-257',
    'a PreviousContactId of 257 characters',
    { previousContactId: 'p'.repeat(257) },
    'api/previous-contact-id-length',
    ['previousContactId'],
  ],
  [
    'related-257',
    'a RelatedContactId of 257 characters',
    { relatedContactId: 'r'.repeat(257) },
    'api/related-contact-id-length',
    ['relatedContactId'],
  ],
  [
    'related-empty',
    'an empty RelatedContactId',
    { relatedContactId: '' },
    'api/related-contact-id-length',
    ['relatedContactId'],
  ],
  [
    'token-501',
    'a ClientToken of 501 characters',
    { clientToken: 't'.repeat(501) },
    'api/client-token-length',
    ['clientToken'],
  ],
  [
    'instance-101',
    'an InstanceId of 101 characters',
    { instanceId: 'i'.repeat(101) },
    'api/instance-id-length',
    ['instanceId'],
  ],
];

/** Ids of the greatest, or the least, length that nothing has. */
const LENGTHS: readonly (readonly [id: string, what: string, members: Members])[] = [
  ['instance-100', 'an InstanceId of 100 characters', { instanceId: 'i'.repeat(100) }],
  ['flow-500', 'a ContactFlowId of 500 characters', { contactFlowId: 'f'.repeat(500) }],
  ['quick-connect-501', 'a QuickConnectId of 501 characters', { quickConnectId: 'q'.repeat(501) }],
  ['template-500', 'a TaskTemplateId of 500 characters', { taskTemplateId: 't'.repeat(500) }],
  ['previous-256', 'a PreviousContactId of 256 characters', { previousContactId: 'c'.repeat(256) }],
  ['related-1', 'a RelatedContactId of 1 character', { relatedContactId: 'c' }],
];

/** What a creation takes and gives. */
export const creationRules: readonly Rule[] = [
  must(
    'creation/answers-id',
    'answer a creation with the id of a contact that can be described',
    API,
    async (world) => {
      const id = await world.start({ name: 'A name', description: 'A description' });
      expect(await world.contact(id)).toMatchObject({ id, name: 'A name', description: 'A description' });
    },
  ),
  must(
    'creation/task-channel',
    'make a contact of channel TASK, initiated by API',
    modelOf('Contact'),
    async (world) => {
      expect(await world.contact(await world.start())).toMatchObject({ channel: 'TASK', initiationMethod: 'API' });
    },
  ),
  must('creation/distinct', 'make a new contact of each request without a common token', API, async (world) => {
    expect(await world.start()).not.toBe(await world.start());
  }),
  must('creation/name-512', 'take a name of 512 characters', API, async (world) => {
    const name = 'n'.repeat(512);
    expect((await world.contact(await world.start({ name }))).name).toBe(name);
  }),
  must('creation/name-empty', 'take an empty name', API, async (world) => {
    expect((await world.contact(await world.start({ name: '' }))).name ?? '').toBe('');
  }),
  should('creation/characters', 'count characters, not bytes or UTF-16 units', DECISION, async (world) => {
    const name = '👋'.repeat(512);
    expect((await world.contact(await world.start({ name }))).name).toBe(name);
  }),
  must('creation/description-4096', 'take a description of 4096 characters', API, async (world) => {
    const description = 'd'.repeat(4096);
    expect((await world.contact(await world.start({ description }))).description).toBe(description);
  }),
  must('creation/initiated-now', 'state when the contact was initiated', modelOf('Contact'), async (world) => {
    const { initiatedAt } = await world.contact(await world.start());
    expect(Math.abs(initiatedAt.getTime() - world.now())).toBeLessThan(60_000);
  }),
  must(
    'creation/arn',
    'report an ARN of the instance that ends in the contact’s id',
    modelOf('Contact'),
    async (world) => {
      const id = await world.start();
      expect((await world.contact(id)).arn).toBe(`${world.id('instanceArn')}/contact/${id}`);
    },
    { needs: ['instanceArn'] },
  ),
  ...BAD.map(([id, what, members, ...broken]) =>
    must(`creation/${id}`, `refuse ${what} as an invalid parameter`, API, async (world) => {
      expect(await world.refusal(world.start(members))).toMatchObject(
        world.expected('InvalidParameterException', broken),
      );
    }),
  ),
  ...LENGTHS.map(([id, what, members]) =>
    should(`creation/${id}`, `accept ${what}, and not find it`, API, async (world) => {
      expect(await world.refusedAs(members)).toBe('ResourceNotFoundException');
    }),
  ),
  must(
    'creation/name-513',
    'refuse a name of 513 characters as an invalid parameter',
    API,
    async (world) => {
      expect(await world.refusedAs({ name: 'n'.repeat(513) })).toBe('InvalidParameterException');
    },
    // The service of today accepts 1,024.
    { needs: ['quotas'] },
  ),
  should('creation/refused-leaves-nothing', 'change nothing when it refuses', DECISION, async (world) => {
    const root = await world.start({ attributes: [{ key: 'k', value: 'v' }] });
    const attributes = [{ key: 'k', value: 'other' }];
    await world.refusedAs({ previousContactId: root, attributes, expiryMinutes: 0 });
    await world.refusedAs({ previousContactId: root, attributes, contactFlowId: 'unknown' });
    for (const [, , members] of BAD) await world.refusedAs({ previousContactId: root, attributes, ...members });
    expect(await world.members(root)).toEqual([root]);
    expect(await world.attributes(root)).toEqual({ k: 'v' });
  }),
];

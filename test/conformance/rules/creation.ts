import { expect } from '@jest/globals';
import { API, DECISION, modelOf, must, type Rule, should } from '../rule.js';
import type { Members } from '../world.js';

const BAD: readonly (readonly [id: string, what: string, members: Members])[] = [
  ['name-513', 'a name of 513 characters', { name: 'n'.repeat(513) }],
  ['description-4097', 'a description of 4097 characters', { description: 'd'.repeat(4097) }],
  ['flow-501', 'a ContactFlowId of 501 characters', { contactFlowId: 'f'.repeat(501) }],
  ['template-501', 'a TaskTemplateId of 501 characters', { taskTemplateId: 't'.repeat(501) }],
  ['previous-257', 'a PreviousContactId of 257 characters', { previousContactId: 'p'.repeat(257) }],
  ['related-257', 'a RelatedContactId of 257 characters', { relatedContactId: 'r'.repeat(257) }],
  ['token-501', 'a ClientToken of 501 characters', { clientToken: 't'.repeat(501) }],
  ['instance-101', 'an InstanceId of 101 characters', { instanceId: 'i'.repeat(101) }],
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
    'tell an ARN of the instance that ends in the contact’s id',
    modelOf('Contact'),
    async (world) => {
      const id = await world.start();
      expect((await world.contact(id)).arn).toBe(`${world.id('instanceArn')}/contact/${id}`);
    },
    { needs: ['instanceArn'] },
  ),
  ...BAD.map(([id, what, members]) =>
    must(`creation/${id}`, `refuse ${what} as an invalid parameter`, API, async (world) => {
      expect(await world.refusedAs(members)).toBe('InvalidParameterException');
    }),
  ),
  should('creation/refused-leaves-nothing', 'change nothing when it refuses', DECISION, async (world) => {
    const root = await world.start({ attributes: [{ key: 'k', value: 'v' }] });
    const attributes = [{ key: 'k', value: 'other' }];
    await world.refusedAs({ previousContactId: root, attributes, expiryMinutes: 0 });
    await world.refusedAs({ previousContactId: root, attributes, contactFlowId: 'unknown' });
    expect(await world.members(root)).toEqual([root]);
    expect(await world.attributes(root)).toEqual({ k: 'v' });
  }),
];

import { expect } from '@jest/globals';
import { API, DECISION, guideOn, modelOf, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID } from '../world.js';

const LINKED = guideOn('linked tasks');

/** The refusal of a link to an unknown contact. */
const notFound = (member: string) => ({
  code: 'ResourceNotFoundException',
  fault: { resource: 'CONTACT', id: UNKNOWN_ID, member, message: expect.stringContaining(member) },
});

/** What the two links report. */
export const linkRules: readonly Rule[] = [
  must('links/unlinked', 'report no link of a contact that has none', modelOf('Contact'), async (world) => {
    const root = await world.start();
    await world.start({ previousContactId: root });
    const contact = await world.contact(root);
    expect([contact.initialContactId, contact.previousContactId, contact.relatedContactId]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  }),
  must(
    'links/previous',
    'report InitialContactId and PreviousContactId of a linked task',
    modelOf('Contact'),
    async (world) => {
      const root = await world.start();
      const child = await world.start({ previousContactId: root });
      const grandchild = await world.start({ previousContactId: child });
      expect(await world.contact(child)).toMatchObject({ initialContactId: root, previousContactId: root });
      expect(await world.contact(grandchild)).toMatchObject({ initialContactId: root, previousContactId: child });
      expect((await world.contact(child)).relatedContactId).toBeUndefined();
      expect((await world.contact(grandchild)).relatedContactId).toBeUndefined();
    },
  ),
  must(
    'links/related',
    'report RelatedContactId, and no InitialContactId, of a related task',
    modelOf('Contact'),
    async (world) => {
      const root = await world.start();
      const contact = await world.contact(await world.start({ relatedContactId: root }));
      expect(contact).toMatchObject({ relatedContactId: root });
      expect([contact.initialContactId, contact.previousContactId]).toEqual([undefined, undefined]);
    },
  ),
  must('links/both', 'refuse both links in one request', LINKED, async (world) => {
    const previousContactId = await world.start();
    for (const relatedContactId of [previousContactId, await world.start()]) {
      expect(await world.refusal(world.start({ previousContactId, relatedContactId }))).toMatchObject(
        world.expected('InvalidRequestException', ['api/only-one-link', []]),
      );
    }
  }),
  must('links/unknown-previous', 'not find an unknown PreviousContactId', API, async (world) => {
    expect(await world.refusal(world.start({ previousContactId: UNKNOWN_ID }))).toMatchObject(
      notFound('previousContactId'),
    );
  }),
  must('links/unknown-related', 'not find an unknown RelatedContactId', API, async (world) => {
    expect(await world.refusal(world.start({ relatedContactId: UNKNOWN_ID }))).toMatchObject(
      notFound('relatedContactId'),
    );
  }),
  must(
    'links/voice',
    'link a task to a voice contact',
    API,
    async (world) => {
      const voice = world.id('voiceContact');
      const id = await world.start({ relatedContactId: voice });
      expect(await world.contact(id)).toMatchObject({ relatedContactId: voice });
    },
    { needs: ['voiceContact'] },
  ),
  should('links/ended', 'link a task to one that has ended', DECISION, async (world) => {
    const root = await world.start();
    await world.connect.stopContact(world.about(root));
    expect(await world.contact(await world.start({ previousContactId: root }))).toMatchObject({
      previousContactId: root,
    });
  }),
  should(
    'links/nothing-inherited',
    'take over neither description, references, schedule nor expiry',
    DECISION,
    async (world) => {
      const references = [{ name: 'n', type: 'STRING', value: 'v' }];
      const scheduledTime = world.in(3_600_000);
      const previousContactId = await world.start({ description: 'd', references, scheduledTime, expiryMinutes: 5 });
      const contact = await world.contact(await world.start({ previousContactId }));
      expect([contact.description, contact.scheduledTime]).toEqual([undefined, undefined]);
      expect(contact.references ?? []).toEqual([]);
      const unlinked = await world.contact(await world.start());
      const { id, arn, initiatedAt, updatedAt, expiresAt, connectedToSystemAt } = contact;
      const times = { initiatedAt, updatedAt, expiresAt, connectedToSystemAt };
      const own = { id, arn, ...times, associationId: previousContactId };
      expect(contact).toEqual({ ...unlinked, ...own, initialContactId: previousContactId, previousContactId });
      const lifetime = (task: typeof contact) => (task.expiresAt?.getTime() ?? 0) - task.initiatedAt.getTime();
      if (expiresAt) expect(lifetime(contact)).toBe(lifetime(unlinked));
    },
  ),
];

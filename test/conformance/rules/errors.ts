import { expect } from '@jest/globals';
import type { Connect } from '../../../src/connect/connect.js';
import { API, DECISION, modelOf, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID, type World } from '../world.js';

/** Every operation about one contact, with what it takes beside the ids. */
const CALLS: Readonly<
  Record<string, (port: Connect, about: { instanceId: string; contactId: string }, world: World) => Promise<unknown>>
> = {
  StopContact: (port, about) => port.stopContact(about),
  UpdateContact: (port, about) => port.updateContact({ ...about, name: 'n' }),
  UpdateContactAttributes: (port, about) =>
    port.updateContactAttributes({ ...about, attributes: [{ key: 'k', value: 'v' }] }),
  UpdateContactSchedule: (port, about, world) =>
    port.updateContactSchedule({ ...about, scheduledTime: world.in(3_600_000) }),
  PauseContact: (port, about) => port.pauseContact(about),
  ResumeContact: (port, about) => port.resumeContact(about),
  TransferContact: (port, about, world) =>
    port.transferContact({ ...about, contactFlowId: world.fixtures.contactFlow }),
  TagContact: (port, about) => port.tagContact({ ...about, tags: [{ key: 'k', value: 'v' }] }),
  UntagContact: (port, about) => port.untagContact({ ...about, keys: ['k'] }),
};

/** How what is wrong is reported. */
export const errorRules: readonly Rule[] = [
  ...Object.entries(CALLS).map(([operation, call]) =>
    must(
      `errors/unknown-contact-${operation}`,
      `not find an unknown contact in ${operation}`,
      modelOf(operation),
      async (world) => {
        const refusal = await world.refusal(call(world.connect, world.about(UNKNOWN_ID), world));
        expect(refusal.code).toBe('ResourceNotFoundException');
      },
    ),
  ),
  must('errors/unknown-instance', 'not find an unknown instance', API, async (world) => {
    expect(await world.refusal(world.start({ instanceId: UNKNOWN_ID }))).toMatchObject({
      code: 'ResourceNotFoundException',
      fault: { resource: 'INSTANCE', id: UNKNOWN_ID, member: 'instanceId' },
    });
  }),
  must(
    'errors/reads-unknown',
    'answer null, and no error, for an unknown contact among others',
    modelOf('DescribeContact'),
    async (world) => {
      const id = await world.start();
      const { instanceId } = world.fixtures;
      for (const read of ['describeContacts', 'listChains', 'getAttributes'] as const) {
        const answers = await world.connect[read]({ instanceId, contactIds: [UNKNOWN_ID, id] });
        expect(answers).toEqual([null, expect.anything()]);
      }
    },
  ),
  should(
    'errors/parameter-before-request',
    'report a broken field before fields that contradict each other',
    DECISION,
    async (world) => {
      const members = { name: 'n'.repeat(1025), previousContactId: UNKNOWN_ID, relatedContactId: UNKNOWN_ID };
      expect(await world.refusedAs(members)).toBe('InvalidParameterException');
    },
  ),
  should(
    'errors/request-before-not-found',
    'report contradicting fields before ids that are not found',
    DECISION,
    async (world) => {
      const members = { previousContactId: UNKNOWN_ID, relatedContactId: UNKNOWN_ID };
      expect(await world.refusedAs(members)).toBe('InvalidRequestException');
    },
  ),
  must('errors/cancelled', 'make no task for a caller who has gone', 'The port, CallOptions', async (world) => {
    const signal = AbortSignal.abort();
    const call = world.connect.startTaskContact(world.request(), { signal });
    expect((await world.refusal(call)).code).toBe('Cancelled');
  }),
  must('errors/reads-in-order', 'answer reads in the order of their ids', 'The port, Answers', async (world) => {
    const ids = [await world.start(), await world.start(), await world.start()].toReversed();
    const answers = await world.connect.describeContacts({
      instanceId: world.fixtures.instanceId,
      contactIds: [...ids, ids[0] as string],
    });
    expect(answers.map((answer) => answer && 'id' in answer && answer.id)).toEqual([...ids, ids[0]]);
  }),
];

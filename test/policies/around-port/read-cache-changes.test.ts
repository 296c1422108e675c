import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Connect } from '../../../src/connect/connect.js';
import { readCached } from '../../../src/policies/around-port/read-cache.js';
import { ChainMemory, isTouched, touchOf } from '../../../src/policies/around-port/touched.js';
import { openTestAws } from '../../support/aws.js';
import { HOUR, NOW, refusal, request, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { portWith } from '../../support/port.js';

const { instanceId, contactFlow, voiceContact } = SAMPLE;
const FROM_THE_BEGINNING = { type: 'INITIATION_TIMESTAMP', from: new Date(0), to: new Date(NOW + HOUR) } as const;

/** A change of the nth contact that there is; it may be refused. Answers the id of a contact that it made. */
type Step = (port: Connect, nth: (index: number) => string, index: number) => Promise<string | undefined>;

const made = ({ contactId }: { readonly contactId: string }) => contactId;
const nothing = () => undefined;
const STEPS: Readonly<Record<string, Step>> = {
  create: (port) => port.startTaskContact(request({ attributes: [{ key: 'own', value: 'yes' }] })).then(made),
  follow: (port, nth, index) =>
    port
      .startTaskContact(request({ previousContactId: nth(index), attributes: [{ key: `k${index}`, value: 'new' }] }))
      .then(made),
  relate: (port, nth, index) => port.startTaskContact(request({ relatedContactId: nth(index) })).then(made),
  schedule: (port) => port.startTaskContact(request({ scheduledTime: new Date(NOW + HOUR) })).then(made),
  transfer: (port, nth, index) =>
    port.transferContact({ instanceId, contactId: nth(index), contactFlowId: contactFlow }).then(made),
  stop: (port, nth, index) => port.stopContact({ instanceId, contactId: nth(index) }).then(nothing),
  pause: (port, nth, index) => port.pauseContact({ instanceId, contactId: nth(index) }).then(nothing),
  resume: (port, nth, index) => port.resumeContact({ instanceId, contactId: nth(index) }).then(nothing),
  reschedule: (port, nth, index) =>
    port
      .updateContactSchedule({ instanceId, contactId: nth(index), scheduledTime: new Date(NOW + 2 * HOUR) })
      .then(nothing),
  update: (port, nth, index) =>
    port
      .updateContact({
        instanceId,
        contactId: nth(index),
        name: `Changed ${index}`,
        references: [{ name: `Reference ${index}`, type: 'STRING', value: 'new' }],
      })
      .then(nothing),
  attributes: (port, nth, index) =>
    port
      .updateContactAttributes({
        instanceId,
        contactId: nth(index),
        attributes: [{ key: 'shared', value: `${index}` }],
      })
      .then(nothing),
  tag: (port, nth, index) =>
    port.tagContact({ instanceId, contactId: nth(index), tags: [{ key: `k${index}`, value: 'v' }] }).then(nothing),
  untag: (port, nth, index) => port.untagContact({ instanceId, contactId: nth(index), keys: ['k0'] }).then(nothing),
};

/** All that can be read of contacts. */
async function readAll(port: Connect, ids: readonly string[]) {
  return {
    contacts: await port.describeContacts({ instanceId, contactIds: ids }),
    chains: await port.listChains({ instanceId, contactIds: ids }),
    attributes: await port.getAttributes({ instanceId, contactIds: ids }),
    references: await port.listReferences({ instanceId, contactIds: ids }),
    associated: await port.listAssociatedContacts({ instanceId, contactId: ids[0] as string }),
    found: await port.searchContacts({ instanceId, timeRange: FROM_THE_BEGINNING }),
  };
}

describe('What a mutation changed', () => {
  it('is never read as it was, whatever was read before and linked', async () => {
    await using aws = await openTestAws();
    const step = fc.record({
      name: fc.constantFrom(...Object.keys(STEPS)),
      index: fc.nat(5),
      // What was read before decides which chains are known.
      reads: fc.constantFrom('all', 'attributes', 'chains', 'none'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
        const { connect: cached } = readCached(aws.connect, { ttlMs: HOUR, now: () => NOW });
        const ids = [await aws.wire.test.start(), voiceContact];
        const nth = (index: number) => ids[index % ids.length] as string;
        for (const { name, index, reads } of steps) {
          if (reads === 'all') await readAll(cached, ids);
          if (reads === 'attributes') await cached.getAttributes({ instanceId, contactIds: ids });
          if (reads === 'chains') await cached.listChains({ instanceId, contactIds: ids });
          const [outcome] = await Promise.allSettled([(STEPS[name] as Step)(cached, nth, index)]);
          if (outcome.status === 'fulfilled' && outcome.value) ids.push(outcome.value);
          expect(await readAll(cached, ids)).toEqual(await readAll(aws.connect, ids));
        }
      }),
      { numRuns: 12 },
    );
  });

  it('takes with it what may have changed where it failed', async () => {
    await using aws = await openTestAws();
    const port = portWith(aws.connect, {
      async stopContact(asked) {
        await aws.connect.stopContact(asked);
        throw new Error('The answer was lost');
      },
    });
    const { connect: cached } = readCached(port, { ttlMs: HOUR, now: () => NOW });
    const contactId = await aws.wire.test.start();
    await cached.describeContacts({ instanceId, contactIds: [contactId] });
    await expect(cached.stopContact({ instanceId, contactId })).rejects.toThrow('lost');
    expect(await cached.describeContacts({ instanceId, contactIds: [contactId] })).toMatchObject([
      { state: 'COMPLETED' },
    ]);
  });

  it('leaves other chains as they are, where it is known which they are', async () => {
    await using aws = await openTestAws();
    const { connect: cached } = readCached(aws.connect, { ttlMs: HOUR, now: () => NOW });
    const contactId = await aws.wire.test.start();
    const read = async () => {
      await cached.describeContacts({ instanceId, contactIds: [voiceContact, contactId] });
      await cached.getAttributes({ instanceId, contactIds: [voiceContact, contactId] });
      return aws.calls();
    };
    await read();
    await cached.stopContact({ instanceId, contactId });
    expect(aws.calls()).toEqual(['StopContact']);
    expect((await read()).toSorted()).toEqual(['DescribeContact', 'GetContactAttributes']);
    await cached.startTaskContact(request());
    aws.calls();
    expect(await read()).toEqual([]);
    // No read has reported the chain of that contact.
    await refusal(cached.stopContact({ instanceId, contactId: UNKNOWN_ID }));
    aws.calls();
    expect(await read()).toHaveLength(4);
  });
});

describe('A change through a method without a rule for caches', () => {
  it('touches all that its instance has', () => {
    const memory = new ChainMemory();
    memory.note(instanceId, 'a', 'a');
    const touch = touchOf('mergeContacts', { instanceId, contacts: ['b', 'c'] }, undefined);
    expect(isTouched({ instanceId, contactId: 'a' }, touch, memory)).toBe(true);
    expect(isTouched({ instanceId: 'other', contactId: 'a' }, touch, memory)).toBe(false);
    expect(isTouched({ instanceId: 'other' }, touchOf('reset', undefined, undefined), memory)).toBe(true);
  });

  it('names the contact by its ARN too', () => {
    const memory = new ChainMemory();
    memory.note(instanceId, 'a', 'a');
    memory.note(instanceId, 'b', 'b');
    const arn = `${SAMPLE.instanceArn}/contact/a`;
    const touch = touchOf('stopContact', { instanceId: SAMPLE.instanceArn, contactId: arn }, undefined);
    expect(isTouched({ instanceId, contactId: 'a' }, touch, memory)).toBe(true);
    expect(isTouched({ instanceId, contactId: 'b' }, touch, memory)).toBe(false);
  });
});

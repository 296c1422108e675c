import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readContactEvent } from '../../../src/feed/events/read-event.js';
import { SAMPLE } from '../../support/engine.js';

const { instanceId, instanceArn } = SAMPLE;
const CONTACT_ID = '11111111-aaaa-bbbb-cccc-222222222222';

/** An event as Amazon Connect sends it, with other members where the test is about them. */
function event(detail: object = {}, envelope: object = {}): object {
  return {
    version: '0',
    id: 'e1f2a3b4-0000-4000-8000-000000000001',
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account: '111122223333',
    time: '2026-06-01T12:00:00Z',
    region: 'us-east-1',
    resources: [`${instanceArn}/contact/${CONTACT_ID}`, instanceArn],
    detail: { eventType: 'INITIATED', contactId: CONTACT_ID, channel: 'TASK', instanceArn, ...detail },
    ...envelope,
  };
}

const HINT = {
  eventId: 'e1f2a3b4-0000-4000-8000-000000000001',
  instanceId,
  contactId: CONTACT_ID,
  chainId: CONTACT_ID,
  isOfChain: false,
  kind: 'INITIATED',
  occurredAt: Date.UTC(2026, 5, 1, 12),
  queueId: null,
  userId: null,
};

describe('The reader of contact events', () => {
  it.each([
    ['INITIATED', 'INITIATED'],
    ['CONNECTED_TO_SYSTEM', 'UPDATED'],
    ['CONTACT_DATA_UPDATED', 'UPDATED'],
    ['QUEUED', 'QUEUED'],
    ['CONNECTED_TO_AGENT', 'CONNECTED'],
    ['PAUSED', 'PAUSED'],
    ['RESUMED', 'RESUMED'],
    ['DISCONNECTED', 'DISCONNECTED'],
    ['COMPLETED', 'COMPLETED'],
  ])('reads %s as a change of the kind %s', (eventType, kind) => {
    expect(readContactEvent(event({ eventType }))).toEqual({ ...HINT, kind });
  });

  it('reads chain, queue, agent and a change of shared attributes', () => {
    const detail = {
      initialContactId: 'first',
      queueInfo: { queueArn: `${instanceArn}/queue/${SAMPLE.queue}`, queueType: 'STANDARD' },
      agentInfo: { agentArn: `${instanceArn}/agent/${SAMPLE.user}` },
      updatedProperties: ['UserDefinedAttributes'],
    };
    const expected = { chainId: 'first', queueId: SAMPLE.queue, userId: SAMPLE.user, isOfChain: true };
    expect(readContactEvent(event(detail))).toEqual({ ...HINT, ...expected });
  });

  it('reads keys and values in any case, and ignores members that it does not know', () => {
    const full = event({
      initialContactId: 'first',
      queueInfo: { queueArn: `${instanceArn}/queue/${SAMPLE.queue}` },
      agentInfo: { agentArn: `${instanceArn}/agent/${SAMPLE.user}` },
    });
    const expected = readContactEvent(full);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(2)), (turns) => {
        const respell = (value: unknown): unknown => {
          if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
          const renamed = Object.entries(value).map(([name, member]) => {
            const turn = turns.next().value;
            const spelled = turn === 0 ? name : turn === 1 ? name.toUpperCase() : name.toLowerCase();
            return [spelled, respell(member)] as const;
          });
          return Object.fromEntries([['customerVoiceActivity', {}], ...renamed]);
        };
        expect(readContactEvent(respell(full))).toEqual(expected);
      }),
    );
  });

  it.each([
    ['another source', {}, { source: 'aws.events' }],
    ['another detail-type', {}, { 'detail-type': 'Amazon Connect Contact Lens Event' }],
    ['another event type', { eventType: 'ANOTHER_TYPE' }, {}],
    ['an event type that objects have as a member', { eventType: 'constructor' }, {}],
  ])('ignores %s', (_, detail, envelope) => {
    expect(readContactEvent(event(detail, envelope))).toBe('unknown');
  });

  it.each([
    ['no id', {}, { id: undefined }],
    ['no time', {}, { time: 'soon' }],
    ['no contact', { contactId: undefined }, {}],
    ['a contact that is no id', { contactId: '../instances' }, {}],
    ['no instance', { instanceArn: undefined }, {}],
    ['an instance of another service', { instanceArn: `arn:aws:s3:us-east-1:111122223333:instance/${instanceId}` }, {}],
    ['no detail', {}, { detail: [] }],
  ])('refuses an event with %s', (_, detail, envelope) => {
    expect(readContactEvent(event(detail, envelope))).toBe('malformed');
  });

  it('does not read a queue of another instance', () => {
    const queueArn = `${instanceArn.replace(instanceId, 'other')}/queue/${SAMPLE.queue}`;
    expect(readContactEvent(event({ queueInfo: { queueArn } }))).toEqual(HINT);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(['unknown', 'malformed']).toContain(readContactEvent(value));
        const detail = readContactEvent(event({ queueInfo: value, updatedProperties: value, initialContactId: value }));
        expect(detail).toMatchObject({ contactId: CONTACT_ID });
      }),
    );
  });
});

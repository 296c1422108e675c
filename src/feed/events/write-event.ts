import { createHash } from 'node:crypto';
import type { ContactChange } from '../../connect/contact-change.js';
import type { Contact } from '../../connect/contact.js';
import { DETAIL_TYPE, EVENT_SOURCE, eventTypeOf, SHARED_ATTRIBUTES } from './contact-event.js';

/** A contact event in the envelope of EventBridge. */
export interface ContactEvent {
  readonly version: '0';
  /** Equal for each repetition of the event. */
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** In whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Writes a change as EventBridge delivers it. The contact may have changed since: of its timestamps those up to the change are
 * written.
 *
 * @param log name of the log of the change
 */
export function toContactEvent(log: string, change: ContactChange, contact: Contact): ContactEvent {
  const { kind, occurredAt, chainId, contactId, queueId, userId, isOfChain } = change;
  const instanceArn = contact.arn.slice(0, contact.arn.lastIndexOf('/contact/'));
  const [, , , region = '', account = ''] = instanceArn.split(':');
  const at = (time: Date | undefined) =>
    time !== undefined && time.getTime() <= occurredAt ? time.toISOString() : undefined;
  return {
    version: '0',
    id: eventId(log, contact.instanceId, change.id),
    'detail-type': DETAIL_TYPE,
    source: EVENT_SOURCE,
    account,
    time: new Date(occurredAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [contact.arn, instanceArn],
    detail: {
      eventType: eventTypeOf(kind),
      contactId,
      ...(chainId !== contactId && { initialContactId: chainId }),
      previousContactId: contact.previousContactId,
      relatedContactId: contact.relatedContactId,
      channel: contact.channel,
      instanceArn,
      initiationMethod: contact.initiationMethod,
      initiationTimestamp: contact.initiatedAt.toISOString(),
      scheduledTimestamp: contact.scheduledTime?.toISOString(),
      connectedToSystemTimestamp: at(contact.connectedToSystemAt),
      disconnectTimestamp: at(contact.endedAt),
      ...(queueId !== null && {
        queueInfo: {
          queueArn: `${instanceArn}/queue/${queueId}`,
          queueType: 'STANDARD',
          enqueueTimestamp: contact.queue?.id === queueId ? at(contact.enqueuedAt) : undefined,
        },
      }),
      ...(userId !== null && {
        agentInfo: {
          agentArn: `${instanceArn}/agent/${userId}`,
          ...(contact.agent?.id === userId && {
            connectedToAgentTimestamp: at(contact.connectedToAgentAt),
            afterContactWorkStartTimestamp: at(contact.afterContactWorkStartedAt),
            afterContactWorkEndTimestamp: at(contact.afterContactWorkEndedAt),
          }),
        },
      }),
      ...(isOfChain && { updatedProperties: [SHARED_ATTRIBUTES] }),
      ...(contact.tags && { tags: Object.fromEntries(contact.tags.map(({ key, value }) => [key, value])) }),
    },
  };
}

/** Makes an id of the form of a UUID from what names a change, so that receivers can drop repetitions. */
function eventId(log: string, instanceId: string, change: number): string {
  const hex = createHash('sha256').update(`${log}\0${instanceId}\0${change}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

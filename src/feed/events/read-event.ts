import type { ContactChangeKind } from '../../connect/contact-change.js';
import { DETAIL_TYPE, EVENT_SOURCE, KINDS, SHARED_ATTRIBUTES } from './contact-event.js';

/** What a contact event says: that a contact changed, and which followers it concerns. Its state is read anew. */
export interface ContactHint {
  /** Equal for each repetition of the event. */
  readonly eventId: string;
  readonly instanceId: string;
  readonly contactId: string;
  readonly chainId: string;
  readonly isOfChain: boolean;
  readonly kind: ContactChangeKind;
  /** Milliseconds since the epoch, of whole seconds. */
  readonly occurredAt: number;
  readonly queueId: string | null;
  readonly userId: string | null;
}

/** An event that is not read: of another kind, or not of the form that Amazon Connect sends. */
export type UnreadEvent = 'unknown' | 'malformed';

/** Maximum length of an id, in characters (service model, ContactId: 256). */
const MAX_ID = 256;

/** An id as a part of a path or an ARN. */
const ID = /^[\w.:-]+$/;

/** The ARN of an instance, or of something of it. */
const OF_INSTANCE = /^arn:aws[\w-]*:connect:[\w-]+:\d{12}:instance\/([\w-]+)(?:\/|$)/;

/**
 * Reads an event in the envelope of EventBridge. The case of keys and values does not count, because Amazon Connect's own events
 * differ in it. What is unknown is ignored.
 */
export function readContactEvent(envelope: unknown): ContactHint | UnreadEvent {
  const event = members(envelope);
  if (event === undefined) return 'malformed';
  const isContactEvent = sameWord(event['detail-type'], DETAIL_TYPE) && sameWord(event.source, EVENT_SOURCE);
  if (!isContactEvent) return 'unknown';
  const detail = members(event.detail);
  const eventId = idOf(event.id);
  const occurredAt = typeof event.time === 'string' ? Date.parse(event.time) : Number.NaN;
  const contactId = idOf(detail?.contactid);
  const instanceId = instanceOf(detail?.instancearn);
  const { eventtype } = detail ?? {};
  if (!detail || !eventId || !contactId || !instanceId || Number.isNaN(occurredAt) || typeof eventtype !== 'string') {
    return 'malformed';
  }
  const type = eventtype.toUpperCase();
  if (!Object.hasOwn(KINDS, type)) return 'unknown';
  const queueArn = members(detail.queueinfo)?.queuearn;
  const agentArn = members(detail.agentinfo)?.agentarn;
  return {
    eventId,
    instanceId,
    contactId,
    chainId: idOf(detail.initialcontactid) ?? contactId,
    isOfChain: namesSharedAttributes(detail.updatedproperties),
    kind: KINDS[type as keyof typeof KINDS],
    occurredAt,
    queueId: resourceOf(queueArn, instanceId),
    userId: resourceOf(agentArn, instanceId),
  };
}

/** The members of an object by their names in lower case. */
function members(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found: Record<string, unknown> = Object.create(null);
  for (const [name, member] of Object.entries(value)) found[name.toLowerCase()] ??= member;
  return found;
}

function sameWord(value: unknown, word: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === word.toLowerCase();
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_ID && ID.test(value) ? value : undefined;
}

function instanceOf(arn: unknown): string | undefined {
  return typeof arn === 'string' ? OF_INSTANCE.exec(arn.slice(0, 2 * MAX_ID))?.[1] : undefined;
}

/** The id at the end of the ARN of a resource of an instance; null if there is none. */
function resourceOf(arn: unknown, instanceId: string): string | null {
  if (typeof arn !== 'string' || instanceOf(arn) !== instanceId) return null;
  return idOf(arn.slice(arn.lastIndexOf('/') + 1)) ?? null;
}

function namesSharedAttributes(properties: unknown): boolean {
  return Array.isArray(properties) && properties.some((one) => sameWord(one, SHARED_ATTRIBUTES));
}

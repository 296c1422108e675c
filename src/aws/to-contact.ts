import { ASSIGNMENT_TYPE, CONTACT_EXPIRY, CREATED_BY_USER } from '../connect/api-names/segment-attributes.js';
import { bareId } from '../connect/arn.js';
import type {
  AssociatedContactSummary,
  ContactSearchSummary,
  ReferenceSummary,
  Contact as SdkContact,
  SegmentAttributeValue,
} from '@aws-sdk/client-connect';
import type { Channel, Contact, ContactSummary, Reference, Tag } from '../connect/contact.js';
import type { FoundContact } from '../connect/contact-search.js';
import { deriveState } from '../connect/contact-state.js';
import { given } from '../util/given.js';
import { demanded } from './members.js';

/** What is common to all ways in which the API tells a contact. */
interface Told {
  readonly InitialContactId?: string | undefined;
  readonly PreviousContactId?: string | undefined;
  readonly InitiationMethod?: string | undefined;
  readonly InitiationTimestamp?: Date | undefined;
  readonly DisconnectTimestamp?: Date | undefined;
  readonly Channel?: string | undefined;
}

/** What is told of an agent; a search tells less. */
interface AgentTold {
  readonly Id?: string | undefined;
  readonly ConnectedToAgentTimestamp?: Date | undefined;
  readonly AfterContactWorkStartTimestamp?: Date | undefined;
  readonly AfterContactWorkEndTimestamp?: Date | undefined;
}

function summary(instanceId: string, id: string, arn: string, told: Told, related: string | undefined): ContactSummary {
  return {
    instanceId,
    id,
    arn,
    channel: demanded('Channel', told.Channel) as Channel,
    initiationMethod: demanded('InitiationMethod', told.InitiationMethod),
    initiatedAt: demanded('InitiationTimestamp', told.InitiationTimestamp),
    ...given({
      endedAt: told.DisconnectTimestamp,
      // The documents leave open whether a contact that is the first of its chain names itself.
      initialContactId: told.InitialContactId === id ? undefined : told.InitialContactId,
      previousContactId: told.PreviousContactId,
      relatedContactId: related,
    }),
  };
}

/** A contact of ListAssociatedContacts. */
export function toContactSummary(instanceId: string, told: AssociatedContactSummary): ContactSummary {
  const id = demanded('ContactId', told.ContactId);
  return summary(instanceId, id, demanded('ContactArn', told.ContactArn), told, told.RelatedContactId);
}

/**
 * A contact of DescribeContact, with the state that follows from its timestamps. Its references come from another
 * operation.
 *
 * @param now milliseconds since the epoch
 */
export function toContact(instanceId: string, told: SdkContact, now: number): Contact {
  const id = demanded('Id', told.Id);
  const arn = demanded('Arn', told.Arn);
  const { QueueInfo, AgentInfo } = told;
  const state = deriveState(
    given({
      scheduledAt: told.ScheduledTimestamp?.getTime(),
      endedAt: told.DisconnectTimestamp?.getTime(),
      afterContactWorkStartedAt: AgentInfo?.AfterContactWorkStartTimestamp?.getTime(),
      afterContactWorkEndedAt: AgentInfo?.AfterContactWorkEndTimestamp?.getTime(),
      pausedAt: told.LastPausedTimestamp?.getTime(),
      resumedAt: told.LastResumedTimestamp?.getTime(),
      connectedAt: AgentInfo?.ConnectedToAgentTimestamp?.getTime(),
      enqueuedAt: QueueInfo?.EnqueueTimestamp?.getTime(),
    }),
    now,
  );
  return {
    ...summary(instanceId, id, arn, told, told.RelatedContactId),
    state,
    ...given({
      name: told.Name,
      description: told.Description,
      scheduledTime: told.ScheduledTimestamp,
      expiresAt: expiryOf(told.SegmentAttributes, told.ScheduledTimestamp ?? told.InitiationTimestamp),
      updatedAt: told.LastUpdateTimestamp,
      disconnectReason: told.DisconnectReason,
      queue: queueOf(arn, QueueInfo),
      agent: agentOf(arn, AgentInfo),
      associationId: told.ContactAssociationId,
      taskTemplate: named(told.TaskTemplateInfo?.Arn, told.TaskTemplateInfo?.Name),
      ...creationOf(told.SegmentAttributes),
      pauses: told.TotalPauseCount,
      pausedAt: told.LastPausedTimestamp,
      resumedAt: told.LastResumedTimestamp,
    }),
    tags: toTags(told.Tags),
  };
}

/** A contact of SearchContacts. */
export function toFoundContact(instanceId: string, told: ContactSearchSummary): FoundContact {
  const id = demanded('Id', told.Id);
  const arn = demanded('Arn', told.Arn);
  return {
    ...summary(instanceId, id, arn, told, undefined),
    ...given({
      name: told.Name,
      scheduledTime: told.ScheduledTimestamp,
      expiresAt: expiryOf(told.SegmentAttributes, told.ScheduledTimestamp ?? told.InitiationTimestamp),
      queue: queueOf(arn, told.QueueInfo),
      agent: agentOf(arn, told.AgentInfo),
      ...creationOf(told.SegmentAttributes),
    }),
    tags: toTags(told.Tags),
  };
}

/** A reference of ListContactReferences: one member, which is named after the type. */
export function toReference(told: ReferenceSummary): Reference {
  const [member = '', value] = Object.entries(told)[0] ?? [];
  const { Name = '', Value = '' } = (value ?? {}) as { readonly Name?: string; readonly Value?: string };
  // Url, EmailMessagePlainText: URL, EMAIL_MESSAGE_PLAIN_TEXT.
  const type = member.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  return { name: Name, type, value: Value };
}

function toTags(tags: Readonly<Record<string, string>> = {}): readonly Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** Who created a task, and whether it is for them. */
function creationOf(attributes: Readonly<Record<string, SegmentAttributeValue>> | undefined) {
  return {
    createdBy: named(attributes?.[CREATED_BY_USER]?.ValueString),
    assignmentType: attributes?.[ASSIGNMENT_TYPE]?.ValueString,
  };
}

/** The end is told as an instant; where only the minutes are, they run from the task's start. */
function expiryOf(
  attributes: Readonly<Record<string, SegmentAttributeValue>> | undefined,
  start: Date | undefined,
): Date | undefined {
  const expiry = attributes?.[CONTACT_EXPIRY]?.ValueMap;
  const instant = new Date(expiry?.ExpiryTimeStamp?.ValueString ?? Number.NaN);
  if (!Number.isNaN(instant.getTime())) return instant;
  const minutes = expiry?.ExpiryDuration?.ValueInteger;
  return minutes === undefined || start === undefined ? undefined : new Date(start.getTime() + minutes * 60_000);
}

function queueOf(
  contactArn: string,
  info: { Id?: string | undefined; EnqueueTimestamp?: Date | undefined } | undefined,
): Contact['queue'] {
  if (info?.Id === undefined) return undefined;
  return {
    id: info.Id,
    arn: siblingArn(contactArn, 'queue', info.Id),
    ...given({ enqueuedAt: info.EnqueueTimestamp }),
  };
}

function agentOf(contactArn: string, info: AgentTold | undefined): Contact['agent'] {
  if (info?.Id === undefined) return undefined;
  return {
    id: info.Id,
    arn: siblingArn(contactArn, 'agent', info.Id),
    ...given({
      connectedAt: info.ConnectedToAgentTimestamp,
      afterContactWorkStartedAt: info.AfterContactWorkStartTimestamp,
      afterContactWorkEndedAt: info.AfterContactWorkEndTimestamp,
    }),
  };
}

/** What the API names by its ARN alone, the id of which stands at its end. */
function named(arn: string | undefined, name?: string) {
  return arn === undefined ? undefined : { id: bareId(arn), arn, ...given({ name }) };
}

/** The API tells ids of queues and agents; their ARNs differ from the contact's in the end alone (service authorization). */
function siblingArn(contactArn: string, kind: 'queue' | 'agent', id: string): string {
  return contactArn.replace(/\/contact\/[^/]*$/, `/${kind}/${id}`);
}

import {
  ASSIGNMENT_TYPE,
  CONTACT_EXPIRY,
  CREATED_BY_USER,
  SYSTEM_DEFINED,
} from '../connect/api-names/segment-attributes.js';
import { bareId } from '../connect/arn.js';
import type {
  AssociatedContactSummary,
  ContactMetricName,
  GetContactMetricsResponse,
  AttachmentReference,
  ContactSearchSummary,
  EndpointInfo,
  ReferenceSummary,
  Contact as SdkContact,
  SegmentAttributeValue,
} from '@aws-sdk/client-connect';
import type { Channel, Contact, ContactMetrics, ContactSummary, Reference, Tag } from '../connect/contact.js';
import type { FoundContact } from '../connect/contact-search.js';
import { deriveState } from '../connect/contact-state.js';
import { QUEUE_PRIORITY } from '../connect/limits.js';
import { given } from '../util/given.js';
import { requireMember } from './members.js';

/** The members that all of the API's descriptions of a contact share. */
interface SdkSummary {
  readonly InitialContactId?: string | undefined;
  readonly PreviousContactId?: string | undefined;
  readonly InitiationMethod?: string | undefined;
  readonly InitiationTimestamp?: Date | undefined;
  readonly DisconnectTimestamp?: Date | undefined;
  readonly Channel?: string | undefined;
}

function summary(
  instanceId: string,
  id: string,
  arn: string,
  output: SdkSummary,
  related: string | undefined,
): ContactSummary {
  return {
    instanceId,
    id,
    arn,
    channel: requireMember('Channel', output.Channel) as Channel,
    initiationMethod: requireMember('InitiationMethod', output.InitiationMethod),
    initiatedAt: requireMember('InitiationTimestamp', output.InitiationTimestamp),
    ...given({
      endedAt: output.DisconnectTimestamp,
      // The reference does not say whether the first contact of a chain names itself.
      initialContactId: output.InitialContactId === id ? undefined : output.InitialContactId,
      previousContactId: output.PreviousContactId,
      relatedContactId: related,
    }),
  };
}

/** Converts a contact of ListAssociatedContacts. */
export function toContactSummary(instanceId: string, output: AssociatedContactSummary): ContactSummary {
  const id = requireMember('ContactId', output.ContactId);
  return summary(instanceId, id, requireMember('ContactArn', output.ContactArn), output, output.RelatedContactId);
}

/**
 * Converts a contact of DescribeContact, with the state that follows from its timestamps. Another operation returns its
 * references.
 *
 * @param now milliseconds since the epoch
 */
export function toContact(instanceId: string, output: SdkContact, now: number): Contact {
  const id = requireMember('Id', output.Id);
  const arn = requireMember('Arn', output.Arn);
  const { QueueInfo, AgentInfo } = output;
  const state = deriveState(
    given({
      scheduledAt: output.ScheduledTimestamp?.getTime(),
      endedAt: output.DisconnectTimestamp?.getTime(),
      afterContactWorkStartedAt: AgentInfo?.AfterContactWorkStartTimestamp?.getTime(),
      afterContactWorkEndedAt: AgentInfo?.AfterContactWorkEndTimestamp?.getTime(),
      pausedAt: output.LastPausedTimestamp?.getTime(),
      resumedAt: output.LastResumedTimestamp?.getTime(),
      connectedAt: AgentInfo?.ConnectedToAgentTimestamp?.getTime(),
      enqueuedAt: QueueInfo?.EnqueueTimestamp?.getTime(),
    }),
    now,
  );
  return {
    ...summary(instanceId, id, arn, output, output.RelatedContactId),
    state,
    ...given({
      name: output.Name,
      description: output.Description,
      scheduledTime: output.ScheduledTimestamp,
      expiresAt: expiryOf(output.SegmentAttributes, output.ScheduledTimestamp ?? output.InitiationTimestamp),
      updatedAt: output.LastUpdateTimestamp,
      disconnectReason: output.DisconnectReason,
      queue: siblingOf(arn, 'queue', QueueInfo?.Id),
      enqueuedAt: QueueInfo?.EnqueueTimestamp,
      agent: siblingOf(arn, 'agent', AgentInfo?.Id),
      connectedToAgentAt: AgentInfo?.ConnectedToAgentTimestamp,
      afterContactWorkStartedAt: AgentInfo?.AfterContactWorkStartTimestamp,
      afterContactWorkEndedAt: AgentInfo?.AfterContactWorkEndTimestamp,
      associationId: output.ContactAssociationId,
      taskTemplate: named(output.TaskTemplateInfo?.Arn, output.TaskTemplateInfo?.Name),
      ...creationOf(output.SegmentAttributes),
      connectedToSystemAt: output.ConnectedToSystemTimestamp,
      pauseCount: output.TotalPauseCount,
      pausedSeconds: output.TotalPauseDurationInSeconds,
      pausedAt: output.LastPausedTimestamp,
      resumedAt: output.LastResumedTimestamp,
      queuePriority: output.QueuePriority === undefined ? undefined : priorityOf(output.QueuePriority),
      queueTimeAdjustmentSeconds: output.QueueTimeAdjustmentSeconds,
      segmentAttributes: userDefined(output.SegmentAttributes),
      customerEndpoint: endpointOf(output.CustomerEndpoint),
    }),
    tags: toTags(output.Tags),
  };
}

/** Converts a contact of SearchContacts. */
export function toFoundContact(instanceId: string, output: ContactSearchSummary): FoundContact {
  const id = requireMember('Id', output.Id);
  const arn = requireMember('Arn', output.Arn);
  return {
    ...summary(instanceId, id, arn, output, undefined),
    ...given({
      name: output.Name,
      scheduledTime: output.ScheduledTimestamp,
      expiresAt: expiryOf(output.SegmentAttributes, output.ScheduledTimestamp ?? output.InitiationTimestamp),
      queue: siblingOf(arn, 'queue', output.QueueInfo?.Id),
      enqueuedAt: output.QueueInfo?.EnqueueTimestamp,
      agent: siblingOf(arn, 'agent', output.AgentInfo?.Id),
      connectedToAgentAt: output.AgentInfo?.ConnectedToAgentTimestamp,
      ...creationOf(output.SegmentAttributes),
    }),
    tags: toTags(output.Tags),
  };
}

/** Converts the answer of GetContactMetrics, which leaves out the metrics of a contact that waits in no queue. */
export function toContactMetrics({ Id, Arn, MetricResults = [] }: GetContactMetricsResponse): ContactMetrics {
  const numberOf = (name: ContactMetricName) => MetricResults.find(({ Name }) => Name === name)?.Value?.Number;
  return {
    id: requireMember('Id', Id),
    arn: requireMember('Arn', Arn),
    ...given({ queuePosition: numberOf('POSITION_IN_QUEUE'), estimatedWaitSeconds: numberOf('ESTIMATED_WAIT_TIME') }),
  };
}

/** Converts a reference of ListContactReferences, whose one member is named after its type. */
export function toReference(output: ReferenceSummary): Reference {
  const [member = '', value] = Object.entries(output)[0] ?? [];
  const { Name = '', Value = '', Status, Arn } = (value ?? {}) as AttachmentReference;
  // Url, EmailMessagePlainText: URL, EMAIL_MESSAGE_PLAIN_TEXT.
  const type = member.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  return { name: Name, type, value: Value, ...given({ status: Status, arn: Arn }) };
}

function toTags(tags: Readonly<Record<string, string>> = {}): readonly Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** Returns the creator of a task, and how it is assigned. */
function creationOf(attributes: Readonly<Record<string, SegmentAttributeValue>> | undefined) {
  return {
    createdBy: named(attributes?.[CREATED_BY_USER]?.ValueString),
    assignmentType: attributes?.[ASSIGNMENT_TYPE]?.ValueString,
  };
}

/** Returns the segment attributes that are no system-defined ones, sorted by key. Undefined if there are none. */
function userDefined(
  attributes: Readonly<Record<string, SegmentAttributeValue>> = {},
): Contact['segmentAttributes'] | undefined {
  const own = Object.entries(attributes).flatMap(([key, { ValueString, ValueInteger }]) => {
    const value = ValueString ?? ValueInteger?.toString();
    return key.startsWith(SYSTEM_DEFINED) || value === undefined ? [] : [{ key, value }];
  });
  return own.length === 0 ? undefined : own.sort((one, other) => (one.key < other.key ? -1 : 1));
}

/**
 * Returns a priority in decimal digits. The SDK parses it as a number, which rounds above 2^53: then at most to the
 * largest priority.
 */
function priorityOf(number: number): string {
  const priority = BigInt(number);
  return String(priority > QUEUE_PRIORITY.max ? QUEUE_PRIORITY.max : priority);
}

function endpointOf(info: EndpointInfo | undefined): Contact['customerEndpoint'] {
  if (info?.Type === undefined || info.Address === undefined) return undefined;
  return { type: info.Type, address: info.Address };
}

/** Returns the expiry of a task: the stated instant, otherwise the stated minutes from the task's start. */
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

/** Returns the id and ARN of a resource that the API names by its ARN alone, which ends with the id. */
function named(arn: string | undefined, name?: string) {
  return arn === undefined ? undefined : { id: bareId(arn), arn, ...given({ name }) };
}

/**
 * Returns the id and ARN of a queue or an agent, for which the API returns only ids. The ARN differs from the contact's
 * only in its end (service authorization reference).
 */
function siblingOf(contactArn: string, kind: 'queue' | 'agent', id: string | undefined) {
  return id === undefined ? undefined : { id, arn: contactArn.replace(/\/contact\/[^/]*$/, `/${kind}/${id}`) };
}

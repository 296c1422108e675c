import {
  ASSIGNMENT_TYPE,
  CONTACT_EXPIRY,
  CREATED_BY_USER,
  SYSTEM_DEFINED,
} from '../connect/api-names/segment-attributes.js';
import { toMap } from '../connect/api-names/to-map.js';
import type { Attribute, Contact, Reference, Tag } from '../connect/contact.js';
import type { AssignmentType } from '../connect/start-task-contact.js';
import type { SegmentAttributeValue, WireMap, WireReference } from './members.js';
import { invalidParameter } from './wire-error.js';

/** Converts a map to keys and values. Undefined stays undefined. */
export function pairs(map: WireMap<string> | undefined): (Attribute & Tag)[] | undefined {
  return map?.map(([key, value]) => ({ key, value }));
}

/** Converts a map to references. */
export function references(map: WireMap<WireReference> | undefined): Reference[] | undefined {
  return map?.map(([name, { Type, Value }]) => ({ name, type: Type, value: Value }));
}

/**
 * Reads the segment attributes that can be changed: the expiry, and those that are user-defined.
 *
 * @throws WireError InvalidParameterException for other system-defined ones
 */
export function segmentsOfUpdate(map: WireMap<SegmentAttributeValue> | undefined) {
  refuseOthers(map, [CONTACT_EXPIRY]);
  return { expiryMinutes: expiryIn(map), segmentAttributes: userDefinedIn(map) };
}

/**
 * Reads the segment attributes of a new task.
 *
 * @throws WireError InvalidParameterException for system-defined ones that are not modelled
 */
export function segmentsOfCreation(map: WireMap<SegmentAttributeValue> | undefined) {
  refuseOthers(map, [CONTACT_EXPIRY, CREATED_BY_USER, ASSIGNMENT_TYPE]);
  return {
    expiryMinutes: expiryIn(map),
    segmentAttributes: userDefinedIn(map),
    createdByUserId: textIn(map, CREATED_BY_USER),
    // The port refuses other types.
    assignmentType: textIn(map, ASSIGNMENT_TYPE) as AssignmentType | undefined,
  };
}

function refuseOthers(map: WireMap<SegmentAttributeValue> | undefined, known: readonly string[]): void {
  if (map?.every(([key]) => !key.startsWith(SYSTEM_DEFINED) || known.includes(key)) ?? true) return;
  throw invalidParameter(`SegmentAttributes: of the system-defined ones, only ${known.join(', ')} are supported.`);
}

function userDefinedIn(map: WireMap<SegmentAttributeValue> | undefined): Attribute[] | undefined {
  const own = map?.filter(([key]) => !key.startsWith(SYSTEM_DEFINED));
  return own?.length ? own.map(([key]) => ({ key, value: textIn(own, key) ?? '' })) : undefined;
}

function textIn(map: WireMap<SegmentAttributeValue> | undefined, key: string): string | undefined {
  const value = map?.find(([name]) => name === key)?.[1];
  if (value !== undefined && value.ValueString === undefined) {
    throw invalidParameter(`SegmentAttributes: ${key} needs a ValueString.`);
  }
  return value?.ValueString;
}

function expiryIn(map: WireMap<SegmentAttributeValue> | undefined): number | undefined {
  const expiry = map?.find(([key]) => key === CONTACT_EXPIRY)?.[1];
  if (expiry === undefined) return undefined;
  const duration = expiry.ValueMap?.find(([key]) => key === 'ExpiryDuration')?.[1].ValueInteger;
  if (duration === undefined) {
    throw invalidParameter(
      `SegmentAttributes: ${CONTACT_EXPIRY} needs ValueMap.ExpiryDuration.ValueInteger, in minutes.`,
    );
  }
  return duration;
}

/** Converts a list to a JSON map. Undefined for an empty list. */
export function mapUnlessEmpty(list: readonly Tag[] | undefined): Record<string, string> | undefined {
  return list?.length ? toMap(list) : undefined;
}

/** Converts a contact to the form of DescribeContact, without members that the port does not know. */
export function toWireContact(contact: Contact): object {
  return {
    Arn: contact.arn,
    Id: contact.id,
    InitialContactId: contact.initialContactId,
    PreviousContactId: contact.previousContactId,
    RelatedContactId: contact.relatedContactId,
    ContactAssociationId: contact.associationId,
    InitiationMethod: contact.initiationMethod,
    Name: contact.name,
    Description: contact.description,
    Channel: contact.channel,
    QueueInfo: contact.queue && { Id: contact.queue.id, EnqueueTimestamp: seconds(contact.enqueuedAt) },
    AgentInfo: contact.agent && {
      Id: contact.agent.id,
      ConnectedToAgentTimestamp: seconds(contact.connectedToAgentAt),
      AfterContactWorkStartTimestamp: seconds(contact.afterContactWorkStartedAt),
      AfterContactWorkEndTimestamp: seconds(contact.afterContactWorkEndedAt),
    },
    InitiationTimestamp: seconds(contact.initiatedAt),
    DisconnectTimestamp: seconds(contact.endedAt),
    DisconnectReason: contact.disconnectReason,
    LastUpdateTimestamp: seconds(contact.updatedAt),
    ScheduledTimestamp: seconds(contact.scheduledTime),
    LastPausedTimestamp: seconds(contact.pausedAt),
    LastResumedTimestamp: seconds(contact.resumedAt),
    TotalPauseCount: contact.pauseCount,
    TotalPauseDurationInSeconds: contact.pausedSeconds,
    ConnectedToSystemTimestamp: seconds(contact.connectedToSystemAt),
    ContactDetails: { Name: contact.name, Description: contact.description },
    QueuePriority: contact.queuePriority === undefined ? undefined : long(contact.queuePriority),
    QueueTimeAdjustmentSeconds: contact.queueTimeAdjustmentSeconds,
    CustomerEndpoint: contact.customerEndpoint && {
      Type: contact.customerEndpoint.type,
      Address: contact.customerEndpoint.address,
    },
    Tags: mapUnlessEmpty(contact.tags),
    TaskTemplateInfo: contact.taskTemplate && { Arn: contact.taskTemplate.arn, Name: contact.taskTemplate.name },
    SegmentAttributes: segmentAttributes(contact),
  };
}

/** Converts decimal digits to a JSON number that keeps them all. */
function long(digits: string): unknown {
  return (JSON as unknown as { rawJSON(json: string): object }).rawJSON(digits);
}

type Segmented = Pick<
  Contact,
  'expiresAt' | 'initiatedAt' | 'scheduledTime' | 'createdBy' | 'assignmentType' | 'segmentAttributes'
>;

/** Returns the segment attributes of a contact. Undefined if it has none. */
export function segmentAttributes(contact: Segmented): object | undefined {
  const { createdBy, assignmentType } = contact;
  const attributes = {
    ...Object.fromEntries((contact.segmentAttributes ?? []).map(({ key, value }) => [key, { ValueString: value }])),
    ...expiryAttribute(contact),
    ...(createdBy && { [CREATED_BY_USER]: { ValueString: createdBy.arn } }),
    ...(assignmentType !== undefined && { [ASSIGNMENT_TYPE]: { ValueString: assignmentType } }),
  };
  return Object.keys(attributes).length === 0 ? undefined : attributes;
}

function expiryAttribute({ expiresAt, initiatedAt, scheduledTime }: Segmented): object | undefined {
  if (expiresAt === undefined) return undefined;
  const minutes = (expiresAt.getTime() - (scheduledTime ?? initiatedAt).getTime()) / 60_000;
  return {
    [CONTACT_EXPIRY]: {
      ValueMap: {
        // A transferred task keeps its end, which is not a whole number of minutes after its own start.
        ExpiryDuration: Number.isInteger(minutes) ? { ValueInteger: minutes } : undefined,
        ExpiryTimeStamp: { ValueString: expiresAt.toISOString() },
      },
    },
  };
}

/** Converts an instant to seconds since the epoch, with a fraction. */
export function seconds(date: Date | undefined): number | undefined {
  return date && date.getTime() / 1000;
}

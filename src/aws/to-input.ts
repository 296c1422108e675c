import type {
  ReferenceType,
  Reference as SdkReference,
  SearchContactsCommandInput,
  SegmentAttributeValue,
  StartTaskContactCommandInput,
  UpdateContactCommandInput,
  UpdateContactRoutingDataCommandInput,
} from '@aws-sdk/client-connect';
import { ASSIGNMENT_TYPE, CONTACT_EXPIRY, CREATED_BY_USER } from '../connect/api-names/segment-attributes.js';
import { toMap } from '../connect/api-names/to-map.js';
import type { Reference } from '../connect/contact.js';
import type { SearchContactsRequest, SearchCriteria } from '../connect/contact-search.js';
import type { UpdateContactRequest, UpdateContactRoutingDataRequest } from '../connect/lifecycle.js';
import type { StartTaskContactRequest } from '../connect/start-task-contact.js';

/** Converts a request of StartTaskContact, with the client token to send. */
export function toStartTaskContactInput(
  request: StartTaskContactRequest,
  clientToken: string,
): StartTaskContactCommandInput {
  return {
    InstanceId: request.instanceId,
    Name: request.name,
    Description: request.description,
    ContactFlowId: request.contactFlowId,
    QuickConnectId: request.quickConnectId,
    TaskTemplateId: request.taskTemplateId,
    PreviousContactId: request.previousContactId,
    RelatedContactId: request.relatedContactId,
    Attributes: request.attributes && toMap(request.attributes),
    References: toReferences(request.references),
    Attachments: request.attachments?.length
      ? request.attachments.map(({ fileName, url }) => ({ FileName: fileName, S3Url: url }))
      : undefined,
    ClientToken: clientToken,
    ScheduledTime: request.scheduledTime,
    SegmentAttributes: toSegmentAttributes(request),
  };
}

/** Converts a request of UpdateContact. */
export function toUpdateContactInput(request: UpdateContactRequest): UpdateContactCommandInput {
  return {
    InstanceId: request.instanceId,
    ContactId: request.contactId,
    Name: request.name,
    Description: request.description,
    References: toReferences(request.references),
    SegmentAttributes: toSegmentAttributes(request),
  };
}

/** Converts a request of UpdateContactRoutingData. */
export function toRoutingDataInput(request: UpdateContactRoutingDataRequest): UpdateContactRoutingDataCommandInput {
  const { queuePriority, queueTimeAdjustmentSeconds } = request;
  return {
    InstanceId: request.instanceId,
    ContactId: request.contactId,
    QueuePriority: queuePriority === undefined ? undefined : toLong(queuePriority),
    QueueTimeAdjustmentSeconds: queueTimeAdjustmentSeconds,
  };
}

/** Converts digits to a number. The SDK's type is number, but it sends a BigInt too, which holds all digits. */
function toLong(digits: string): number {
  const number = Number(digits);
  return Number.isSafeInteger(number) || Number.isNaN(number) ? number : (BigInt(digits) as unknown as number);
}

/** Converts a request of SearchContacts. */
export function toSearchContactsInput(request: SearchContactsRequest): SearchContactsCommandInput {
  const { timeRange, criteria, sort } = request;
  return {
    InstanceId: request.instanceId,
    TimeRange: { Type: timeRange.type, StartTime: timeRange.from, EndTime: timeRange.to },
    SearchCriteria: criteria && toSearchCriteria(criteria),
    Sort: sort && { FieldName: sort.field, Order: sort.order },
    MaxResults: request.maxResults,
    NextToken: request.nextToken,
  };
}

function toSearchCriteria(criteria: SearchCriteria): SearchContactsCommandInput['SearchCriteria'] {
  const { name, attributes, tags } = criteria;
  return {
    // In the port an empty list matches everything; the API would refuse it.
    Name: name?.texts.length ? { SearchText: [...name.texts], MatchType: name.match } : undefined,
    Channels: orUndefined(criteria.channels),
    InitiationMethods: orUndefined(criteria.initiationMethods) as never,
    QueueIds: orUndefined(criteria.queueIds),
    AgentIds: orUndefined(criteria.agentIds),
    SearchableContactAttributes: attributes?.criteria.length
      ? {
          Criteria: attributes.criteria.map(({ key, values }) => ({ Key: key, Values: [...values] })),
          MatchType: attributes.match,
        }
      : undefined,
    AdditionalTimeRange: criteria.without?.length
      ? {
          Criteria: criteria.without.map((Type) => ({ TimestampCondition: { Type, ConditionType: 'NOT_EXISTS' } })),
          MatchType: 'MATCH_ALL',
        }
      : undefined,
    ContactTags: tags?.length
      ? { OrConditions: tags.map((group) => group.map(({ key, value }) => ({ TagKey: key, TagValue: value }))) }
      : undefined,
  };
}

function orUndefined<Item>(list: readonly Item[] | undefined): Item[] | undefined {
  return list?.length ? [...list] : undefined;
}

function toReferences(references: readonly Reference[] | undefined): Record<string, SdkReference> | undefined {
  return (
    references &&
    Object.fromEntries(references.map(({ name, type, value }) => [name, { Type: type as ReferenceType, Value: value }]))
  );
}

type Segments = Pick<
  StartTaskContactRequest,
  'expiryMinutes' | 'createdByUserId' | 'assignmentType' | 'segmentAttributes'
>;

function toSegmentAttributes({
  expiryMinutes,
  createdByUserId,
  assignmentType,
  segmentAttributes = [],
}: Segments): Record<string, SegmentAttributeValue> | undefined {
  const attributes: Record<string, SegmentAttributeValue> = {};
  for (const { key, value } of segmentAttributes) attributes[key] = { ValueString: value };
  if (expiryMinutes !== undefined) {
    attributes[CONTACT_EXPIRY] = { ValueMap: { ExpiryDuration: { ValueInteger: expiryMinutes } } };
  }
  if (createdByUserId !== undefined) attributes[CREATED_BY_USER] = { ValueString: createdByUserId };
  if (assignmentType !== undefined) attributes[ASSIGNMENT_TYPE] = { ValueString: assignmentType };
  return Object.keys(attributes).length === 0 ? undefined : attributes;
}

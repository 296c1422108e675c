import { bareId, isArn } from '../../connect/arn.js';
import type { Attribute, Contact } from '../../connect/contact.js';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import { given } from '../../util/given.js';
import type { Known } from '../loading/lazy.js';
import type { MutationCalls } from '../loading/reads.js';
import type { CreateTaskContactInput } from './create-task-contact.input.js';

/** Converts the input to the port's request, without its client token. Null counts as absent, as in the API. */
export function toRequest(input: CreateTaskContactInput, instanceId: string): StartTaskContactRequest {
  const { name, flow, link } = input;
  return {
    instanceId,
    name,
    ...given({
      contactFlowId: flow.contactFlowId,
      quickConnectId: flow.quickConnectId,
      taskTemplateId: flow.taskTemplateId,
      previousContactId: link?.previousContactId,
      relatedContactId: link?.relatedContactId,
      description: input.description,
      attributes: input.attributes,
      references: input.references,
      attachments: input.attachments?.length ? input.attachments : undefined,
      scheduledTime: input.scheduledTime,
      expiryMinutes: input.expiryMinutes,
      segmentAttributes: input.segmentAttributes,
      createdByUserId: input.createdByUserId,
      assignmentType: input.assignmentType,
    }),
  };
}

/** Nested input objects of the request's members. */
export const GROUPS: Readonly<Record<string, string>> = {
  contactFlowId: 'flow',
  quickConnectId: 'flow',
  taskTemplateId: 'flow',
  previousContactId: 'link',
  relatedContactId: 'link',
};

/** Returns the values of the new contact that the request states, which need no read. */
export function statedBy(request: StartTaskContactRequest, replayed: boolean | undefined): Known<Contact> {
  const { name, description, references, scheduledTime, previousContactId, relatedContactId, taskTemplateId } = request;
  const byTemplate = taskTemplateId !== undefined;
  // A repeated contact may have changed, and a template may have filled empty members: then the contact must be read. The same
  // holds for a link or a template by ARN, because a contact reports ids.
  const isCertain = (value: unknown) => !replayed && (!byTemplate || Boolean(value));
  const { segmentAttributes, createdByUserId, assignmentType } = request;
  const isId = (given: string | undefined) => !given?.startsWith('arn:');
  return {
    channel: 'TASK',
    initiationMethod: 'API',
    ...(isId(previousContactId) && { previousContactId }),
    ...(isId(relatedContactId) && { relatedContactId }),
    ...(isId(taskTemplateId) && { taskTemplate: byTemplate ? { id: taskTemplateId } : undefined }),
    ...(isCertain(name) && { name }),
    ...(isCertain(description) && { description }),
    ...(isCertain(scheduledTime) && { scheduledTime }),
    // Amazon Connect adds a reference for each attachment, with an id and a status that only a read shows.
    ...(isCertain(!byTemplate) && !request.attachments && { references: references ?? [] }),
    ...(!replayed && {
      segmentAttributes: segmentAttributes?.length ? byKey(segmentAttributes) : undefined,
      createdBy: createdByUserId === undefined ? undefined : { id: bareId(createdByUserId) },
      assignmentType,
    }),
  };
}

/** Returns attributes in the order in which a contact reports them. */
export function byKey(attributes: readonly Attribute[]): readonly Attribute[] {
  return [...attributes].sort((one, other) => (one.key < other.key ? -1 : 1));
}

/**
 * Whether a request states all attributes of the contact that it creates, which needs a contact without a link: one in a chain
 * shares the chain's attributes, a related one copies others, and a template may add its own.
 */
export function statesAttributes(
  { previousContactId, relatedContactId, taskTemplateId }: StartTaskContactRequest,
  replayed: boolean | undefined,
): boolean {
  return !replayed && (previousContactId ?? relatedContactId ?? taskTemplateId) === undefined;
}

/** A template is read again before it refuses a creation. */
const TEMPLATE_READS = 2;

/** Calls of Amazon Connect by a creation, and the members that it states. */
export function callsOf(input: CreateTaskContactInput): MutationCalls {
  const request = toRequest(input, '');
  const { previousContactId, taskTemplateId, createdByUserId } = request;
  const byTemplate = taskTemplateId !== undefined;
  const hasToken = Boolean(input.clientToken);
  const stated = new Set(Object.keys(statedBy(request, undefined)));
  if (previousContactId === undefined) stated.add('chain');
  if (statesAttributes(request, undefined)) stated.add('attributes');
  return {
    // With a token, the template is read only if Connect refuses. The ARN of a creator needs that of the instance.
    calls: (byTemplate && !hasToken ? 2 : 1) + (createdByUserId === undefined || isArn(createdByUserId) ? 0 : 1),
    // For a full quota, the chain is counted to learn which one it is.
    whenRefused: byTemplate && hasToken ? TEMPLATE_READS : previousContactId === undefined ? 0 : 1,
    stated,
  };
}

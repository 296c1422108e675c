import type { Contact } from '../../connect/contact.js';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import { given } from '../../util/given.js';
import type { Known } from '../loading/lazy.js';
import type { MutationCalls } from '../loading/reads.js';
import type { CreateTaskContactInput } from './create-task-contact.input.js';

/** Translates the mutation's input to the port's request, but for its client token. What is null counts as absent, as in the API. */
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
      scheduledTime: input.scheduledTime,
      expiryMinutes: input.expiryMinutes,
    }),
  };
}

/** The nested input objects that members of the request stand in. */
export const GROUPS: Readonly<Record<string, string>> = {
  contactFlowId: 'flow',
  quickConnectId: 'flow',
  taskTemplateId: 'flow',
  previousContactId: 'link',
  relatedContactId: 'link',
};

/** What a request states of the contact that it creates, so that telling that takes no read. */
export function statedBy(request: StartTaskContactRequest, replayed: boolean | undefined): Known<Contact> {
  const { name, description, references, scheduledTime, previousContactId, relatedContactId, taskTemplateId } = request;
  const byTemplate = taskTemplateId !== undefined;
  // A repeat finds a contact that may have changed since, and a template may have filled what is empty: then only the
  // contact itself can tell. So it is with a link or a template that was given as an ARN, since a contact tells ids.
  const isCertain = (value: unknown) => !replayed && (!byTemplate || Boolean(value));
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
    ...(isCertain(!byTemplate) && { references: references ?? [] }),
  };
}

/**
 * Whether a request states all attributes of the contact that it creates: it is linked to none. One that joins a chain
 * shares the chain's, a related one copies others', and a template may add its own.
 */
export function statesAttributes(
  { previousContactId, relatedContactId, taskTemplateId }: StartTaskContactRequest,
  replayed: boolean | undefined,
): boolean {
  return !replayed && (previousContactId ?? relatedContactId ?? taskTemplateId) === undefined;
}

/** A template that refuses a creation is read again before it counts. */
const TEMPLATE_READS = 2;

/** What a creation calls on Amazon Connect, and what it states of the new contact. */
export function callsOf(input: CreateTaskContactInput): MutationCalls {
  const request = toRequest(input, '');
  const { previousContactId, taskTemplateId } = request;
  const byTemplate = taskTemplateId !== undefined;
  const hasToken = Boolean(input.clientToken);
  const stated = new Set(Object.keys(statedBy(request, undefined)));
  if (previousContactId === undefined) stated.add('chain');
  if (statesAttributes(request, undefined)) stated.add('attributes');
  return {
    // With a token, the template is read only if Connect refuses.
    calls: byTemplate && !hasToken ? 2 : 1,
    // A full quota: which one it is, the chain shows.
    whenRefused: byTemplate && hasToken ? TEMPLATE_READS : previousContactId === undefined ? 0 : 1,
    stated,
  };
}

import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import { given } from '../given.js';
import type { CreateTaskContactInput } from './create-task-contact.input.js';

/** Translates the mutation's input to the port's request, but for its client token. What is null counts as absent, as in the API. */
export function toRequest(input: CreateTaskContactInput, instanceId: string): StartTaskContactRequest {
  const { name, flow, link } = input;
  return {
    instanceId,
    name,
    ...given('contactFlowId', flow.contactFlowId),
    ...given('quickConnectId', flow.quickConnectId),
    ...given('taskTemplateId', flow.taskTemplateId),
    ...given('previousContactId', link?.previousContactId),
    ...given('relatedContactId', link?.relatedContactId),
    ...given('description', input.description),
    ...given('attributes', input.attributes),
    ...given('references', input.references),
    ...given('scheduledTime', input.scheduledTime),
    ...given('expiryMinutes', input.expiryMinutes),
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

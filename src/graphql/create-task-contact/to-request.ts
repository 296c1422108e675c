import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import { given } from '../../util/given.js';
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

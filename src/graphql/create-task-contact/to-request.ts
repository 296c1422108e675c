import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import type { Path } from '../../connect/violation.js';
import type { CreateTaskContactInput } from './create-task-contact.input.js';

/** Translates the mutation's input to the port's request. What is null counts as absent, as in the API. */
export function toRequest(input: CreateTaskContactInput, instanceId: string): StartTaskContactRequest {
  const { name, flow, link, clientToken } = input;
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
    ...given('clientToken', clientToken || undefined),
  };
}

/** Where a member of the port's request stands in the mutation's arguments. */
export function pathInInput(path: Path): Path {
  const [member] = path;
  const group = typeof member === 'string' ? GROUPS[member] : undefined;
  return group === undefined ? ['input', ...path] : ['input', group, ...path];
}

const GROUPS: Readonly<Record<string, string>> = {
  contactFlowId: 'flow',
  quickConnectId: 'flow',
  taskTemplateId: 'flow',
  previousContactId: 'link',
  relatedContactId: 'link',
};

function given<Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { readonly [Member in Name]?: Value } {
  return value == null ? {} : ({ [name]: value } as { readonly [Member in Name]: Value });
}

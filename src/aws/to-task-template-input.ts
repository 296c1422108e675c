import type { CreateTaskTemplateCommandInput } from '@aws-sdk/client-connect';
import type { CreateTaskTemplateRequest, TaskTemplateField } from '../connect/task-template.js';

/** CreateTaskTemplate, with the token that goes along. Constraints and defaults stand apart from the fields there. */
export function toCreateTaskTemplateInput(
  request: CreateTaskTemplateRequest,
  clientToken: string,
): CreateTaskTemplateCommandInput {
  const { fields } = request;
  const those = (holds: (field: TaskTemplateField) => boolean) =>
    fields.filter(holds).map(({ name }) => ({ Id: { Name: name } }));
  return {
    InstanceId: request.instanceId,
    Name: request.name,
    Description: request.description,
    ContactFlowId: request.contactFlowId,
    SelfAssignFlowId: request.selfAssignFlowId,
    Status: request.status,
    ClientToken: clientToken,
    Fields: fields.map(({ name, type, description, options }) => ({
      Id: { Name: name },
      Type: type,
      Description: description,
      SingleSelectOptions: options && [...options],
    })),
    Constraints: {
      RequiredFields: those(({ required }) => required),
      ReadOnlyFields: those(({ readOnly }) => readOnly),
      InvisibleFields: those(({ invisible }) => invisible),
    },
    Defaults: {
      DefaultFieldValues: fields
        .filter(({ defaultValue }) => defaultValue !== undefined)
        .map(({ name, defaultValue }) => ({ Id: { Name: name }, DefaultValue: defaultValue })),
    },
  };
}

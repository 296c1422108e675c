import type {
  CreateTaskTemplateCommandInput,
  GetTaskTemplateCommandOutput,
  TaskTemplateMetadata,
} from '@aws-sdk/client-connect';
import type {
  CreateTaskTemplateRequest,
  TaskTemplate,
  TaskTemplateField,
  TaskTemplateFieldType,
  TaskTemplateSummary,
} from '../connect/task-template.js';
import { given } from '../util/given.js';
import { requireMember } from './members.js';

/** Converts a template of ListTaskTemplates. */
export function toListedTemplate(instanceId: string, output: TaskTemplateMetadata): TaskTemplateSummary {
  return {
    instanceId,
    id: requireMember('Id', output.Id),
    arn: requireMember('Arn', output.Arn),
    name: requireMember('Name', output.Name),
    status: output.Status ?? 'ACTIVE',
    ...given({
      description: output.Description,
      createdAt: output.CreatedTime,
      updatedAt: output.LastModifiedTime,
    }),
  };
}

/**
 * Converts a template of GetTaskTemplate. The API keeps constraints and defaults apart; the port keeps them on the
 * fields.
 */
export function toTaskTemplate(instanceId: string, output: GetTaskTemplateCommandOutput): TaskTemplate {
  const { RequiredFields, ReadOnlyFields, InvisibleFields } = output.Constraints ?? {};
  const required = namesIn(RequiredFields);
  const readOnly = namesIn(ReadOnlyFields);
  const invisible = namesIn(InvisibleFields);
  const defaults = new Map(
    output.Defaults?.DefaultFieldValues?.map(({ Id, DefaultValue }) => [Id?.Name, DefaultValue]),
  );
  return {
    ...toListedTemplate(instanceId, output),
    ...given({ contactFlowId: output.ContactFlowId, selfAssignFlowId: output.SelfAssignFlowId }),
    fields: (output.Fields ?? []).map((field) => {
      const name = requireMember('Id.Name', field.Id?.Name);
      return {
        name,
        type: requireMember('Type', field.Type) as TaskTemplateFieldType,
        required: required.has(name),
        readOnly: readOnly.has(name),
        invisible: invisible.has(name),
        ...given({
          description: field.Description,
          defaultValue: defaults.get(name),
          options: field.SingleSelectOptions,
        }),
      };
    }),
  };
}

function namesIn(
  list: readonly { readonly Id?: { readonly Name?: string | undefined } | undefined }[] = [],
): ReadonlySet<string | undefined> {
  return new Set(list.map(({ Id }) => Id?.Name));
}

/**
 * Converts a request of CreateTaskTemplate, with the client token to send. The API keeps constraints and defaults apart
 * from the fields.
 */
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

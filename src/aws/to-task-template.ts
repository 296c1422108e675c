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
import { demanded } from './members.js';

/** A template of ListTaskTemplates. */
export function toListedTemplate(instanceId: string, told: TaskTemplateMetadata): TaskTemplateSummary {
  return {
    instanceId,
    id: demanded('Id', told.Id),
    arn: demanded('Arn', told.Arn),
    name: demanded('Name', told.Name),
    status: told.Status ?? 'ACTIVE',
    ...given({
      description: told.Description,
      createdAt: told.CreatedTime,
      updatedAt: told.LastModifiedTime,
    }),
  };
}

/** A template of GetTaskTemplate: its constraints and defaults stand apart there, and on the fields here. */
export function toTaskTemplate(instanceId: string, told: GetTaskTemplateCommandOutput): TaskTemplate {
  const { RequiredFields, ReadOnlyFields, InvisibleFields } = told.Constraints ?? {};
  const required = namesIn(RequiredFields);
  const readOnly = namesIn(ReadOnlyFields);
  const invisible = namesIn(InvisibleFields);
  const defaults = new Map(told.Defaults?.DefaultFieldValues?.map(({ Id, DefaultValue }) => [Id?.Name, DefaultValue]));
  return {
    ...toListedTemplate(instanceId, told),
    ...given({ contactFlowId: told.ContactFlowId, selfAssignFlowId: told.SelfAssignFlowId }),
    fields: (told.Fields ?? []).map((field) => {
      const name = demanded('Id.Name', field.Id?.Name);
      return {
        name,
        type: demanded('Type', field.Type) as TaskTemplateFieldType,
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

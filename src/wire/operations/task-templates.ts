import type { TaskTemplate, TaskTemplateField, TaskTemplateSummary } from '../../connect/task-template.js';
import { given } from '../../util/given.js';
import { operation } from '../operation.js';
import { seconds } from '../shapes.js';
import { readResource } from './ids.js';
import { PAGING, pageOf, wordsOf } from './paging.js';

/** ListTaskTemplates. */
export const listTaskTemplates = operation({
  name: 'ListTaskTemplates',
  method: 'GET',
  path: '/instance/{InstanceId}/task/template',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    Status: { type: 'string', in: 'query', wireName: 'status' },
    Name: { type: 'string', in: 'query', wireName: 'name' },
    ...PAGING,
  },
  toRequest(input) {
    const [status] = wordsOf('Status', ['ACTIVE', 'INACTIVE'], input.Status === undefined ? [] : [input.Status]) ?? [];
    return { instanceId: input.InstanceId, ...given({ status, name: input.Name }), ...pageOf(input) };
  },
  call: (connect, request, options) => connect.listTaskTemplates(request, options),
  toResponse: ({ items, nextToken }) => ({ TaskTemplates: items.map(summaryOf), NextToken: nextToken }),
});

/** GetTaskTemplate. */
export const getTaskTemplate = operation({
  name: 'GetTaskTemplate',
  method: 'GET',
  path: '/instance/{InstanceId}/task/template/{TaskTemplateId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    TaskTemplateId: { type: 'string', in: 'path', required: true },
    SnapshotVersion: { type: 'string', in: 'query', wireName: 'snapshotVersion' },
  },
  toRequest: ({ InstanceId, TaskTemplateId, SnapshotVersion }) => ({
    instanceId: InstanceId,
    taskTemplateId: TaskTemplateId,
    snapshotVersion: SnapshotVersion,
  }),
  call(connect, { instanceId, taskTemplateId, snapshotVersion }, options) {
    if (snapshotVersion !== undefined) {
      return connect.getTaskTemplate({ instanceId, taskTemplateId, snapshotVersion }, options);
    }
    return readResource('TASK_TEMPLATE', 'taskTemplateId', taskTemplateId, (ids) =>
      connect.getTaskTemplates({ instanceId, taskTemplateIds: ids }, options),
    );
  },
  toResponse: (template) => ({
    InstanceId: template.instanceId,
    ...summaryOf(template),
    ContactFlowId: template.contactFlowId,
    SelfAssignFlowId: template.selfAssignFlowId,
    Fields: template.fields.map(({ name, type, description, options }) => ({
      Id: { Name: name },
      Type: type,
      Description: description,
      SingleSelectOptions: options,
    })),
    Constraints: constraintsOf(template),
    Defaults: {
      DefaultFieldValues: template.fields
        .filter(({ defaultValue }) => defaultValue !== undefined)
        .map(({ name, defaultValue }) => ({ Id: { Name: name }, DefaultValue: defaultValue })),
    },
  }),
});

function summaryOf(template: TaskTemplateSummary): object {
  return {
    Id: template.id,
    Arn: template.arn,
    Name: template.name,
    Description: template.description,
    Status: template.status,
    CreatedTime: seconds(template.createdAt),
    LastModifiedTime: seconds(template.updatedAt),
  };
}

function constraintsOf({ fields }: TaskTemplate): object {
  const those = (holds: (field: TaskTemplateField) => boolean) =>
    fields.filter(holds).map(({ name }) => ({ Id: { Name: name } }));
  return {
    RequiredFields: those(({ required }) => required),
    ReadOnlyFields: those(({ readOnly }) => readOnly),
    InvisibleFields: those(({ invisible }) => invisible),
  };
}

import type {
  CreateTaskTemplateRequest,
  TaskTemplateField,
  TaskTemplateFieldType,
  TaskTemplateStatus,
} from '../../connect/task-template.js';
import type { Path, RuleFacts } from '../../connect/violation.js';
import type { WireTemplateConstraints, WireTemplateDefault, WireTemplateField } from '../members.js';
import { violationOf } from '../../validation/rule.js';
import { excerpt } from '../../validation/text.js';
import { PropertyValidationError, type PropertyViolation } from '../../connect/errors.js';
import { given } from '../../util/given.js';
import { operation } from '../operation.js';

/** CreateTaskTemplate. */
export const createTaskTemplate = operation({
  name: 'CreateTaskTemplate',
  method: 'PUT',
  path: '/instance/{InstanceId}/task/template',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    Name: { type: 'string', required: true },
    Description: { type: 'string' },
    ContactFlowId: { type: 'string' },
    SelfAssignFlowId: { type: 'string' },
    Constraints: { type: 'template constraints' },
    Defaults: { type: 'template defaults' },
    Status: { type: 'string' },
    Fields: { type: 'template field list', required: true },
    ClientToken: { type: 'string' },
  },
  toRequest: (input): CreateTaskTemplateRequest => ({
    instanceId: input.InstanceId,
    name: input.Name,
    fields: gathered(input.Fields, input.Constraints, input.Defaults ?? []),
    ...given({
      description: input.Description,
      contactFlowId: input.ContactFlowId,
      selfAssignFlowId: input.SelfAssignFlowId,
      // The port refuses other values.
      status: input.Status as TaskTemplateStatus | undefined,
      clientToken: input.ClientToken,
    }),
  }),
  call: (connect, request, options) => connect.createTaskTemplate(request, options),
  toResponse: ({ id, arn }) => ({ Id: id, Arn: arn }),
});

/** Decision: the type of a field without one. The model has it as optional and states no default. */
const DEFAULT_TYPE = 'TEXT';

/** Constraints and defaults must name a field of the template. Decision: the reason. */
export const templateFieldNamed: RuleFacts = {
  id: 'engine/task-template-field-named',
  limit: 'the name of a field of the template',
  source: 'Service model, TaskTemplateConstraints and TaskTemplateDefaults. Decision: the reason of the violation',
};

/**
 * Converts fields to the port's form, with constraints and defaults at each field.
 *
 * @throws PropertyValidationError where a constraint or a default names no field
 */
function gathered(
  fields: readonly WireTemplateField[],
  constraints: WireTemplateConstraints = { RequiredFields: [], ReadOnlyFields: [], InvisibleFields: [] },
  defaults: readonly WireTemplateDefault[],
): readonly TaskTemplateField[] {
  const strays = [
    ...Object.entries(constraints).flatMap(([list, names]) => straysOf(fields, names, ['Constraints', list])),
    ...straysOf(
      fields,
      defaults.map(({ name }) => name),
      ['Defaults', 'DefaultFieldValues'],
    ),
  ];
  if (strays.length > 0) throw new PropertyValidationError(strays);
  const [required, readOnly, invisible] = [
    new Set(constraints.RequiredFields),
    new Set(constraints.ReadOnlyFields),
    new Set(constraints.InvisibleFields),
  ];
  const values = new Map(defaults.map(({ name, value }) => [name, value]));
  return fields.map(({ name, type = DEFAULT_TYPE, description, options }) => ({
    name,
    type: type as TaskTemplateFieldType,
    required: required.has(name),
    readOnly: readOnly.has(name),
    invisible: invisible.has(name),
    ...given({ description, options, defaultValue: values.get(name) }),
  }));
}

function straysOf(fields: readonly WireTemplateField[], names: readonly string[], at: Path): PropertyViolation[] {
  const known = new Set(fields.map(({ name }) => name));
  return names.flatMap((name, index) =>
    known.has(name)
      ? []
      : [
          {
            ...violationOf(templateFieldNamed, [...at, index, 'Id', 'Name'], excerpt(name)),
            reason: 'REFERENCED_RESOURCE_NOT_FOUND',
          },
        ],
  );
}

import { bareId } from '../../connect/arn.js';
import {
  InvalidParameterError,
  PropertyValidationError,
  type PropertyViolation,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
} from '../../connect/errors.js';
import { CLIENT_TOKEN_WINDOW_MS, TASK_TEMPLATES } from '../../connect/limits.js';
import type {
  CreateTaskTemplateRequest,
  CreateTaskTemplateResult,
  TaskTemplateField,
} from '../../connect/task-template.js';
import { createTaskTemplateRules } from '../../validation/requests/create-task-template.js';
import { flaw, flawsOf } from '../../validation/requests/template-parts.js';
import type { RuleFacts } from '../../connect/violation.js';
import { checkEachMember } from '../../validation/rule.js';
import { excerpt } from '../../validation/text.js';
import { arnOf, checkArn } from '../arn.js';
import type { TaskTemplateRow } from '../store/tables.js';
import { hashOf, tokenScope } from './fingerprint.js';
import { keyIn, NO_KEYS } from './found.js';
import { type Operation, refuse } from './operation.js';
import type { Change, State } from './state.js';

const NAME = 'CreateTaskTemplate';

/** Requires a name that no other template of the instance has. */
export const templateNameFree: RuleFacts = {
  id: 'api/task-template-name-free',
  limit: 'a name that no other task template of the instance has',
  source: 'CreateTaskTemplate, Name; PropertyValidationExceptionReason RESOURCE_NAME_ALREADY_EXISTS',
};

/** Requires an existing flow. Whether it can start tasks is validated when it does, because flows change. */
export const templateFlowExists: RuleFacts = {
  id: 'api/task-template-flow-exists',
  limit: 'the id of a contact flow of this instance',
  source: 'PropertyValidationExceptionReason REFERENCED_RESOURCE_NOT_FOUND',
};

/**
 * Requires a client token without another request. Decision: PropertyValidationException, because the operation models
 * no error for it.
 */
export const templateTokenUnused: RuleFacts = {
  id: 'engine/task-template-client-token',
  limit: 'a client token that was not used with other parameters',
  source: 'Decision: CreateTaskTemplate states no error for it',
};

const FLOW_MEMBERS = ['contactFlowId', 'selfAssignFlowId'] as const;

/** Creates a task template. */
export const createTaskTemplate: Operation<CreateTaskTemplateRequest, CreateTaskTemplateResult> = {
  name: NAME,
  check: (request) => checkEachMember(createTaskTemplateRules, request),
  keysOf: (request) => ({
    ...NO_KEYS,
    instances: [bareId(request.instanceId)],
    templatesOf: [bareId(request.instanceId)],
    contactFlows: FLOW_MEMBERS.flatMap((member) => {
      const id = request[member];
      return id === undefined ? [] : [keyIn(request, id)];
    }),
    tokens: request.clientToken ? [tokenScope(request.instanceId, NAME, request.clientToken)] : [],
  }),
  sizeOf: ({ name, description = '', fields }) =>
    512 + name.length + description.length + JSON.stringify(fields).length,
  decide({ state, newId }, request) {
    const instance = state.instance(bareId(request.instanceId));
    if (instance === undefined) return refuse(new ResourceNotFoundError('INSTANCE', request.instanceId, 'instanceId'));
    const foreign = [
      ...checkArn(request.instanceId, instance.arn, 'INSTANCE', ['instanceId']),
      ...FLOW_MEMBERS.flatMap((member) => checkArn(request[member] ?? '', instance.arn, 'CONTACT_FLOW', [member])),
    ];
    if (foreign.length > 0) return refuse(new InvalidParameterError(foreign));

    const template = rowOf(request, newId, state.now);
    const use = tokenUse(request, template);
    const earlier = use && state.token(use.scope);
    if (earlier) {
      const id = earlier.contactId;
      if (earlier.fingerprint === use.fingerprint) {
        return { result: { id, arn: arnOf(instance.arn, 'TASK_TEMPLATE', id) }, changes: [] };
      }
      const used = flaw(templateTokenUnused, ['clientToken'], 'one that was', 'UNIQUE_CONSTRAINT_VIOLATED');
      return refuse(new PropertyValidationError([used]));
    }
    const flaws = [...flawsOf(request), ...flawsInInstance(state, request)];
    if (flaws.length > 0) return refuse(new PropertyValidationError(flaws));
    if (state.taskTemplates(instance.id).length >= TASK_TEMPLATES) {
      return refuse(new ServiceQuotaExceededError('TASK_TEMPLATES', TASK_TEMPLATES));
    }

    const changes: Change[] = [{ kind: 'template-created', template }];
    if (use) {
      const token = { ...use, contactId: newId, expiresAt: state.now + CLIENT_TOKEN_WINDOW_MS };
      changes.push({ kind: 'token-used', token });
    }
    return { result: { id: newId, arn: arnOf(instance.arn, 'TASK_TEMPLATE', newId) }, changes };
  },
};

function flawsInInstance(state: State, request: CreateTaskTemplateRequest): readonly PropertyViolation[] {
  const flows = FLOW_MEMBERS.flatMap((member) => {
    const id = request[member];
    if (id === undefined || state.contactFlow(keyIn(request, id))) return [];
    return [flaw(templateFlowExists, [member], excerpt(id), 'REFERENCED_RESOURCE_NOT_FOUND')];
  });
  const { name } = request;
  const isUsed = state.taskTemplates(bareId(request.instanceId)).some((template) => template.name === name);
  if (!isUsed) return flows;
  return [...flows, flaw(templateNameFree, ['name'], excerpt(name), 'RESOURCE_NAME_ALREADY_EXISTS')];
}

function rowOf(request: CreateTaskTemplateRequest, id: string, now: number): TaskTemplateRow {
  const flow = (id: string | undefined) => (id === undefined ? null : bareId(id));
  return {
    instanceId: bareId(request.instanceId),
    id,
    name: request.name,
    description: request.description ?? null,
    status: request.status ?? 'ACTIVE',
    contactFlowId: flow(request.contactFlowId),
    selfAssignFlowId: flow(request.selfAssignFlowId),
    fields: JSON.stringify(request.fields.map(plain)),
    createdAt: now,
    updatedAt: now,
  };
}

/** Returns a field with only the known members, in a fixed order. */
function plain(field: TaskTemplateField): TaskTemplateField {
  const { name, type, description, required, readOnly, invisible, defaultValue, options } = field;
  return {
    name,
    type,
    ...(description !== undefined && { description }),
    required,
    readOnly,
    invisible,
    ...(defaultValue !== undefined && { defaultValue }),
    ...(options !== undefined && { options }),
  };
}

/** Returns the use of a client token. Requests are equal if they would create the same template. */
function tokenUse({ instanceId, clientToken }: CreateTaskTemplateRequest, template: TaskTemplateRow) {
  if (!clientToken) return undefined;
  const { name, description, status, contactFlowId, selfAssignFlowId, fields } = template;
  return {
    scope: tokenScope(instanceId, NAME, clientToken),
    fingerprint: hashOf([name, description, status, contactFlowId, selfAssignFlowId, fields]),
  };
}

import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import {
  checkTemplateFit,
  templateFieldType,
  templateRequiredField,
} from '../../validation/requests/template-values.js';
import { taskTemplateActive } from '../../validation/rules/task-template.js';
import {
  type ConnectFault,
  IllegalStateError,
  PropertyValidationError,
  type PropertyReason,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
} from '../../connect/errors.js';
import type { UpdateContactTaskTemplateRequest } from '../../connect/lifecycle.js';
import { TEMPLATE_CHANGES } from '../../connect/limits.js';
import type { TaskTemplateField } from '../../connect/task-template.js';
import type { RuleFacts } from '../../connect/violation.js';
import type { ContactRow, TaskTemplateRow } from '../store/tables.js';
import { allOf, findContact, isUnknownContact, keyIn, keysOfContact } from './found.js';
import { lifeOf } from './life.js';
import { done, invalidRequest, type Operation, refuse } from './operation.js';
import { readReferences } from './to-contact.js';

/** Requires a template that the task does not have yet. */
export const anotherTemplate: RuleFacts = {
  id: 'api/another-task-template',
  limit: 'another task template than that of the task',
  source: 'UpdateContactTaskTemplate: InvalidRequestException when the task contact already uses the template',
};

/** The API's reason of a template's refusal, by the rule that is broken. */
const REASONS: Readonly<Record<string, PropertyReason>> = {
  [templateRequiredField.id]: 'REQUIRED_PROPERTY_MISSING',
  [templateFieldType.id]: 'TYPE_MISMATCH',
};

/** Gives a running task that no agent has another template, which its references must fit. */
export const updateContactTaskTemplate: Operation<UpdateContactTaskTemplateRequest, void> = {
  name: 'UpdateContactTaskTemplate',
  check: checkContactRequest,
  keysOf: (request) => ({ ...keysOfContact(request), taskTemplates: [keyIn(request, request.taskTemplateId)] }),
  sizeOf: () => 256,
  decide({ state }, request) {
    const { taskTemplateId } = request;
    const found = findContact(state, request, [['taskTemplateId', 'TASK_TEMPLATE', taskTemplateId]]);
    if (found instanceof Error && !isUnknownContact(found)) return refuse(found);
    const template = state.taskTemplate(keyIn(request, taskTemplateId));
    const fault = allOf([
      found instanceof Error ? found : undefined,
      template === undefined ? new ResourceNotFoundError('TASK_TEMPLATE', taskTemplateId, 'taskTemplateId') : undefined,
      found instanceof Error ? undefined : stateFault(found.contact, state.now),
    ]);
    if (fault) return refuse(fault);
    const { contact } = found as Exclude<typeof found, Error>;
    const unfit = templateFault(contact, template as TaskTemplateRow);
    if (unfit) return refuse(unfit);
    return done({
      kind: 'contact-changed',
      contact: {
        ...contact,
        taskTemplateId: (template as TaskTemplateRow).id,
        templateChanges: contact.templateChanges + 1,
        updatedAt: state.now,
      },
    });
  },
};

/** Decision: a scheduled task is not in progress yet. */
function stateFault(contact: ContactRow, now: number): ConnectFault | undefined {
  const { state: present } = lifeOf(contact, now);
  const isOpen = contact.channel === 'TASK' && ['INITIATED', 'QUEUED', 'PAUSED'].includes(present);
  if (!isOpen || contact.connectedAt !== null) {
    return new IllegalStateError('InvalidRequestException', 'CHANGE_TEMPLATE', contact.channel, present);
  }
  return contact.templateChanges >= TEMPLATE_CHANGES
    ? new ServiceQuotaExceededError('TEMPLATE_CHANGES', TEMPLATE_CHANGES)
    : undefined;
}

function templateFault(contact: ContactRow, template: TaskTemplateRow): ConnectFault | undefined {
  const at = ['taskTemplateId'];
  if (template.id === contact.taskTemplateId) return invalidRequest(anotherTemplate, at, 'the template that it has');
  if (template.status !== 'ACTIVE') {
    return invalidRequest(taskTemplateActive, at, `a template that is ${template.status}`);
  }
  const fields = JSON.parse(template.fields) as readonly TaskTemplateField[];
  const violations = checkTemplateFit(fields, readReferences(contact));
  if (violations.length === 0) return undefined;
  // The request has no references, so that each violation is about the template.
  return new PropertyValidationError(
    violations.map((violation) => ({
      ...violation,
      path: at,
      reason: REASONS[violation.rule] ?? 'INVALID_FORMAT',
    })),
  );
}

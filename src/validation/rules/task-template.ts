import type { TaskTemplateStatus } from '../../connect/task-template.js';
import type { Violation } from '../../connect/violation.js';
import { breach, type RuleFacts } from '../rule.js';

/** A template that tasks are made from. */
export const taskTemplateActive: RuleFacts = {
  id: 'api/task-template-active',
  limit: 'an ACTIVE task template',
  source: 'Service model, TaskTemplateStatus: tasks can only be created from active templates',
};

/** A template that leads to a flow. */
export const taskTemplateHasFlow: RuleFacts = {
  id: 'api/task-template-has-flow',
  limit: 'a task template with a flow configured to run it',
  source: 'StartTaskContact: only the TaskTemplateID is specified but it does not have a flow configured',
};

/** Judges whether tasks can be made from a template at all. */
export function judgeTaskTemplate(template: {
  readonly status: TaskTemplateStatus | string;
  readonly contactFlowId?: string | null;
}): Violation | undefined {
  const at = ['taskTemplateId'];
  if (template.status !== 'ACTIVE') return breach(taskTemplateActive, at, `a template that is ${template.status}`);
  return template.contactFlowId == null ? breach(taskTemplateHasFlow, at, 'a template without one') : undefined;
}

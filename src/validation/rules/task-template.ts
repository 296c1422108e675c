import type { AssignmentType } from '../../connect/start-task-contact.js';
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

/** A template that leads a task to its own creator. */
export const taskTemplateHasSelfAssignFlow: RuleFacts = {
  id: 'engine/task-template-has-self-assign-flow',
  limit: 'a task template with a flow for tasks that their creators assign to themselves',
  source: 'CreateTaskTemplate, SelfAssignFlowId; that its ContactFlowId does not stand in: our decision',
};

/** What of a template decides whether tasks can be made from it. */
export interface UsableTemplate {
  readonly status: TaskTemplateStatus | string;
  readonly contactFlowId?: string | null;
  readonly selfAssignFlowId?: string | null;
}

/**
 * Judges whether tasks can be made from a template at all.
 *
 * @param assignment SELF: by whoever creates the task, for themselves, which another of the template's flows is for
 */
export function judgeTaskTemplate(template: UsableTemplate, assignment?: AssignmentType): Violation | undefined {
  const at = ['taskTemplateId'];
  if (template.status !== 'ACTIVE') return breach(taskTemplateActive, at, `a template that is ${template.status}`);
  const isSelf = assignment === 'SELF';
  const flow = isSelf ? template.selfAssignFlowId : template.contactFlowId;
  const rule = isSelf ? taskTemplateHasSelfAssignFlow : taskTemplateHasFlow;
  return flow == null ? breach(rule, at, 'a template without one') : undefined;
}

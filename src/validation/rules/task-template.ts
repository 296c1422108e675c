import type { AssignmentType } from '../../connect/start-task-contact.js';
import type { RuleFacts, Violation } from '../../connect/violation.js';
import { violationOf } from '../rule.js';

/** A task can be created from an active template only. */
export const taskTemplateActive: RuleFacts = {
  id: 'api/task-template-active',
  limit: 'an ACTIVE task template',
  source: 'Service model, TaskTemplateStatus: tasks can only be created from active templates',
};

/** A template needs a flow to create a task from it. */
export const taskTemplateHasFlow: RuleFacts = {
  id: 'api/task-template-has-flow',
  limit: 'a task template with a flow configured to run it',
  source: 'StartTaskContact: only the TaskTemplateID is specified but it does not have a flow configured',
};

/** A template needs a flow of its own for tasks that their creators assign to themselves. */
export const taskTemplateHasSelfAssignFlow: RuleFacts = {
  id: 'engine/task-template-has-self-assign-flow',
  limit: 'a task template with a flow for tasks that their creators assign to themselves',
  source: 'CreateTaskTemplate, SelfAssignFlowId. Decision: its ContactFlowId does not replace it',
};

/** The members of a template that decide whether a task can be created from it. */
export interface TemplateSource {
  readonly status: string;
  readonly contactFlowId?: string | null;
  readonly selfAssignFlowId?: string | null;
}

/** Returns the flow that a template runs; a self-assigned task runs the template's flow for such tasks instead. */
export function flowOfTemplate(
  { contactFlowId, selfAssignFlowId }: TemplateSource,
  assignment: AssignmentType | undefined,
): string | undefined {
  return (assignment === 'SELF' ? selfAssignFlowId : contactFlowId) ?? undefined;
}

/** Checks whether a task can be created from a template. */
export function checkTaskTemplate(
  template: TemplateSource,
  assignment: AssignmentType | undefined,
): Violation | undefined {
  const at = ['taskTemplateId'];
  if (template.status !== 'ACTIVE') return violationOf(taskTemplateActive, at, `a template that is ${template.status}`);
  if (flowOfTemplate(template, assignment) !== undefined) return undefined;
  const rule = assignment === 'SELF' ? taskTemplateHasSelfAssignFlow : taskTemplateHasFlow;
  return violationOf(rule, at, 'a template without one');
}

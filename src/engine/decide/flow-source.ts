import type { RuleFacts } from '../../connect/violation.js';
import { flowOfTemplate, checkTaskTemplate } from '../../validation/rules/task-template.js';
import { canStartTask, TASK_FLOW_TYPES } from '../../connect/catalog.js';
import { type ConnectFault, InvalidRequestError, ResourceNotFoundError } from '../../connect/errors.js';
import type { AssignmentType, StartTaskContactRequest } from '../../connect/start-task-contact.js';
import { bareId } from '../../connect/arn.js';
import type { ContactFlowRow, TaskTemplateRow } from '../store/tables.js';
import { invalidRequest } from './operation.js';
import type { State } from './state.js';

/** Requires a flow that can start tasks. Decision: the class of the error. */
export const flowStartsTasks: RuleFacts = {
  id: 'engine/flow-starts-tasks',
  limit: `an active, published flow of type ${TASK_FLOW_TYPES.join(', ')}`,
  source: 'Administrator guide, flow types. Decision: the class of the error',
};

/** Requires a quick connect with a flow. */
export const quickConnectHasFlow: RuleFacts = {
  id: 'api/quick-connect-has-flow',
  limit: 'a quick connect with a flow (USER, QUEUE or FLOW)',
  source: 'StartTaskContact, QuickConnectId: the flow that is defined on agent or queue quick connect',
};

/** The flow that a request's flow source resolves to. */
export interface FlowSource {
  readonly contactFlow: ContactFlowRow;
  readonly taskTemplate?: TaskTemplateRow;
}

/** Why a request's flow source leads to no flow. */
export interface NoFlow {
  readonly fault: ConnectFault;
  /** The template, if there is one: its fields are checked all the same. */
  readonly taskTemplate?: TaskTemplateRow;
}

/**
 * Resolves the flow source of a request to the flow that runs.
 *
 * @returns the flow, or the reason for a refusal
 */
export function resolveFlowSource(
  state: State,
  instanceId: string,
  request: StartTaskContactRequest,
): FlowSource | NoFlow {
  if (request.quickConnectId !== undefined) return sourceOf(byQuickConnect(state, instanceId, request.quickConnectId));
  if (request.taskTemplateId !== undefined) {
    return byTaskTemplate(state, instanceId, request.taskTemplateId, request.assignmentType);
  }
  return sourceOf(startableFlow(state, instanceId, request.contactFlowId ?? '', 'contactFlowId'));
}

function sourceOf(found: FlowSource | ConnectFault): FlowSource | NoFlow {
  return found instanceof Error ? { fault: found } : found;
}

/**
 * Finds a flow that can start a task.
 *
 * @param member the request's member that names the flow or its source
 */
export function startableFlow(
  state: State,
  instanceId: string,
  contactFlowId: string,
  member: string,
): { readonly contactFlow: ContactFlowRow } | ConnectFault {
  const contactFlow = state.contactFlow({ instanceId, id: bareId(contactFlowId) });
  if (contactFlow === undefined) return new ResourceNotFoundError('CONTACT_FLOW', contactFlowId, member);
  const { state: flowState, status, type } = contactFlow;
  return canStartTask(contactFlow)
    ? { contactFlow }
    : invalidRequest(flowStartsTasks, [member], `a flow of type ${type}, ${flowState}, ${status}`);
}

function byQuickConnect(state: State, instanceId: string, quickConnectId: string): FlowSource | ConnectFault {
  const quickConnect = state.quickConnect({ instanceId, id: bareId(quickConnectId) });
  if (quickConnect === undefined) return new ResourceNotFoundError('QUICK_CONNECT', quickConnectId, 'quickConnectId');
  if (quickConnect.contactFlowId === null) {
    return invalidRequest(quickConnectHasFlow, ['quickConnectId'], `a quick connect of type ${quickConnect.type}`);
  }
  return startableFlow(state, instanceId, quickConnect.contactFlowId, 'quickConnectId');
}

function byTaskTemplate(
  state: State,
  instanceId: string,
  taskTemplateId: string,
  assignment: AssignmentType | undefined,
): FlowSource | NoFlow {
  const taskTemplate = state.taskTemplate({ instanceId, id: bareId(taskTemplateId) });
  if (taskTemplate === undefined) {
    return { fault: new ResourceNotFoundError('TASK_TEMPLATE', taskTemplateId, 'taskTemplateId') };
  }
  const unusable = checkTaskTemplate(taskTemplate, assignment);
  if (unusable !== undefined) return { fault: new InvalidRequestError([unusable]), taskTemplate };
  const source = startableFlow(state, instanceId, flowOfTemplate(taskTemplate, assignment) ?? '', 'taskTemplateId');
  return source instanceof Error ? { fault: source, taskTemplate } : { ...source, taskTemplate };
}

import type { Answers } from '../../connect/call.js';
import { type ConnectFault, InvalidRequestError, isConnectFault, ResourceNotFoundError } from '../../connect/errors.js';
import type { TaskTemplate } from '../../connect/task-template.js';
import type { Violation } from '../../connect/violation.js';
import type { ItemTask, NewItem } from '../../jobs/job.js';
import { applyTemplate } from '../../validation/requests/template-values.js';
import { checkTaskTemplate } from '../../validation/rules/task-template.js';
import type { GatewayContext } from '../context.js';
import { GROUPS, toRequest } from '../create-task-contact/to-request.js';
import type { ConnectError } from '../errors/error.types.js';
import { toPayloadErrors } from '../errors/to-payload-errors.js';
import { pathInInput } from '../mutation/change.js';
import type { CreateTaskContactsItemInput } from './jobs.inputs.js';

/** Maximum refusals by flows, quick connects and templates that an answer lists. */
const MAX_LISTED = 100;

/** Finds the violations of the items themselves. */
export function violationsOf(
  { validation }: GatewayContext,
  input: { readonly items: readonly CreateTaskContactsItemInput[] },
): readonly Violation[] {
  const ofInput = validation.validate(input, ['input']);
  const ofTimes = input.items.flatMap(({ task }, index) =>
    validation.validateSchedule(task, ['input', 'items', index, 'task']),
  );
  return [...ofInput, ...ofTimes];
}

/** Converts items to what is stored. */
export function toItems(items: readonly CreateTaskContactsItemInput[]): readonly NewItem[] {
  return items.map(({ key, task }) => {
    const { instanceId: _, ...request } = toRequest(task, '');
    return { key, task: request };
  });
}

/**
 * Finds what the resources that items name refuse: each flow, quick connect and template is read once. A resource that cannot
 * be read refuses nothing here; the creation shows what is wrong.
 */
export async function refusedByResources(
  context: GatewayContext,
  instanceId: string,
  items: readonly NewItem[],
): Promise<readonly ConnectError[]> {
  const { connect, call } = context;
  const [flows, quickConnects, templates] = await Promise.all([
    read(items, 'contactFlowId', (contactFlowIds) =>
      connect.describeContactFlows({ instanceId, contactFlowIds }, call),
    ),
    read(items, 'quickConnectId', (quickConnectIds) =>
      connect.describeQuickConnects({ instanceId, quickConnectIds }, call),
    ),
    read(items, 'taskTemplateId', (taskTemplateIds) => connect.getTaskTemplates({ instanceId, taskTemplateIds }, call)),
  ]);
  const errors: ConnectError[] = [];
  for (const [index, { task }] of items.entries()) {
    const fault = refusalOf(task, { flows, quickConnects, templates });
    if (fault === undefined) continue;
    const pathOf = (path: Violation['path']) => [
      'input',
      'items',
      index,
      'task',
      ...pathInInput(path, GROUPS).slice(1),
    ];
    errors.push(...(toPayloadErrors(fault, pathOf) ?? []));
    if (errors.length >= MAX_LISTED) break;
  }
  return errors;
}

/** What was read: null for what does not exist, nothing for what could not be read. */
type Found<Thing> = ReadonlyMap<string, Thing | null>;

interface Resources {
  readonly flows: Found<unknown>;
  readonly quickConnects: Found<unknown>;
  readonly templates: Found<TaskTemplate>;
}

function refusalOf(task: ItemTask, { flows, quickConnects, templates }: Resources): ConnectFault | undefined {
  const { contactFlowId, quickConnectId, taskTemplateId } = task;
  if (contactFlowId != null && flows.get(contactFlowId) === null) {
    return new ResourceNotFoundError('CONTACT_FLOW', contactFlowId, 'contactFlowId');
  }
  if (quickConnectId != null && quickConnects.get(quickConnectId) === null) {
    return new ResourceNotFoundError('QUICK_CONNECT', quickConnectId, 'quickConnectId');
  }
  if (taskTemplateId == null) return undefined;
  const template = templates.get(taskTemplateId);
  if (template === null) return new ResourceNotFoundError('TASK_TEMPLATE', taskTemplateId, 'taskTemplateId');
  if (template === undefined) return undefined;
  const unusable = checkTaskTemplate(template, undefined);
  const applied = applyTemplate(template.fields, task, 'stated');
  const violations = [...(unusable ? [unusable] : []), ...('violations' in applied ? applied.violations : [])];
  return violations.length === 0 ? undefined : new InvalidRequestError(violations);
}

async function read<Thing>(
  items: readonly NewItem[],
  member: 'contactFlowId' | 'quickConnectId' | 'taskTemplateId',
  call: (ids: readonly string[]) => Promise<Answers<Thing>>,
): Promise<Found<Thing>> {
  const ids = [...new Set(items.map(({ task }) => task[member]).filter((id) => id != null))];
  if (ids.length === 0) return new Map();
  let answers: Answers<Thing>;
  try {
    answers = await call(ids);
  } catch (error) {
    if (isConnectFault(error)) return new Map();
    throw error;
  }
  const found = ids.map((id, index) => [id, answers[index]] as const);
  return new Map(found.filter((pair): pair is [string, Thing | null] => !(pair[1] instanceof Error)));
}

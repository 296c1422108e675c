import { defaultInstanceArn } from './sample-instance.js';
import type { LoadedRows, Resources } from '../store/store.js';
import type { InstanceRow, TaskTemplateRow } from '../store/tables.js';
import type { Seed, SeedInstance, SeedTaskTemplate } from './seed.js';

/**
 * Returns the rows of a seed's resources. Existing rows keep the values that the seed does not state, such as an
 * instance's counters and a template's creation time, because a seed that is applied again must change nothing.
 *
 * @param known the existing rows
 * @param now milliseconds since the epoch
 */
export function resourcesOf({ instances }: Seed, known: LoadedRows, now: number): Resources {
  const each = <Row>(rows: (instance: SeedInstance) => readonly Row[]) => instances.flatMap(rows);
  return {
    instances: instances.map((instance) =>
      instanceRow(
        instance,
        known.instances.find(({ id }) => id === instance.id),
        now,
      ),
    ),
    contactFlows: each(({ id: instanceId, contactFlows }) =>
      contactFlows.map((flow) => ({ instanceId, ...flow, description: flow.description ?? null })),
    ),
    queues: each(({ id: instanceId, queues }) => queues.map((queue) => ({ instanceId, ...queue }))),
    users: each(({ id: instanceId, users }) => users.map((user) => ({ instanceId, ...user }))),
    quickConnects: each(({ id: instanceId, quickConnects }) =>
      quickConnects.map((quickConnect) => ({
        instanceId,
        description: null,
        contactFlowId: null,
        queueId: null,
        userId: null,
        phoneNumber: null,
        ...quickConnect,
      })),
    ),
    taskTemplates: each(({ id: instanceId, taskTemplates }) =>
      taskTemplates.map((template) =>
        templateRow(
          instanceId,
          template,
          known.taskTemplates.find((row) => row.instanceId === instanceId && row.id === template.id),
          now,
        ),
      ),
    ),
  };
}

function instanceRow({ id, alias, arn }: SeedInstance, known: InstanceRow | undefined, now: number): InstanceRow {
  const counted = { openTasks: 0, lastInstant: 0, lastChange: 0, changesUntil: 0 };
  const base = known ?? { id, alias: id, arn: defaultInstanceArn(id), createdAt: now, ...counted };
  return { ...base, alias: alias ?? base.alias, arn: arn ?? base.arn };
}

function templateRow(
  instanceId: string,
  { id, name, description, status, contactFlowId, selfAssignFlowId, fields }: SeedTaskTemplate,
  known: TaskTemplateRow | undefined,
  now: number,
): TaskTemplateRow {
  const stated = {
    instanceId,
    id,
    name,
    description: description ?? null,
    status,
    contactFlowId: contactFlowId ?? null,
    selfAssignFlowId: selfAssignFlowId ?? null,
    fields: JSON.stringify(fields),
  };
  const row = { ...stated, createdAt: known?.createdAt ?? now, updatedAt: known?.updatedAt ?? now };
  const isChanged =
    known !== undefined &&
    Object.entries(stated).some(([column, value]) => known[column as keyof TaskTemplateRow] !== value);
  return isChanged ? { ...row, updatedAt: now } : row;
}

import type { Answers } from '../../connect/connect.js';
import type {
  Catalog,
  ContactFlow,
  Instance,
  ListContactFlowsRequest,
  ListInstancesRequest,
  ListQuickConnectsRequest,
  ListTaskTemplatesRequest,
  QuickConnect,
  QuickConnectSummary,
} from '../../connect/catalog.js';
import { ResourceNotFoundError } from '../../connect/errors.js';
import { PAGE_SIZES, type PageSize } from '../../connect/limits.js';
import type { Page } from '../../connect/call.js';
import type {
  GetTaskTemplateRequest,
  TaskTemplate,
  TaskTemplateField,
  TaskTemplateSummary,
} from '../../connect/task-template.js';
import { bareId } from '../../connect/arn.js';
import { arnOf, type InstanceResource } from '../arn.js';
import type { InstanceReads, ServedInstance } from './instance-reads.js';
import { readPage } from './read-page.js';
import type { ResourceTable, Store } from '../store/store.js';
import type { ContactFlowRow, InstanceRow, QuickConnectRow, Tables, TaskTemplateRow } from '../store/tables.js';

/** What an instance of the embedded engine is set up with. */
export class EmbeddedCatalog implements Omit<Catalog, 'createTaskTemplate'> {
  constructor(
    private readonly store: Store,
    private readonly reads: InstanceReads,
  ) {}

  listContactFlows(request: ListContactFlowsRequest): Promise<Page<ContactFlow>> {
    return this.#list('contactFlow', request, PAGE_SIZES.listContactFlows, { type: request.types }, toContactFlow);
  }

  describeContactFlows(instanceId: string, ids: readonly string[]): Promise<Answers<ContactFlow>> {
    return this.#byIds('contactFlow', 'CONTACT_FLOW', 'contactFlowId', instanceId, ids, toContactFlow);
  }

  listQuickConnects(request: ListQuickConnectsRequest): Promise<Page<QuickConnectSummary>> {
    return this.#list(
      'quickConnect',
      request,
      PAGE_SIZES.listQuickConnects,
      { type: request.types },
      toQuickConnectSummary,
    );
  }

  describeQuickConnects(instanceId: string, ids: readonly string[]): Promise<Answers<QuickConnect>> {
    return this.#byIds('quickConnect', 'QUICK_CONNECT', 'quickConnectId', instanceId, ids, toQuickConnect);
  }

  listTaskTemplates(request: ListTaskTemplatesRequest): Promise<Page<TaskTemplateSummary>> {
    const { status, name } = request;
    const where = { status: status && [status], name: name === undefined ? undefined : [name] };
    return this.#list('taskTemplate', request, PAGE_SIZES.listTaskTemplates, where, toTaskTemplateSummary);
  }

  getTaskTemplates(instanceId: string, ids: readonly string[]): Promise<Answers<TaskTemplate>> {
    return this.#byIds('taskTemplate', 'TASK_TEMPLATE', 'taskTemplateId', instanceId, ids, toTaskTemplate);
  }

  /**
   * @throws ResourceNotFoundError, also for what is no version at all
   */
  async getTaskTemplate({
    instanceId,
    taskTemplateId,
    snapshotVersion,
  }: GetTaskTemplateRequest): Promise<TaskTemplate> {
    const [present] = await this.getTaskTemplates(instanceId, [taskTemplateId]);
    if (present instanceof Error) throw present;
    if (present == null) throw new ResourceNotFoundError('TASK_TEMPLATE', taskTemplateId, 'taskTemplateId');
    const version = versionOf(snapshotVersion);
    const row = version && (await this.store.taskTemplateVersion(present.instanceId, present.id, version));
    if (!row) throw new ResourceNotFoundError('TASK_TEMPLATE', snapshotVersion, 'snapshotVersion');
    return toTaskTemplate(row, { id: row.instanceId, arn: (await this.store.instanceArn(row.instanceId)) ?? '' });
  }

  async listInstances(request: ListInstancesRequest): Promise<Page<Instance>> {
    const page = await readPage<InstanceRow, readonly [id: string]>(
      'ListInstances',
      request,
      PAGE_SIZES.listInstances,
      (after, limit) => this.store.listInstances(after?.[0], limit),
      ({ id }) => [id],
    );
    return { ...page, items: page.items.map(toInstance) };
  }

  async describeInstances(ids: readonly string[]): Promise<Answers<Instance>> {
    const rows = new Map((await this.store.instances(ids.map(bareId))).map((row) => [row.id, row]));
    return ids.map((given) => {
      const row = rows.get(bareId(given));
      return row && [row.id, row.arn].includes(given) ? toInstance(row) : null;
    });
  }

  async #list<Table extends ResourceTable, Item>(
    table: Table,
    request: ListContactFlowsRequest | ListQuickConnectsRequest | ListTaskTemplatesRequest,
    size: PageSize,
    filter: Readonly<Record<string, readonly string[] | undefined>>,
    toItem: (row: Tables[Table], instance: ServedInstance) => Item,
  ): Promise<Page<Item>> {
    const instance = await this.reads.instance(request.instanceId);
    // An empty list of types asks for all, as the API takes it.
    const where = Object.fromEntries(Object.entries(filter).filter(hasValues));
    const page = await readPage<Tables[Table], readonly [name: string, id: string]>(
      [table, instance.id, where],
      request,
      size,
      (after, limit) => this.store.listResources(table, instance.id, { where, after, limit }),
      ({ name, id }) => [name, id],
    );
    return { ...page, items: page.items.map((row) => toItem(row, instance)) };
  }

  #byIds<Table extends ResourceTable, Thing>(
    table: Table,
    resource: InstanceResource,
    member: string,
    instanceId: string,
    ids: readonly string[],
    toThing: (row: Tables[Table], instance: ServedInstance) => Thing,
  ): Promise<Answers<Thing>> {
    return this.reads.byIds(resource, member, instanceId, ids, async (id, bareIds) => {
      const [arn, rows] = await Promise.all([
        this.reads.arnOf(id),
        this.store.resources(table, id, bareIds) as Promise<readonly Tables[ResourceTable][]>,
      ]);
      return new Map(rows.map((row) => [row.id, toThing(row as Tables[Table], { id, arn: arn ?? '' })]));
    });
  }
}

function hasValues(entry: readonly [string, readonly string[] | undefined]): entry is [string, readonly string[]] {
  return entry[1] !== undefined && entry[1].length > 0;
}

/** How the engine names a template's versions: 1, 2 and so on (our decision, the API calling them the system's). */
function versionOf(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

function toInstance({ id, arn, alias, createdAt }: InstanceRow): Instance {
  return { id, arn, alias, createdAt: new Date(createdAt) };
}

function toContactFlow(row: ContactFlowRow, instance: ServedInstance): ContactFlow {
  const { instanceId, id, name, type, state, status, description } = row;
  const flow = { instanceId, id, arn: arnOf(instance.arn, 'CONTACT_FLOW', id), name, type, state, status };
  return description === null ? flow : { ...flow, description };
}

function toQuickConnectSummary(row: QuickConnectRow, instance: ServedInstance): QuickConnectSummary {
  const { instanceId, id, name, type } = row;
  return { instanceId, id, arn: arnOf(instance.arn, 'QUICK_CONNECT', id), name, type };
}

function toQuickConnect(row: QuickConnectRow, instance: ServedInstance): QuickConnect {
  return {
    ...toQuickConnectSummary(row, instance),
    ...(row.description !== null && { description: row.description }),
    ...(row.contactFlowId !== null && { contactFlowId: row.contactFlowId }),
    ...(row.queueId !== null && { queueId: row.queueId }),
    ...(row.userId !== null && { userId: row.userId }),
    ...(row.phoneNumber !== null && { phoneNumber: row.phoneNumber }),
  };
}

function toTaskTemplateSummary(row: TaskTemplateRow, instance: ServedInstance): TaskTemplateSummary {
  const { instanceId, id, name, status, description, createdAt, updatedAt } = row;
  return {
    instanceId,
    id,
    arn: arnOf(instance.arn, 'TASK_TEMPLATE', id),
    name,
    status,
    ...(description !== null && { description }),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

function toTaskTemplate(row: TaskTemplateRow, instance: ServedInstance): TaskTemplate {
  return {
    ...toTaskTemplateSummary(row, instance),
    ...(row.contactFlowId !== null && { contactFlowId: row.contactFlowId }),
    ...(row.selfAssignFlowId !== null && { selfAssignFlowId: row.selfAssignFlowId }),
    fields: JSON.parse(row.fields) as readonly TaskTemplateField[],
  };
}

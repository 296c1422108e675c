import type { Answers } from '../../connect/connect.js';
import type {
  Catalog,
  ContactFlow,
  ContactFlowsRequest,
  Instance,
  InstancesRequest,
  ListContactFlowsRequest,
  ListInstancesRequest,
  ListQuickConnectsRequest,
  ListTaskTemplatesRequest,
  QuickConnect,
  QuickConnectsRequest,
  QuickConnectSummary,
  TaskTemplatesRequest,
} from '../../connect/catalog.js';
import { ResourceNotFoundError } from '../../connect/errors.js';
import { PAGE_SIZES, type PageSize } from '../../connect/limits.js';
import type { CallOptions, Page, PageRequest } from '../../connect/call.js';
import type { ListQueuesRequest, Queue, QueuesRequest, QueueType } from '../../connect/queue.js';
import type {
  GetTaskTemplateRequest,
  TaskTemplate,
  TaskTemplateField,
  TaskTemplateSummary,
} from '../../connect/task-template.js';
import type { ListUsersRequest, User, UsersRequest } from '../../connect/user.js';
import { bareId } from '../../connect/arn.js';
import { arnOf, type InstanceResource } from '../arn.js';
import { InstanceReads, type ServedInstance } from './instance-reads.js';
import { ReadGuard } from './read-guard.js';
import { readPage } from './read-page.js';
import type { ResourceTable, Store } from '../store/store.js';
import type {
  ConnectUserRow,
  ContactFlowRow,
  InstanceRow,
  QueueRow,
  QuickConnectRow,
  Tables,
  TaskTemplateRow,
} from '../store/tables.js';

/**
 * The type of the engine's queues. Decision: the engine has no agent queues, because its users take contacts from
 * standard ones.
 */
const QUEUE_TYPE: QueueType = 'STANDARD';

/** Reads the configuration of an instance of the embedded engine. */
export class EmbeddedCatalog implements Omit<Catalog, 'createTaskTemplate'> {
  protected readonly store: Store;
  protected readonly instanceReads: InstanceReads;
  protected readonly guard = new ReadGuard();

  constructor(store: Store) {
    this.store = store;
    this.instanceReads = new InstanceReads(store);
  }

  listContactFlows(request: ListContactFlowsRequest, options?: CallOptions): Promise<Page<ContactFlow>> {
    return this.#list(
      'contactFlow',
      request,
      PAGE_SIZES.listContactFlows,
      { type: request.types },
      toContactFlow,
      options,
    );
  }

  describeContactFlows(
    { instanceId, contactFlowIds }: ContactFlowsRequest,
    options?: CallOptions,
  ): Promise<Answers<ContactFlow>> {
    return this.#byIds(
      'contactFlow',
      'CONTACT_FLOW',
      'contactFlowId',
      instanceId,
      contactFlowIds,
      toContactFlow,
      options,
    );
  }

  listQuickConnects(request: ListQuickConnectsRequest, options?: CallOptions): Promise<Page<QuickConnectSummary>> {
    return this.#list(
      'quickConnect',
      request,
      PAGE_SIZES.listQuickConnects,
      { type: request.types },
      toQuickConnectSummary,
      options,
    );
  }

  describeQuickConnects(
    { instanceId, quickConnectIds }: QuickConnectsRequest,
    options?: CallOptions,
  ): Promise<Answers<QuickConnect>> {
    return this.#byIds(
      'quickConnect',
      'QUICK_CONNECT',
      'quickConnectId',
      instanceId,
      quickConnectIds,
      toQuickConnect,
      options,
    );
  }

  listTaskTemplates(request: ListTaskTemplatesRequest, options?: CallOptions): Promise<Page<TaskTemplateSummary>> {
    const { status, name } = request;
    const where = { status: status && [status], name: name === undefined ? undefined : [name] };
    return this.#list('taskTemplate', request, PAGE_SIZES.listTaskTemplates, where, toTaskTemplateSummary, options);
  }

  getTaskTemplates(
    { instanceId, taskTemplateIds }: TaskTemplatesRequest,
    options?: CallOptions,
  ): Promise<Answers<TaskTemplate>> {
    return this.#byIds(
      'taskTemplate',
      'TASK_TEMPLATE',
      'taskTemplateId',
      instanceId,
      taskTemplateIds,
      toTaskTemplate,
      options,
    );
  }

  /** @throws ResourceNotFoundError, even if the text cannot name a version */
  getTaskTemplate(request: GetTaskTemplateRequest, options?: CallOptions): Promise<TaskTemplate> {
    return this.guard.run(options, () => this.#templateVersion(request));
  }

  async listQueues(request: ListQueuesRequest, options?: CallOptions): Promise<Page<Queue>> {
    const { types = [] } = request;
    const page = await this.#list('queue', request, PAGE_SIZES.listQueues, {}, toQueue, options);
    return types.length === 0 || types.includes(QUEUE_TYPE) ? page : { items: [] };
  }

  describeQueues({ instanceId, queueIds }: QueuesRequest, options?: CallOptions): Promise<Answers<Queue>> {
    return this.#byIds('queue', 'QUEUE', 'queueId', instanceId, queueIds, toQueue, options);
  }

  listUsers(request: ListUsersRequest, options?: CallOptions): Promise<Page<User>> {
    return this.#list('connectUser', request, PAGE_SIZES.listUsers, {}, toUser, options);
  }

  describeUsers({ instanceId, userIds }: UsersRequest, options?: CallOptions): Promise<Answers<User>> {
    return this.#byIds('connectUser', 'USER', 'userId', instanceId, userIds, toUser, options);
  }

  listInstances(request: ListInstancesRequest, options?: CallOptions): Promise<Page<Instance>> {
    return this.guard.run(options, () => this.#instances(request));
  }

  describeInstances({ instanceIds }: InstancesRequest, options?: CallOptions): Promise<Answers<Instance>> {
    return this.guard.run(options, async () => {
      const rows = new Map((await this.store.instances(instanceIds.map(bareId))).map((row) => [row.id, row]));
      return instanceIds.map((given) => {
        const row = rows.get(bareId(given));
        return row && [row.id, row.arn].includes(given) ? toInstance(row) : null;
      });
    });
  }

  async #templateVersion({
    instanceId,
    taskTemplateId,
    snapshotVersion,
  }: GetTaskTemplateRequest): Promise<TaskTemplate> {
    const [present] = await this.getTaskTemplates({ instanceId, taskTemplateIds: [taskTemplateId] });
    if (present instanceof Error) throw present;
    if (present == null) throw new ResourceNotFoundError('TASK_TEMPLATE', taskTemplateId, 'taskTemplateId');
    const version = versionOf(snapshotVersion);
    const row = version && (await this.store.taskTemplateVersion(present.instanceId, present.id, version));
    if (!row) throw new ResourceNotFoundError('TASK_TEMPLATE', snapshotVersion, 'snapshotVersion');
    return toTaskTemplate(row, { id: row.instanceId, arn: (await this.store.instanceArn(row.instanceId)) ?? '' });
  }

  async #instances(request: ListInstancesRequest): Promise<Page<Instance>> {
    const page = await readPage<InstanceRow, readonly [id: string]>(
      'ListInstances',
      request,
      PAGE_SIZES.listInstances,
      (after, limit) => this.store.listInstances(after?.[0], limit),
      ({ id }) => [id],
    );
    return { ...page, items: page.items.map(toInstance) };
  }

  #list<Table extends ResourceTable, Item>(
    table: Table,
    request: PageRequest & { readonly instanceId: string },
    size: PageSize,
    filter: Readonly<Record<string, readonly string[] | undefined>>,
    toItem: (row: Tables[Table], instance: ServedInstance) => Item,
    options: CallOptions | undefined,
  ): Promise<Page<Item>> {
    return this.guard.run(options, async () => {
      const instance = await this.instanceReads.instance(request.instanceId);
      // An empty list of types selects all, as in the API.
      const where = Object.fromEntries(Object.entries(filter).filter(hasValues));
      const page = await readPage<Tables[Table], readonly [name: string, id: string]>(
        [table, instance.id, where],
        request,
        size,
        (after, limit) => this.store.listResources(table, instance.id, { where, after, limit }),
        (row) => [nameOf(row), row.id],
      );
      return { ...page, items: page.items.map((row) => toItem(row, instance)) };
    });
  }

  #byIds<Table extends ResourceTable, Thing>(
    table: Table,
    resource: InstanceResource,
    member: string,
    instanceId: string,
    ids: readonly string[],
    toThing: (row: Tables[Table], instance: ServedInstance) => Thing,
    options: CallOptions | undefined,
  ): Promise<Answers<Thing>> {
    const load = async (id: string, bareIds: readonly string[]) => {
      const [arn, rows] = await Promise.all([
        this.instanceReads.arnOf(id),
        this.store.resources(table, id, bareIds) as Promise<readonly Tables[ResourceTable][]>,
      ]);
      return new Map(rows.map((row) => [row.id, toThing(row as Tables[Table], { id, arn: arn ?? '' })]));
    };
    return this.guard.run(options, () => this.instanceReads.byIds(resource, member, instanceId, ids, load));
  }
}

function nameOf(row: Tables[ResourceTable]): string {
  return 'username' in row ? row.username : row.name;
}

function hasValues(entry: readonly [string, readonly string[] | undefined]): entry is [string, readonly string[]] {
  return entry[1] !== undefined && entry[1].length > 0;
}

/** Matches a template's version. Decision: 1, 2 and so on, because the API leaves their names to the system. */
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

function toQueue({ instanceId, id, name }: QueueRow, instance: ServedInstance): Queue {
  return { instanceId, id, arn: arnOf(instance.arn, 'QUEUE', id), name, type: QUEUE_TYPE };
}

function toUser({ instanceId, id, username }: ConnectUserRow, instance: ServedInstance): User {
  return { instanceId, id, arn: arnOf(instance.arn, 'USER', id), username };
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

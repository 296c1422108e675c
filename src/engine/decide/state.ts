import type {
  ChainRow,
  ClientTokenRow,
  ConnectUserRow,
  ContactFlowRow,
  ContactRow,
  InstanceRow,
  QueueRow,
  QuickConnectRow,
  ResourceKey,
  TaskTemplateRow,
} from '../store/tables.js';

/** What a decision is made from: the loaded rows, with the changes of the earlier decisions of the same batch. */
export interface State {
  /** The batch's one instant, in milliseconds since the epoch. */
  readonly now: number;
  instance(id: string): InstanceRow | undefined;
  /** Tasks of an instance that have not ended. */
  activeTasks(instanceId: string): number;
  contactFlow(key: ResourceKey): ContactFlowRow | undefined;
  quickConnect(key: ResourceKey): QuickConnectRow | undefined;
  taskTemplate(key: ResourceKey): TaskTemplateRow | undefined;
  /** All templates of an instance, where the batch asked for them. */
  taskTemplates(instanceId: string): readonly TaskTemplateRow[];
  queue(key: ResourceKey): QueueRow | undefined;
  user(key: ResourceKey): ConnectUserRow | undefined;
  contact(key: ResourceKey): ContactRow | undefined;
  chain(key: ResourceKey): ChainRow | undefined;
  /** Tasks that hold a place in a chain: its linkedTasks, but for those past their retention. */
  placesTaken(key: ResourceKey): number;
  /** The token's earlier use, unless its window has passed. */
  token(scope: string): ClientTokenRow | undefined;
}

/** What a decision changes. */
export type Change =
  | { readonly kind: 'task-created'; readonly contact: ContactRow }
  | { readonly kind: 'template-created'; readonly template: TaskTemplateRow }
  | { readonly kind: 'contact-changed'; readonly contact: ContactRow }
  | { readonly kind: 'chain-changed'; readonly chain: ChainRow }
  | { readonly kind: 'token-used'; readonly token: ClientTokenRow };

/** The quotas of the embedded engine. */
export interface Quotas {
  /** Tasks of one instance that have not ended. */
  readonly activeTasks: number;
  /** Tasks in one chain that name a previous contact. */
  readonly chainTasks: number;
}

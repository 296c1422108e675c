import { ACTIVE_TASKS, CHAIN_TASKS, SCHEDULE_AHEAD_DAYS } from '../../connect/limits.js';
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

/** The data of a decision: the loaded rows, with the changes of earlier decisions of the same batch. */
export interface State {
  /** The instant of the whole batch, in milliseconds since the epoch. */
  readonly now: number;
  instance(id: string): InstanceRow | undefined;
  /** Returns the number of tasks of an instance that have not ended. */
  activeTasks(instanceId: string): number;
  contactFlow(key: ResourceKey): ContactFlowRow | undefined;
  quickConnect(key: ResourceKey): QuickConnectRow | undefined;
  taskTemplate(key: ResourceKey): TaskTemplateRow | undefined;
  /** Returns all templates of an instance, if the batch loaded them. */
  taskTemplates(instanceId: string): readonly TaskTemplateRow[];
  queue(key: ResourceKey): QueueRow | undefined;
  user(key: ResourceKey): ConnectUserRow | undefined;
  contact(key: ResourceKey): ContactRow | undefined;
  chain(key: ResourceKey): ChainRow | undefined;
  /** Returns the number of used places in a chain: its linkedTasks without those past their retention. */
  placesTaken(key: ResourceKey): number;
  /** Returns the token's earlier use, unless its window has passed. */
  token(scope: string): ClientTokenRow | undefined;
}

/** A change by a decision. */
export type Change =
  | { readonly kind: 'task-created'; readonly contact: ContactRow }
  | { readonly kind: 'template-created'; readonly template: TaskTemplateRow }
  | { readonly kind: 'contact-changed'; readonly contact: ContactRow }
  | { readonly kind: 'chain-changed'; readonly chain: ChainRow }
  | { readonly kind: 'token-used'; readonly token: ClientTokenRow };

/** The quotas of the embedded engine. */
export interface Quotas {
  /** Maximum number of tasks of one instance that have not ended. */
  readonly activeTasks: number;
  /** Maximum number of tasks in one chain that name a previous contact. */
  readonly chainTasks: number;
  /** Maximum number of days until a scheduled task starts. */
  readonly scheduleAheadDays: number;
}

/** The quotas of the API reference, for a new Amazon Connect account. */
export const DEFAULT_QUOTAS: Quotas = {
  activeTasks: ACTIVE_TASKS,
  chainTasks: CHAIN_TASKS,
  scheduleAheadDays: SCHEDULE_AHEAD_DAYS,
};

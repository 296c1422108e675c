import { changeKinds } from '../decide/change-kinds.js';
import type { Change, State } from '../decide/state.js';
import type { LoadedChainRow, LoadedRows, WrittenRows } from '../store/store.js';
import type {
  ChainRow,
  ClientTokenRow,
  ConnectUserRow,
  ContactChangeRow,
  ContactFlowRow,
  ContactRow,
  InstanceRow,
  QueueRow,
  QuickConnectRow,
  ResourceKey,
  TaskTemplateRow,
} from '../store/tables.js';

/** The state of one batch: the loaded rows with the changes of its decisions so far. */
export class WorkingSet implements State {
  readonly now: number;
  readonly #instances: ReadonlyMap<string, InstanceRow>;
  readonly #contactFlows: ReadonlyMap<string, ContactFlowRow>;
  readonly #quickConnects: ReadonlyMap<string, QuickConnectRow>;
  readonly #taskTemplates: Map<string, TaskTemplateRow>;
  readonly #queues: ReadonlyMap<string, QueueRow>;
  readonly #users: ReadonlyMap<string, ConnectUserRow>;
  readonly #contacts: Map<string, ContactRow>;
  readonly #chains: Map<string, ChainRow>;
  readonly #loadedChains: ReadonlyMap<string, LoadedChainRow>;
  readonly #tokens: Map<string, ClientTokenRow>;
  readonly #expiredTasks: ReadonlyMap<string, number>;
  readonly #newTemplates: TaskTemplateRow[] = [];
  readonly #newContacts = new Map<string, ContactRow>();
  readonly #changedContacts = new Map<string, ContactRow>();
  readonly #changedChains = new Map<string, ChainRow>();
  readonly #usedTokens = new Map<string, ClientTokenRow>();
  readonly #openedTasks = new Map<string, number>();
  readonly #changes: ContactChangeRow[] = [];
  readonly #lastChanges = new Map<string, number>();

  constructor(rows: LoadedRows, now: number) {
    this.now = now;
    this.#instances = new Map(rows.instances.map((row) => [row.id, row]));
    this.#contactFlows = byKey(rows.contactFlows);
    this.#quickConnects = byKey(rows.quickConnects);
    this.#taskTemplates = byKey(rows.taskTemplates);
    this.#queues = byKey(rows.queues);
    this.#users = byKey(rows.users);
    this.#contacts = byKey(rows.contacts);
    this.#chains = byKey<ChainRow>(rows.chains);
    this.#loadedChains = byKey(rows.chains);
    this.#tokens = new Map(rows.tokens.map((row) => [row.scope, row]));
    this.#expiredTasks = rows.expiredTasks;
  }

  instance(id: string): InstanceRow | undefined {
    return this.#instances.get(id);
  }

  activeTasks(instanceId: string): number {
    const stored = this.#instances.get(instanceId)?.openTasks ?? 0;
    return stored - (this.#expiredTasks.get(instanceId) ?? 0) + (this.#openedTasks.get(instanceId) ?? 0);
  }

  contactFlow(key: ResourceKey): ContactFlowRow | undefined {
    return this.#contactFlows.get(textOf(key));
  }

  quickConnect(key: ResourceKey): QuickConnectRow | undefined {
    return this.#quickConnects.get(textOf(key));
  }

  taskTemplate(key: ResourceKey): TaskTemplateRow | undefined {
    return this.#taskTemplates.get(textOf(key));
  }

  taskTemplates(instanceId: string): readonly TaskTemplateRow[] {
    return [...this.#taskTemplates.values()].filter((row) => row.instanceId === instanceId);
  }

  queue(key: ResourceKey): QueueRow | undefined {
    return this.#queues.get(textOf(key));
  }

  user(key: ResourceKey): ConnectUserRow | undefined {
    return this.#users.get(textOf(key));
  }

  contact(key: ResourceKey): ContactRow | undefined {
    return this.#contacts.get(textOf(key));
  }

  chain(key: ResourceKey): ChainRow | undefined {
    return this.#chains.get(textOf(key));
  }

  placesTaken(key: ResourceKey): number {
    return (this.chain(key)?.linkedTasks ?? 0) - (this.#loadedChains.get(textOf(key))?.pastTasks ?? 0);
  }

  token(scope: string): ClientTokenRow | undefined {
    const token = this.#tokens.get(scope);
    return token !== undefined && token.expiresAt > this.now ? token : undefined;
  }

  /** Applies a decision's changes, so that the next decision sees them. */
  apply(changes: readonly Change[]): void {
    const isOfChain = changes.some(
      (change) => change.kind === 'chain-changed' && this.#changesAttributes(change.chain),
    );
    for (const change of changes) {
      switch (change.kind) {
        case 'task-created': {
          const { contact } = change;
          this.#contacts.set(textOf(contact), contact);
          this.#newContacts.set(textOf(contact), contact);
          this.#recordChange(undefined, contact, isOfChain);
          this.#countOpened(contact.instanceId, 1);
          break;
        }
        case 'template-created':
          this.#taskTemplates.set(textOf(change.template), change.template);
          this.#newTemplates.push(change.template);
          this.#countOpened(change.template.instanceId, 0);
          break;
        case 'contact-changed': {
          const { contact } = change;
          const key = textOf(contact);
          const before = this.#contacts.get(key);
          this.#contacts.set(key, contact);
          (this.#newContacts.has(key) ? this.#newContacts : this.#changedContacts).set(key, contact);
          this.#countOpened(contact.instanceId, openTask(contact) - openTask(before));
          this.#recordChange(before, contact, isOfChain);
          break;
        }
        case 'chain-changed':
          this.#chains.set(textOf(change.chain), change.chain);
          this.#changedChains.set(textOf(change.chain), change.chain);
          break;
        case 'token-used':
          this.#tokens.set(change.token.scope, change.token);
          this.#usedTokens.set(change.token.scope, change.token);
          break;
        default:
          change satisfies never;
      }
    }
  }

  #changesAttributes(chain: ChainRow): boolean {
    const before = this.#chains.get(textOf(chain));
    return before !== undefined && before.attributes !== chain.attributes;
  }

  #recordChange(before: ContactRow | undefined, after: ContactRow, isOfChain: boolean): void {
    const { instanceId, id: contactId, chainId, queueId, agentId: userId } = after;
    let id = this.#lastChanges.get(instanceId) ?? this.#instances.get(instanceId)?.lastChange ?? 0;
    const change = { contactId, chainId, isOfChain: Number(isOfChain), occurredAt: this.now, queueId, userId };
    for (const kind of changeKinds(before, after)) {
      id += 1;
      this.#changes.push({ instanceId, id, kind, ...change });
    }
    this.#lastChanges.set(instanceId, id);
  }

  #countOpened(instanceId: string, tasks: number): void {
    this.#openedTasks.set(instanceId, (this.#openedTasks.get(instanceId) ?? 0) + tasks);
  }

  /** The rows to write; undefined if nothing changed. */
  get written(): WrittenRows | undefined {
    const changes = [this.#newContacts, this.#changedContacts, this.#changedChains, this.#usedTokens];
    if (this.#newTemplates.length === 0 && changes.every(({ size }) => size === 0)) return undefined;
    return {
      newTemplates: this.#newTemplates,
      newContacts: [...this.#newContacts.values()],
      changedContacts: [...this.#changedContacts.values()],
      chains: [...this.#changedChains.values()],
      tokens: [...this.#usedTokens.values()],
      changes: this.#changes,
      openedTasks: this.#openedTasks,
    };
  }
}

/** Returns 1 for a row that counts as an open task, and 0 for any other. */
function openTask(row: ContactRow | undefined): number {
  if (row === undefined || row.channel !== 'TASK') return 0;
  // After-contact work counts too (service quotas, concurrent active tasks).
  const isAtWork = row.afterContactWorkStartedAt !== null && row.afterContactWorkEndedAt === null;
  return row.endedAt === null || isAtWork ? 1 : 0;
}

function byKey<Row extends ResourceKey>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [textOf(row), row]));
}

/** Returns a key as text. U+0000 separates its ids, which cannot contain it (gateway/storable-text). */
function textOf(key: ResourceKey): string {
  return `${key.instanceId}\0${key.id}`;
}

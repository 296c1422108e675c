import { sql } from 'kysely';
import { listed, type SqlDialect, textsIn } from './batch-sql.js';
import { HOLDS_PLACE, isPastRetention } from './retention.js';
import { RowsByKey } from './rows-by-key.js';
import { type Connection, Statement, type Bind } from './statement.js';
import type { Keys, LoadedChainRow, LoadedRows } from './store.js';
import type { ClientTokenRow, InstanceRow, Tables, TaskTemplateRow } from './tables.js';

/** Instance ids, and an instant in milliseconds since the epoch. */
interface AtInstant {
  readonly instances: readonly string[];
  readonly now: number;
}

/** Loads the rows that a batch needs, by statements whose text is compiled once. */
export class Loader {
  readonly #instants: Statement<readonly string[], { readonly last: number | null; readonly clock: number }>;
  readonly #instances: Statement<readonly string[], InstanceRow>;
  readonly #templatesOf: Statement<readonly string[], TaskTemplateRow>;
  readonly #tokens: Statement<readonly string[], ClientTokenRow>;
  readonly #expiredTasks: Statement<AtInstant, { readonly instanceId: string; readonly tasks: number }>;
  readonly #byKey: ReturnType<typeof readsByKey>;

  constructor(dialect: SqlDialect, retentionMs: number) {
    const given = (bind: Bind<readonly string[]>) => textsIn(dialect, bind(listed));
    this.#byKey = readsByKey(dialect, retentionMs);
    this.#instants = new Statement((bind, db) =>
      db
        .selectFrom('instance')
        .select((of) => [of.fn.max('lastInstant').as('last'), dialect.clock().as('clock')])
        .where('id', 'in', given(bind)),
    );
    this.#instances = new Statement((bind, db) => db.selectFrom('instance').selectAll().where('id', 'in', given(bind)));
    this.#templatesOf = new Statement((bind, db) =>
      db.selectFrom('taskTemplate').selectAll().where('instanceId', 'in', given(bind)),
    );
    this.#tokens = new Statement((bind, db) =>
      db.selectFrom('clientToken').selectAll().where('scope', 'in', given(bind)),
    );
    this.#expiredTasks = new Statement((bind: Bind<AtInstant>, db) =>
      db
        .selectFrom('contact')
        .select((of) => ['instanceId', of.fn.countAll<number>().as('tasks')])
        .where(
          'instanceId',
          'in',
          textsIn(
            dialect,
            bind(({ instances }) => listed(instances)),
          ),
        )
        .where('endedAt', 'is', null)
        // A literal, because only then does SQLite use the partial index of open tasks.
        .where(sql<boolean>`"channel" = 'TASK'`)
        .where(
          'expiresAt',
          '<=',
          bind(({ now }) => now),
        )
        .groupBy('instanceId'),
    );
  }

  /** Returns the time of the store's clock, or the latest instant of these instances if that is later. */
  async instant(connection: Connection, instanceIds: readonly string[]): Promise<number> {
    const [row] = await this.#instants.run(connection, instanceIds);
    return Math.max(row?.clock ?? 0, row?.last ?? 0);
  }

  /** Executes at most one statement per table, whatever the number of requests. */
  async load(connection: Connection, keys: Keys, now: number): Promise<LoadedRows> {
    const byKey = this.#byKey;
    const instances = await this.#instances.run(connection, keys.instances);
    const quickConnects = await byKey.quickConnects.run(connection, keys.quickConnects);
    const taskTemplates = [
      ...(await byKey.taskTemplates.run(connection, keys.taskTemplates)),
      ...(keys.templatesOf.length === 0 ? [] : await this.#templatesOf.run(connection, keys.templatesOf)),
    ];
    const flowsNamed = [
      ...quickConnects.map(({ instanceId, contactFlowId }) => [instanceId, contactFlowId] as const),
      ...taskTemplates.map(({ instanceId, contactFlowId }) => [instanceId, contactFlowId] as const),
      ...taskTemplates.map(({ instanceId, selfAssignFlowId }) => [instanceId, selfAssignFlowId] as const),
    ].flatMap(([instanceId, id]) => (id === null ? [] : [{ instanceId, id }]));
    const contactFlows = await byKey.contactFlows.run(connection, [...keys.contactFlows, ...flowsNamed]);
    const queues = await byKey.queues.run(connection, keys.queues);
    const users = await byKey.users.run(connection, keys.users);
    const contacts = await byKey.contacts.run(connection, keys.contacts, now);
    const chains = await byKey.chains.run(
      connection,
      contacts.map(({ instanceId, chainId }) => ({ instanceId, id: chainId })),
      now,
    );
    const tokens = keys.tokens.length === 0 ? [] : await this.#tokens.run(connection, keys.tokens);
    const expired = await this.#expiredTasks.run(connection, { instances: keys.instances, now });
    return {
      instances,
      contactFlows,
      quickConnects,
      taskTemplates,
      queues,
      users,
      contacts,
      chains,
      tokens,
      expiredTasks: new Map(expired.map(({ instanceId, tasks }) => [instanceId, Number(tasks)])),
    };
  }
}

/** Makes the reads by key. Contacts past their retention are not found, and hold no place in their chain. */
function readsByKey(dialect: SqlDialect, retentionMs: number) {
  return {
    contactFlows: new RowsByKey<Tables['contactFlow']>(dialect, 'contactFlow'),
    quickConnects: new RowsByKey<Tables['quickConnect']>(dialect, 'quickConnect'),
    taskTemplates: new RowsByKey<TaskTemplateRow>(dialect, 'taskTemplate'),
    queues: new RowsByKey<Tables['queue']>(dialect, 'queue'),
    users: new RowsByKey<Tables['connectUser']>(dialect, 'connectUser'),
    contacts: new RowsByKey<Tables['contact']>(dialect, 'contact', (now) => ({
      where: sql`not ${isPastRetention(now, retentionMs)}`,
    })),
    chains: new RowsByKey<LoadedChainRow>(dialect, 'chain', (now) => ({
      more: sql`(select count(*) from "contact" where "contact"."instanceId" = "chain"."instanceId"
        and "contact"."chainId" = "chain"."id" and ${HOLDS_PLACE} and ${isPastRetention(now, retentionMs)}) as "pastTasks"`,
    })),
  };
}

import { sql } from 'kysely';
import { listed, type SqlFlavour, textsIn } from './batch-sql.js';
import { HOLDS_PLACE, isPastRetention } from './retention.js';
import { RowsByKey } from './rows-by-key.js';
import { type Connection, Statement, type Tell } from './statement.js';
import type { Keys, LoadedChainRow, LoadedRows } from './store.js';
import type { ClientTokenRow, InstanceRow, Tables, TaskTemplateRow } from './tables.js';

/** Instances, and an instant in milliseconds since the epoch. */
interface AtInstant {
  readonly instances: readonly string[];
  readonly now: number;
}

/** Loads what batches need, by statements whose text is made once. */
export class Loader {
  readonly #instants: Statement<readonly string[], { readonly last: number | null; readonly clock: number }>;
  readonly #instances: Statement<readonly string[], InstanceRow>;
  readonly #templatesOf: Statement<readonly string[], TaskTemplateRow>;
  readonly #tokens: Statement<readonly string[], ClientTokenRow>;
  readonly #expiredTasks: Statement<AtInstant, { readonly instanceId: string; readonly tasks: number }>;
  readonly #byKey: ReturnType<typeof readsByKey>;

  constructor(flavour: SqlFlavour, retentionMs: number) {
    const given = (tell: Tell<readonly string[]>) => textsIn(flavour, tell(listed));
    this.#byKey = readsByKey(flavour, retentionMs);
    this.#instants = new Statement((tell, db) =>
      db
        .selectFrom('instance')
        .select((of) => [of.fn.max('lastInstant').as('last'), flavour.clock().as('clock')])
        .where('id', 'in', given(tell)),
    );
    this.#instances = new Statement((tell, db) => db.selectFrom('instance').selectAll().where('id', 'in', given(tell)));
    this.#templatesOf = new Statement((tell, db) =>
      db.selectFrom('taskTemplate').selectAll().where('instanceId', 'in', given(tell)),
    );
    this.#tokens = new Statement((tell, db) =>
      db.selectFrom('clientToken').selectAll().where('scope', 'in', given(tell)),
    );
    this.#expiredTasks = new Statement((tell: Tell<AtInstant>, db) =>
      db
        .selectFrom('contact')
        .select((of) => ['instanceId', of.fn.countAll<number>().as('tasks')])
        .where(
          'instanceId',
          'in',
          textsIn(
            flavour,
            tell(({ instances }) => listed(instances)),
          ),
        )
        .where('endedAt', 'is', null)
        // Written out, so that the partial index of open tasks serves the query.
        .where(sql<boolean>`"channel" = 'TASK'`)
        .where(
          'expiresAt',
          '<=',
          tell(({ now }) => now),
        )
        .groupBy('instanceId'),
    );
  }

  /** The store's clock, never below an instant that was used before on the same instances. */
  async instant(connection: Connection, instanceIds: readonly string[]): Promise<number> {
    const [row] = await this.#instants.run(connection, instanceIds);
    return Math.max(row?.clock ?? 0, row?.last ?? 0);
  }

  /** At most one statement a table, however many requests there are. */
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

/** Contacts past their retention are gone, and hold no place in their chain. */
function readsByKey(flavour: SqlFlavour, retentionMs: number) {
  return {
    contactFlows: new RowsByKey<Tables['contactFlow']>(flavour, 'contactFlow'),
    quickConnects: new RowsByKey<Tables['quickConnect']>(flavour, 'quickConnect'),
    taskTemplates: new RowsByKey<TaskTemplateRow>(flavour, 'taskTemplate'),
    queues: new RowsByKey<Tables['queue']>(flavour, 'queue'),
    users: new RowsByKey<Tables['connectUser']>(flavour, 'connectUser'),
    contacts: new RowsByKey<Tables['contact']>(flavour, 'contact', (now) => ({
      where: sql`not ${isPastRetention(now, retentionMs)}`,
    })),
    chains: new RowsByKey<LoadedChainRow>(flavour, 'chain', (now) => ({
      more: sql`(select count(*) from "contact" where "contact"."instanceId" = "chain"."instanceId"
        and "contact"."chainId" = "chain"."id" and ${HOLDS_PLACE} and ${isPastRetention(now, retentionMs)}) as "pastTasks"`,
    })),
  };
}

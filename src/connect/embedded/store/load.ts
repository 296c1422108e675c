import { type Kysely, type RawBuilder, sql } from 'kysely';
import { pairs, type SqlFlavour, texts } from './batch-sql.js';
import { HOLDS_PLACE, instantSql, isPastRetention } from './retention.js';
import type { Keys, LoadedChainRow, LoadedRows, ResourceKey } from './store.js';
import type { Tables } from './tables.js';

/** A table whose rows belong to an instance. */
type KeyedTable = Exclude<keyof Tables, 'meta' | 'instance' | 'clientToken' | 'batch'>;

/** What loading depends on. */
interface LoadParts {
  readonly flavour: SqlFlavour;
  readonly retentionMs: number;
}

/** What a query of rows by their keys asks for beside them. */
interface QueryParts {
  /** One condition more. */
  readonly where?: RawBuilder<unknown>;
  /** One column more. */
  readonly more?: RawBuilder<unknown>;
}

/** Loads what a batch of requests needs: at most one statement a table, however many requests there are. */
export async function loadRows(
  db: Kysely<Tables>,
  { flavour, retentionMs }: LoadParts,
  keys: Keys,
  now: number,
): Promise<LoadedRows> {
  const isPast = isPastRetention(instantSql(now), retentionMs);
  const byKey = <Table extends KeyedTable>(table: Table, wanted: readonly ResourceKey[], parts?: QueryParts) =>
    rowsByKey(db, flavour, table, wanted, parts);

  const instances = await db
    .selectFrom('instance')
    .selectAll()
    .where('id', 'in', texts(flavour, keys.instances))
    .execute();
  const quickConnects = await byKey('quickConnect', keys.quickConnects);
  const taskTemplates = [
    ...(await byKey('taskTemplate', keys.taskTemplates)),
    ...(keys.templatesOf.length === 0
      ? []
      : await db
          .selectFrom('taskTemplate')
          .selectAll()
          .where('instanceId', 'in', texts(flavour, keys.templatesOf))
          .execute()),
  ];
  const flowsNamed = [
    ...quickConnects.map(({ instanceId, contactFlowId }) => [instanceId, contactFlowId] as const),
    ...taskTemplates.map(({ instanceId, contactFlowId }) => [instanceId, contactFlowId] as const),
    ...taskTemplates.map(({ instanceId, selfAssignFlowId }) => [instanceId, selfAssignFlowId] as const),
  ].flatMap(([instanceId, id]) => (id === null ? [] : [{ instanceId, id }]));
  const contactFlows = await byKey('contactFlow', [...keys.contactFlows, ...flowsNamed]);
  const queues = await byKey('queue', keys.queues);
  const users = await byKey('connectUser', keys.users);
  const contacts = await byKey('contact', keys.contacts, { where: sql`not ${isPast}` });
  const pastTasks = sql`(select count(*) from "contact" where "contact"."instanceId" = "chain"."instanceId"
    and "contact"."chainId" = "chain"."id" and ${HOLDS_PLACE} and ${isPast}) as "pastTasks"`;
  const chains = (await byKey(
    'chain',
    contacts.map(({ instanceId, chainId }) => ({ instanceId, id: chainId })),
    { more: pastTasks },
  )) as readonly LoadedChainRow[];
  const tokens =
    keys.tokens.length === 0
      ? []
      : await db.selectFrom('clientToken').selectAll().where('scope', 'in', texts(flavour, keys.tokens)).execute();
  const expiredTasks = await countExpiredTasks(db, flavour, keys.instances, now);
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
    expiredTasks,
  };
}

/** Rows by their keys; unknown keys are left out. */
export async function rowsByKey<Table extends KeyedTable>(
  db: Kysely<Tables>,
  flavour: SqlFlavour,
  table: Table,
  wanted: readonly ResourceKey[],
  { where, more }: QueryParts = {},
): Promise<readonly Tables[Table][]> {
  if (wanted.length === 0) return [];
  const list = pairs(
    flavour,
    wanted.map(({ instanceId, id }) => [instanceId, id] as const),
  );
  const { rows } = await sql<
    Tables[Table]
  >`select ${more ? sql`${sql.table(table)}.*, ${more}` : sql`*`} from ${sql.table(table)} where ("instanceId", "id") in ${list}${where ? sql` and ${where}` : sql``}`.execute(
    db,
  );
  return rows;
}

async function countExpiredTasks(
  db: Kysely<Tables>,
  flavour: SqlFlavour,
  instances: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('contact')
    .select((of) => ['instanceId', of.fn.countAll<number>().as('tasks')])
    .where('instanceId', 'in', texts(flavour, instances))
    .where('endedAt', 'is', null)
    // Written out, so that the partial index of open tasks serves the query.
    .where(sql<boolean>`"channel" = 'TASK'`)
    .where('expiresAt', '<=', now)
    .groupBy('instanceId')
    .execute();
  return new Map(rows.map(({ instanceId, tasks }) => [instanceId, Number(tasks)]));
}

import { type Kysely, sql } from 'kysely';
import { HOLDS_PLACE, IS_OPEN_TASK } from './retention.js';
import type { ChainRow, Tables } from './tables.js';

/** Chains that are read at once. */
const PAGE = 500;

/** What rows contradict each other in: one sentence for each problem. The rows are to stand still meanwhile. */
export async function* findContradictions(db: Kysely<Tables>): AsyncGenerator<string> {
  for (const { query, tell } of QUESTIONS) {
    const { rows } = await query.execute(db);
    for (const row of rows) yield tell(row);
  }
}

/** All chains, page by page. */
export async function* chainsOf(db: Kysely<Tables>): AsyncGenerator<ChainRow> {
  let after: Pick<ChainRow, 'instanceId' | 'id'> | undefined = { instanceId: '', id: '' };
  while (after) {
    const page: readonly ChainRow[] = await db
      .selectFrom('chain')
      .selectAll()
      .where(sql<boolean>`("instanceId", "id") > (${after.instanceId}, ${after.id})`)
      .orderBy('instanceId')
      .orderBy('id')
      .limit(PAGE)
      .execute();
    yield* page;
    after = page.length === PAGE ? page.at(-1) : undefined;
  }
}

type Row = Readonly<Record<string, unknown>>;

const IN_CHAIN = sql`"contact"."instanceId" = "chain"."instanceId" and "contact"."chainId" = "chain"."id"`;

const QUESTIONS = [
  {
    query: sql<Row>`select * from (select "instance"."id", "instance"."openTasks" as "said",
      (select count(*) from "contact" where "contact"."instanceId" = "instance"."id" and ${IS_OPEN_TASK}) as "found"
      from "instance") as counted where "said" <> "found"`,
    tell: ({ id, said, found }: Row) => `Instance ${id} says openTasks ${said}, but has ${found}.`,
  },
  {
    query: sql<Row>`select * from (select "chain"."id", "chain"."linkedTasks" as "said",
      (select count(*) from "contact" where ${IN_CHAIN} and ${HOLDS_PLACE}) as "found"
      from "chain") as counted where "said" <> "found"`,
    tell: ({ id, said, found }: Row) => `Chain ${id} says linkedTasks ${said}, but has ${found}.`,
  },
  {
    query: sql<Row>`select "contact"."id", "contact"."chainId" from "contact"
      where not exists (select 1 from "chain" where ${IN_CHAIN})`,
    tell: ({ id, chainId }: Row) => `Contact ${id} belongs to chain ${chainId}, which is not there.`,
  },
  {
    query: sql<Row>`select "contact"."id", "contact"."instanceId" from "contact"
      where not exists (select 1 from "instance" where "instance"."id" = "contact"."instanceId")`,
    tell: ({ id, instanceId }: Row) => `Contact ${id} belongs to instance ${instanceId}, which is not there.`,
  },
  {
    query: sql<Row>`select "chain"."id" from "chain" where not exists (select 1 from "contact" where ${IN_CHAIN})`,
    tell: ({ id }: Row) => `Chain ${id} has no contact.`,
  },
  {
    // A token that is past its window answers nothing any more, and a template's token names a template.
    query: sql<Row>`select "scope", "contactId" from "clientToken"
      where "expiresAt" > (select coalesce(max("lastInstant"), 0) from "instance")
      and "contactId" not in (select "id" from "contact") and "contactId" not in (select "id" from "taskTemplate")`,
    tell: ({ scope, contactId }: Row) => `Client token ${scope} names ${contactId}, which is not there.`,
  },
] as const;

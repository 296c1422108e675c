import { type Kysely, sql } from 'kysely';
import { HOLDS_PLACE, IS_OPEN_TASK } from './retention.js';
import type { ChainRow, Tables } from './tables.js';

/** Chains per page. */
const PAGE = 500;

/** Yields one sentence for each contradiction between rows. The rows must not change meanwhile. */
export async function* findContradictions(db: Kysely<Tables>): AsyncGenerator<string> {
  for (const { query, describe } of CHECKS) {
    const { rows } = await query.execute(db);
    for (const row of rows) yield describe(row);
  }
}

/** Yields all chains. It reads them page by page. */
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

const CHECKS = [
  {
    query: sql<Row>`select * from (select "instance"."id", "instance"."openTasks" as "stated",
      (select count(*) from "contact" where "contact"."instanceId" = "instance"."id" and ${IS_OPEN_TASK}) as "found"
      from "instance") as counted where "stated" <> "found"`,
    describe: ({ id, stated, found }: Row) => `Instance ${id} states openTasks ${stated}, but has ${found}.`,
  },
  {
    query: sql<Row>`select * from (select "chain"."id", "chain"."linkedTasks" as "stated",
      (select count(*) from "contact" where ${IN_CHAIN} and ${HOLDS_PLACE}) as "found"
      from "chain") as counted where "stated" <> "found"`,
    describe: ({ id, stated, found }: Row) => `Chain ${id} states linkedTasks ${stated}, but has ${found}.`,
  },
  {
    query: sql<Row>`select "contact"."id", "contact"."chainId" from "contact"
      where not exists (select 1 from "chain" where ${IN_CHAIN})`,
    describe: ({ id, chainId }: Row) => `Contact ${id} belongs to chain ${chainId}, which is not there.`,
  },
  {
    query: sql<Row>`select "contact"."id", "contact"."instanceId" from "contact"
      where not exists (select 1 from "instance" where "instance"."id" = "contact"."instanceId")`,
    describe: ({ id, instanceId }: Row) => `Contact ${id} belongs to instance ${instanceId}, which is not there.`,
  },
  {
    query: sql<Row>`select "chain"."id" from "chain" where not exists (select 1 from "contact" where ${IN_CHAIN})`,
    describe: ({ id }: Row) => `Chain ${id} has no contact.`,
  },
  {
    // An expired token replays nothing. The token of a template names a template.
    query: sql<Row>`select "scope", "contactId" from "clientToken"
      where "expiresAt" > (select coalesce(max("lastInstant"), 0) from "instance")
      and "contactId" not in (select "id" from "contact") and "contactId" not in (select "id" from "taskTemplate")`,
    describe: ({ scope, contactId }: Row) => `Client token ${scope} names ${contactId}, which is not there.`,
  },
] as const;

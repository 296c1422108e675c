import { type Kysely, sql } from 'kysely';
import { isStorable } from '../../util/storable-text.js';
import { type SqlFlavour, texts } from './batch-sql.js';
import type { ResourceQuery, ResourceTable } from './store.js';
import type { Tables } from './tables.js';

/** A page of the resources of an instance, in the order of (name, id): each database's own order of texts. */
export async function listResources<Table extends ResourceTable>(
  db: Kysely<Tables>,
  flavour: SqlFlavour,
  table: Table,
  instanceId: string,
  { where, after, limit }: ResourceQuery,
): Promise<readonly Tables[Table][]> {
  if (!isStorable(instanceId)) return [];
  const conditions = [
    sql`"instanceId" = ${instanceId}`,
    ...Object.entries(where).map(([column, values]) => sql`${sql.ref(column)} in ${texts(flavour, values)}`),
    ...(after ? [sql`("name", "id") > (${after[0]}, ${after[1]})`] : []),
  ];
  const { rows } = await sql<Tables[Table]>`select * from ${sql.table(table)}
    where ${sql.join(conditions, sql` and `)} order by "name", "id" limit ${limit}`.execute(db);
  return rows;
}

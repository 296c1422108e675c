import { type Kysely, sql } from 'kysely';
import { listedPairs, pairsIn, type SqlDialect, texts } from './batch-sql.js';
import { COLUMNS, type ResourceKey, type Tables, type TaskTemplateRow } from './tables.js';

const COLUMN_NAMES = Object.keys(COLUMNS.taskTemplate);

/** The columns whose change makes a new version. Times are not among them. */
const CONTENT = COLUMN_NAMES.filter((name) => !['instanceId', 'id', 'createdAt', 'updatedAt'].includes(name));

const SAME_KEY = sql`"version"."instanceId" = "taskTemplate"."instanceId" and "version"."id" = "taskTemplate"."id"`;
const LATEST = sql`(select max("version"."version") from "taskTemplateVersion" as "version" where ${SAME_KEY})`;

/** Stores a version of each template, unless its latest version is the same. */
export async function recordTemplateVersions(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  keys: readonly ResourceKey[],
): Promise<void> {
  if (keys.length === 0) return;
  const wanted = pairsIn(dialect, listedPairs(keys));
  const columns = sql.join(COLUMN_NAMES.map((name) => sql.ref(name)));
  const values = sql.join(COLUMN_NAMES.map((name) => sql.ref(`taskTemplate.${name}`)));
  const isSame = sql.join(
    CONTENT.map((name) => sql`${sql.ref(`version.${name}`)} is not distinct from ${sql.ref(`taskTemplate.${name}`)}`),
    sql` and `,
  );
  await sql`insert into "taskTemplateVersion" (${columns}, "version")
    select ${values}, coalesce(${LATEST}, 0) + 1 from "taskTemplate"
    where ("taskTemplate"."instanceId", "taskTemplate"."id") in ${wanted}
    and not exists (select 1 from "taskTemplateVersion" as "version"
      where ${SAME_KEY} and "version"."version" = ${LATEST} and ${isSame})`.execute(db);
}

/** Returns a version of a template; undefined if it does not exist. */
export function templateVersion(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  { instanceId, id }: ResourceKey,
  version: number,
): Promise<TaskTemplateRow | undefined> {
  return db
    .selectFrom('taskTemplateVersion')
    .selectAll()
    .where('instanceId', 'in', texts(dialect, [instanceId]))
    .where('id', 'in', texts(dialect, [id]))
    .where('version', '=', version)
    .executeTakeFirst();
}

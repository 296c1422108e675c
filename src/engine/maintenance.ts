import { attributeBytes } from '../validation/rules/attributes.js';
import { isArn, bareId } from '../connect/arn.js';
import { checkArn } from './arn.js';
import { onDatabaseFile } from './database-file.js';
import { databaseKind, databasePath, shownDatabaseUrl } from '../util/database-url.js';
import { loadOptional } from '../util/optional-package.js';
import { readAttributes } from './decide/attributes.js';
import { attachmentsBeside } from './files/attachments-beside.js';
import { FileFolder } from './files/file-folder.js';
import { chainsOf, findContradictions } from './store/check.js';
import type { Purged } from './store/purge.js';
import type { SqlStore } from './store/sql-store.js';
import { openSqliteStore } from './store/sqlite.js';
import { backupSqlite, withIdleSqlite } from './store/sqlite-maintenance.js';
import type { ChainRow } from './store/tables.js';

/** Loads PostgreSQL's driver and the store on it, which the default does not need. */
const loadPostgres = () => loadOptional('DATABASE_URL=postgres://…', () => import('./store/postgres.js'));

type Rows = Parameters<typeof findContradictions>[0];

/**
 * Checks that a database is undamaged and that its rows are consistent. It changes nothing.
 *
 * @returns one sentence for each problem
 * @throws DatabaseFileError, DatabaseInUseError, DatabaseTooNewError, DatabaseUnusableError, ForeignDatabaseError, MissingDatabaseError
 */
export async function checkDatabase(databaseUrl: string): Promise<readonly string[]> {
  if (databaseKind(databaseUrl) === 'postgres') {
    const { withPostgresSnapshot } = await loadPostgres();
    return withPostgresSnapshot({ url: databaseUrl, shownUrl: shownDatabaseUrl(databaseUrl) }, problemsIn);
  }
  const path = databasePath(databaseUrl);
  return onDatabaseFile(path, () =>
    withIdleSqlite(path, async (damages, db) => {
      if (damages.length === 0) return problemsIn(db);
      // What cannot be read is reported already.
      const more = await problemsIn(db).catch(() => []);
      return [...damages.map((damage) => `The file is damaged: ${damage}.`), ...more];
    }),
  );
}

/**
 * Copies a database into a new file, even while an engine uses it.
 *
 * @throws an Error with a message for operators if the file exists, if the database does not exist, or if it is
 * PostgreSQL, which has tools of its own
 */
export function backupDatabase(databaseUrl: string, file: string): void {
  if (databaseKind(databaseUrl) === 'postgres') {
    throw new Error(
      `${shownDatabaseUrl(databaseUrl)} is PostgreSQL. Use pg_dump, which copies it consistently while it runs: "pg_dump --format=custom --file=${file} URL".`,
    );
  }
  backupSqlite(databasePath(databaseUrl), file);
}

/**
 * Removes one contact, for an erasure request.
 *
 * @param contact its id or its ARN
 * @param folder the folder of attachments. Default: the one beside the file of SQLite
 * @returns the removed data and the number of its files; undefined if the instance has no such contact
 * @throws DatabaseFileError, DatabaseInUseError, DatabaseTooNewError, DatabaseUnusableError, ForeignDatabaseError,
 * MissingDatabaseError
 */
export async function purgeContact(
  databaseUrl: string,
  instanceId: string,
  contact: string,
  folder = attachmentsBeside(databaseUrl),
): Promise<(Purged & { readonly files: number }) | undefined> {
  const store = await openExisting(databaseUrl);
  try {
    const instance = bareId(instanceId);
    const arn = (await store.instanceArn(instance)) ?? '';
    if (isArn(contact) && checkArn(contact, arn, 'CONTACT', ['contactId']).length > 0) return undefined;
    const purged = await store.purge(instance, bareId(contact));
    if (purged === undefined) return undefined;
    const files = folder === undefined ? 0 : await new FileFolder(folder).remove(instance, bareId(contact));
    return { ...purged, files };
  } finally {
    await store.close();
  }
}

async function openExisting(databaseUrl: string): Promise<SqlStore> {
  if (databaseKind(databaseUrl) === 'postgres') {
    const { openPostgresStore, withPostgresSnapshot } = await loadPostgres();
    const options = { url: databaseUrl, shownUrl: shownDatabaseUrl(databaseUrl) };
    await withPostgresSnapshot(options, async () => {});
    return openPostgresStore(options);
  }
  const path = databasePath(databaseUrl);
  return onDatabaseFile(path, async () => {
    await withIdleSqlite(path, async () => {});
    return openSqliteStore(path, Date.now);
  });
}

async function problemsIn(db: Rows): Promise<readonly string[]> {
  const problems: string[] = [];
  for await (const problem of findContradictions(db)) problems.push(problem);
  for await (const chain of chainsOf(db)) {
    const found = bytesIn(chain);
    if (found === undefined) problems.push(`Chain ${chain.id} has attributes that cannot be read.`);
    else if (found !== chain.attributeBytes) {
      problems.push(`Chain ${chain.id} states attributeBytes ${chain.attributeBytes}, but has ${found}.`);
    }
  }
  return problems;
}

function bytesIn({ attributes }: ChainRow): number | undefined {
  try {
    return attributeBytes(readAttributes(attributes));
  } catch {
    return undefined;
  }
}

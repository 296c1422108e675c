import { fileURLToPath } from 'node:url';

/** The kinds of database that a URL can lead to. */
export type DatabaseKind = 'sqlite' | 'postgres';

/** What DATABASE_URL takes, in words. */
export const DATABASE_URL_FORM = 'file: and the path of a file, or postgres:// and the rest of a URL';

/** Which kind of database a URL leads to; undefined where it is none that the engine knows. */
export function databaseKind(url: string): DatabaseKind | undefined {
  // A driver may take half a URL for a host's name, and go looking for it.
  if (/^postgres(ql)?:\/\//.test(url)) return URL.canParse(url) ? 'postgres' : undefined;
  // SQLite would take no path, and :memory:, for a database that is gone with its connection.
  return /^file:(?!$|:memory:$)/.test(url) ? 'sqlite' : undefined;
}

/** The path of the file that a URL of SQLite leads to. */
export function databasePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url.replace(/^file:/, '');
}

/** A database URL as people may see it: without user and password, and without parameters, which may hold them too. */
export function shownDatabaseUrl(url: string): string {
  if (databaseKind(url) !== 'postgres') return url;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

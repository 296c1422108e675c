import { databaseKind, databasePath } from '../../util/database-url.js';

/** Returns the folder of attachments beside the file of SQLite: its name and -attachments. Undefined for PostgreSQL. */
export function attachmentsBeside(databaseUrl: string): string | undefined {
  return databaseKind(databaseUrl) === 'sqlite' ? `${databasePath(databaseUrl)}-attachments` : undefined;
}

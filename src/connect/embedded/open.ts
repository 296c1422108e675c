import { fileURLToPath } from 'node:url';
import { ACTIVE_TASKS, CHAIN_TASKS } from '../limits.js';
import type { Quotas } from './decide/state.js';
import { EmbeddedConnect } from './embedded-connect.js';
import { sampleInstance } from './sample-instance.js';
import { openSqliteStore } from './store/sqlite.js';

/** How the embedded engine is opened. */
export interface OpenOptions {
  /** Where it keeps its rows: `file:` and a path, relative to the working directory or absolute. */
  readonly databaseUrl: string;
  /** The clock, in milliseconds since the epoch. Omitted: the system's. */
  readonly now?: () => number;
  /** Omitted: those of a new Amazon Connect account. */
  readonly quotas?: Quotas;
}

/**
 * Opens the embedded engine. A new database gets the sample instance.
 *
 * @throws DatabaseInUseError, DatabaseTooNewError, ForeignDatabaseError with a message for whoever starts the program
 */
export async function openEmbeddedConnect(options: OpenOptions): Promise<EmbeddedConnect> {
  const { databaseUrl, now = Date.now, quotas = { activeTasks: ACTIVE_TASKS, chainTasks: CHAIN_TASKS } } = options;
  const store = await openSqliteStore(pathOf(databaseUrl), now, sampleInstance(now()));
  return new EmbeddedConnect({ store, quotas });
}

/** The path in a database URL. SQLite would take none, and :memory:, for a database that is gone with its connection. */
function pathOf(databaseUrl: string): string {
  const path = databaseUrl.startsWith('file://') ? fileURLToPath(databaseUrl) : databaseUrl.replace(/^file:/, '');
  if (path !== databaseUrl && path !== '' && path !== ':memory:') return path;
  // What follows a scheme may hold a password.
  const shown = databaseUrl.slice(0, 20).replace(/:.+/s, ':…');
  throw new TypeError(`DATABASE_URL must be file: and the path of a file, but got: ${shown}`);
}

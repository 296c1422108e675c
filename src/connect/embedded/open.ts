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

function pathOf(databaseUrl: string): string {
  if (databaseUrl.startsWith('file://')) return fileURLToPath(databaseUrl);
  if (databaseUrl.startsWith('file:')) return databaseUrl.slice('file:'.length);
  throw new TypeError(`DATABASE_URL must begin with file:, but got: ${databaseUrl.slice(0, 20)}`);
}

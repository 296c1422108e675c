import { onDatabaseFile } from './database-file.js';
import { DATABASE_URL_FORM, databaseKind, databasePath, shownDatabaseUrl } from '../util/database-url.js';
import { loadOptional } from '../util/optional-package.js';
import { DEFAULT_QUOTAS, type Quotas } from './decide/state.js';
import { EmbeddedConnect } from './engine.js';
import type { AttachmentOptions } from './files/attachments.js';
import { attachmentsBeside } from './files/attachments-beside.js';
import type { BatchObserver } from './commit/group-commit.js';
import { applySeed } from './seed/apply-seed.js';
import { readSeed } from './seed/read-seed.js';
import { sampleInstance } from './seed/sample-instance.js';
import { openSqliteStore } from './store/sqlite.js';
import type { Content, Store, StoreEvents } from './store/store.js';

/** Options of the embedded engine. */
export interface OpenOptions {
  /**
   * The URL of the database: `file:` and a path, relative to the working directory or absolute; or a URL of PostgreSQL,
   * `postgres://user:password@host/database`.
   */
  readonly databaseUrl: string;
  /** The clock, in milliseconds since the epoch. Default: the system's clock. PostgreSQL uses the server's clock. */
  readonly now?: () => number;
  /** Default, for each: the quota of a new Amazon Connect account. */
  readonly quotas?: Partial<Quotas>;
  /**
   * Time from their start that ended contacts are kept, in milliseconds. Default: 730 days, as the service keeps them.
   */
  readonly retentionMs?: number;
  /** The seed file to apply, relative to the working directory or absolute. Default: none. */
  readonly seedFile?: string | undefined;
  /** Whether rules for CONNECT_STRICT apply. Default: false. */
  readonly strict?: boolean;
  /** Attachments. Default: in a folder beside the file of SQLite; refused on PostgreSQL, which needs a shared folder. */
  readonly attachments?: Partial<AttachmentOptions>;
  /** Receives the batches. Default: none. */
  readonly observer?: BatchObserver | undefined;
  /** Watches whether the database can be written. Default: nothing does. */
  readonly storeEvents?: StoreEvents | undefined;
}

/**
 * Opens the embedded engine. A new database gets the sample instance.
 *
 * @throws DatabaseFileError, DatabaseInUseError, DatabaseTooNewError, DatabaseUnusableError, ForeignDatabaseError,
 * SeedError with a message for operators
 */
export async function openEmbeddedConnect(options: OpenOptions): Promise<EmbeddedConnect> {
  const { databaseUrl, now = Date.now } = options;
  const quotas = { ...DEFAULT_QUOTAS, ...options.quotas };
  const { seedFile } = options;
  // The seed is read first, because an invalid seed must leave the database unchanged.
  const seed = seedFile === undefined ? undefined : await readSeed(seedFile);
  const store = await openStore(databaseUrl, now, options);
  if (seedFile !== undefined && seed !== undefined) {
    try {
      await applySeed(store, seed, quotas, seedFile);
    } catch (error) {
      await store.close();
      throw error;
    }
  }
  const { strict = false, observer } = options;
  const folder = options.attachments?.folder ?? attachmentsBeside(databaseUrl);
  const attachments = folder === undefined ? undefined : { ...options.attachments, folder, now };
  return new EmbeddedConnect({ store, quotas, strict, groupCommit: { observer }, attachments });
}

type StoreOptions = Pick<OpenOptions, 'retentionMs' | 'storeEvents'>;

function openStore(databaseUrl: string, now: () => number, options: StoreOptions): Promise<Store> {
  const { retentionMs, storeEvents } = options;
  switch (databaseKind(databaseUrl)) {
    case 'sqlite': {
      const path = databasePath(databaseUrl);
      return onDatabaseFile(path, () => openSqliteStore(path, now, sampleInstance(now()), retentionMs, storeEvents));
    }
    case 'postgres':
      return openPostgres(databaseUrl, sampleInstance(now()), options);
    default:
      // The value is not shown, because it may hold a password.
      throw new TypeError(`DATABASE_URL must be ${DATABASE_URL_FORM}.`);
  }
}

/** Opens PostgreSQL. The driver is loaded only here, because the default does not need it. */
async function openPostgres(url: string, content: Content, options: StoreOptions): Promise<Store> {
  const { retentionMs, storeEvents: events } = options;
  const { openPostgresStore } = await loadOptional('DATABASE_URL=postgres://…', () => import('./store/postgres.js'));
  return openPostgresStore({ url, shownUrl: shownDatabaseUrl(url), content, retentionMs, events });
}

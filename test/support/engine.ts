import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Contact, ContactChain } from '../../src/connect/contact.js';
import type { Quotas } from '../../src/engine/decide/state.js';
import { EmbeddedConnect, type EmbeddedConnectOptions } from '../../src/engine/engine.js';
import type { AttachmentOptions } from '../../src/engine/files/attachments.js';
import { sampleInstance } from '../../src/engine/seed/sample-instance.js';
import { sqliteDialect } from '../../src/engine/store/batch-sql.js';
import { SqlStore } from '../../src/engine/store/sql-store.js';
import {
  CachingDatabase,
  kyselyOver,
  type PreparingDatabase,
  runnerOver,
} from '../../src/engine/store/sqlite-database.js';
import { openSqliteStore } from '../../src/engine/store/sqlite.js';
import { isUnwritable } from '../../src/engine/store/sqlite-file.js';
import { scansInThisThread } from '../../src/engine/store/sqlite-scans.js';
import type { Content, Resources, Store, StoreEvents } from '../../src/engine/store/store.js';
import { type ConnectFault, isConnectFault } from '../../src/connect/errors.js';
import { DEFAULT_QUOTAS } from '../../src/engine/decide/state.js';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';

/** When tests take place, unless they say otherwise. Not a whole second, so that rounding shows. */
export const NOW = Date.UTC(2026, 5, 1, 12, 0, 0, 250);

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What a new database holds, as the project's documents promise it. */
export const SAMPLE = {
  instanceId: '10000000-0000-4000-8000-000000000001',
  instanceArn: 'arn:aws:connect:us-east-1:111122223333:instance/10000000-0000-4000-8000-000000000001',
  contactFlow: '20000000-0000-4000-8000-000000000001',
  quickConnect: {
    queue: '30000000-0000-4000-8000-000000000001',
    user: '30000000-0000-4000-8000-000000000002',
    phoneNumber: '30000000-0000-4000-8000-000000000003',
  },
  taskTemplate: {
    withFlow: '40000000-0000-4000-8000-000000000001',
    withoutFlow: '40000000-0000-4000-8000-000000000002',
    inactive: '40000000-0000-4000-8000-000000000003',
    withRequiredFields: '40000000-0000-4000-8000-000000000004',
  },
  voiceContact: '50000000-0000-4000-8000-000000000001',
  queue: '60000000-0000-4000-8000-000000000001',
  otherQueue: '60000000-0000-4000-8000-000000000002',
  user: '70000000-0000-4000-8000-000000000001',
  otherUser: '70000000-0000-4000-8000-000000000002',
} as const;

/** An id that nothing has. */
export const UNKNOWN_ID = '99999999-0000-4000-8000-000000000001';

/** A request that the sample instance takes, with other members where the test is about them. */
export function request(members: Partial<StartTaskContactRequest> = {}): StartTaskContactRequest {
  const { contactFlowId, quickConnectId, taskTemplateId } = members;
  const namesSource = (contactFlowId ?? quickConnectId ?? taskTemplateId) !== undefined;
  return {
    instanceId: SAMPLE.instanceId,
    name: 'Call back',
    ...(!namesSource && { contactFlowId: SAMPLE.contactFlow }),
    ...members,
  };
}

/** Waits for a promise to fail with an error of the port, and returns that. */
export async function refusal(promise: Promise<unknown>): Promise<ConnectFault> {
  const [outcome] = await Promise.allSettled([promise]);
  if (outcome.status === 'fulfilled') {
    throw new Error(`Expected a refusal, but got ${JSON.stringify(outcome.value)}`);
  }
  if (!isConnectFault(outcome.reason)) throw outcome.reason;
  return outcome.reason;
}

/** Stands between the engine and its database. The engine writes and reads through connections of their own. */
export interface Tap {
  over(connection: 'writer' | 'reader', database: PreparingDatabase): PreparingDatabase;
}

/** How a test engine is opened. */
export interface TestEngineOptions {
  /** Where the clock stands at first. Default {@link NOW}. */
  readonly now?: number;
  readonly quotas?: Partial<Quotas>;
  readonly groupCommit?: EmbeddedConnectOptions['groupCommit'];
  readonly scans?: EmbeddedConnectOptions['scans'];
  /** How long ended contacts are kept, in milliseconds. Default: as the service does. */
  readonly retentionMs?: number;
  /** Watches whether the database can be written. */
  readonly storeEvents?: StoreEvents;
  /** Resources beside those of the sample instance. */
  readonly content?: Partial<Content>;
  /** Attachments. Default: in a folder beside the file, approved at once. Null: none are kept. */
  readonly attachments?: Partial<AttachmentOptions> | null;
  /** Sees every statement of the engine, and can make it fail. */
  readonly tap?: Tap;
}

/** An embedded engine on a file in a folder of its own, which goes with it. */
export class TestEngine implements AsyncDisposable {
  /** Milliseconds since the epoch; a test sets it. */
  readonly clock: { now: number };
  readonly file: string;
  readonly #folder: string;
  readonly #options: TestEngineOptions;
  #engine: EmbeddedConnect | undefined;
  #store: Store | undefined;

  private constructor(folder: string, options: TestEngineOptions) {
    this.#folder = folder;
    this.#options = options;
    this.file = join(folder, 'connect.db');
    this.clock = { now: options.now ?? NOW };
  }

  static async open(options: TestEngineOptions): Promise<TestEngine> {
    const made = new TestEngine(await mkdtemp(join(tmpdir(), 'connect-test-')), options);
    const store = await made.#openStore();
    const { content } = options;
    if (content) {
      const { contacts = [], chains = [], ...resources } = content;
      await store.transaction(async (transaction) => {
        await transaction.put({ ...EMPTY, ...resources });
        const none = { newTemplates: [], changedContacts: [], tokens: [], changes: [], openedTasks: new Map() };
        const rows = { ...none, newContacts: contacts, chains };
        await transaction.write('content', rows, made.clock.now);
      });
    }
    await store.close();
    await made.reopen();
    return made;
  }

  /** The engine that is open now. */
  get engine(): EmbeddedConnect {
    if (this.#engine === undefined) throw new Error('The test closed the engine');
    return this.#engine;
  }

  /** The store of the engine that was opened last. */
  get store(): Store {
    if (this.#store === undefined) throw new Error('No engine was opened yet');
    return this.#store;
  }

  /** Closes the engine, and opens another on the same file. */
  async reopen(): Promise<EmbeddedConnect> {
    await this.close();
    const { quotas, groupCommit, scans, tap, attachments = {} } = this.#options;
    const store = tap ? await this.#openTapped(tap) : await this.#openStore();
    this.#store = store;
    this.#engine = new EmbeddedConnect({
      store,
      quotas: { ...DEFAULT_QUOTAS, ...quotas },
      ...(groupCommit && { groupCommit }),
      scans,
      ...(attachments !== null && {
        attachments: {
          folder: `${this.file}-attachments`,
          approvalMs: 0,
          url: 'http://127.0.0.1:4100',
          ...attachments,
          now: () => this.clock.now,
        },
      }),
    });
    return this.#engine;
  }

  async close(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    await engine?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Creates a task; returns its id. */
  async start(members: Partial<StartTaskContactRequest> = {}): Promise<string> {
    return (await this.engine.startTaskContact(request(members))).contactId;
  }

  /** Creates tasks, all at once; returns the ids of those that came to be, and the errors of the others. */
  async startAll(
    requests: readonly Partial<StartTaskContactRequest>[],
  ): Promise<{ readonly ids: readonly string[]; readonly errors: readonly ConnectFault[] }> {
    const outcomes = await Promise.allSettled(requests.map((members) => this.start(members)));
    return {
      ids: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
      errors: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as ConnectFault] : [])),
    };
  }

  /** A contact that must exist. */
  async contact(id: string): Promise<Contact> {
    return there(await this.engine.describeContacts({ instanceId: SAMPLE.instanceId, contactIds: [id] }));
  }

  /** The chain of a contact that must exist. */
  async chain(id: string): Promise<ContactChain> {
    return there(await this.engine.listChains({ instanceId: SAMPLE.instanceId, contactIds: [id] }));
  }

  /** The attributes of a contact that must exist, as a map. */
  async attributes(id: string): Promise<Readonly<Record<string, string>>> {
    const attributes = there(await this.engine.getAttributes({ instanceId: SAMPLE.instanceId, contactIds: [id] }));
    return Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
  }

  /** Rows as they are committed, read past the engine. */
  rows(sql: string, ...parameters: SQLInputValue[]): readonly Record<string, unknown>[] {
    using database = new DatabaseSync(this.file, { readOnly: true, timeout: 5 * SECOND });
    return database.prepare(sql).all(...parameters);
  }

  /** Changes rows past the engine, which is closed meanwhile. */
  write(sql: string): void {
    using database = new DatabaseSync(this.file);
    database.exec(sql);
  }

  /** The one number that a query gives. */
  count(sql: string, ...parameters: SQLInputValue[]): number {
    return Number(Object.values(this.rows(sql, ...parameters)[0] ?? {})[0]);
  }

  #openStore(): Promise<Store> {
    const { retentionMs, storeEvents } = this.#options;
    const content = sampleInstance(this.clock.now);
    return openSqliteStore(this.file, () => this.clock.now, content, retentionMs, storeEvents);
  }

  #openTapped(tap: Tap): Promise<Store> {
    const database = new DatabaseSync(this.file, { readOnly: true });
    const writer = tap.over('writer', new CachingDatabase(new DatabaseSync(this.file)));
    const reader = tap.over('reader', new CachingDatabase(database));
    return SqlStore.open({
      writer: kyselyOver(writer),
      writerRunner: runnerOver(writer, 'all'),
      reader: kyselyOver(reader),
      runner: runnerOver(reader, 'views'),
      scans: scansInThisThread(database, runnerOver(reader, 'views')),
      dialect: sqliteDialect(() => this.clock.now),
      isUnwritable,
      events: this.#options.storeEvents,
    });
  }
}

/** Opens an embedded engine for one test: `await using test = await openTestEngine()`. */
export function openTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  return TestEngine.open(options);
}

const EMPTY: Resources = {
  instances: [],
  contactFlows: [],
  queues: [],
  users: [],
  quickConnects: [],
  taskTemplates: [],
};

function there<Thing>([answer]: readonly (Thing | null | ConnectFault)[]): Thing {
  if (answer === null || answer === undefined || isConnectFault(answer)) throw new Error(`Not found: ${answer}`);
  return answer;
}

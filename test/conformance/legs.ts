import { Readable } from 'node:stream';
import { openAwsConnect } from '../../src/aws/open.js';
import { sql } from 'kysely';
import { EmbeddedConnect } from '../../src/engine/engine.js';
import { UPLOADS_PATH } from '../../src/engine/files/attachments.js';
import { sampleInstance } from '../../src/engine/seed/sample-instance.js';
import { openPostgresStore, POSTGRES_DIALECT } from '../../src/engine/store/postgres.js';
import { CHAIN_TASKS } from '../../src/connect/limits.js';
import { DEFAULT_QUOTAS } from '../../src/engine/decide/state.js';
import { policies } from '../../src/policies/policies.js';
import { NOW, openTestEngine } from '../support/engine.js';
import { everyRate } from '../support/policies.js';
import type { TestPostgres } from '../support/postgres.js';
import { temporaryFolder } from '../support/process.js';
import { startTestWire } from '../support/wire.js';
import type { Leg } from './describe-conformance.js';
import { SAMPLE_FIXTURES as fixtures } from './fixtures.js';
import type { OpenPorts } from './world.js';
import { DeferredParameter } from '../../src/engine/store/statement.js';

/** Puts tasks into queues by the control that the emulator offers for it. */
function enqueueBy(engine: EmbeddedConnect): NonNullable<OpenPorts['enqueue']> {
  return (instanceId, contactId, queueId) => engine.control('enqueue', { instanceId, contactId, queueId });
}

/** Offers files by an upload address of the emulator. */
function uploadTo({ attachments }: EmbeddedConnect): NonNullable<OpenPorts['upload']> {
  return async (content) => {
    if (attachments === undefined) throw new Error('The engine keeps no attachments');
    const token = await attachments.folder.openUpload();
    await attachments.folder.upload(token, Readable.from([Buffer.from(content)]), attachments.maxBytes);
    return { url: `http://127.0.0.1${UPLOADS_PATH}/${token}`, settled: () => attachments.settled() };
  };
}

/** The embedded engine on a file of SQLite. */
export const sqliteLeg: Leg = {
  fixtures,
  can: ['clock', 'quotas', 'freshSearch', 'queueing', 'attaching'],
  async open(quotas = {}) {
    const test = await openTestEngine({ quotas });
    return {
      ports: [test.engine],
      clock: test.clock,
      namesRules: true,
      enqueue: enqueueBy(test.engine),
      upload: uploadTo(test.engine),
      close: () => test[Symbol.asyncDispose](),
    };
  },
};

/** Two embedded engines on one PostgreSQL database, as in two replicas of the gateway; each instance in a schema of its own. */
export function postgresLeg(server: () => TestPostgres): Leg {
  let database: Promise<string> | undefined;
  let schemas = 0;
  const createSchema = async () => {
    database ??= server().createDatabase();
    const url = new URL(await database);
    const name = `instance_${++schemas}`;
    await server().query(url.href, `create schema ${name}`);
    url.searchParams.set('options', `-c search_path=${name}`);
    return url.href;
  };
  return {
    fixtures,
    can: ['clock', 'quotas', 'freshSearch', 'queueing', 'attaching'],
    async open(quotas = {}) {
      const url = await createSchema();
      const clock = { now: NOW };
      const folder = await temporaryFolder();
      const open = async () =>
        new EmbeddedConnect({
          store: await openPostgresStore({
            url,
            shownUrl: 'the test database',
            content: sampleInstance(NOW),
            dialect: {
              ...POSTGRES_DIALECT,
              clock: () => sql<number>`cast(${new DeferredParameter(() => clock.now)} as bigint)`,
            },
          }),
          quotas: { ...DEFAULT_QUOTAS, ...quotas },
          groupCommit: { maxRequests: 7 },
          attachments: { folder: folder.path, approvalMs: 0, url: 'http://127.0.0.1:4100', now: () => clock.now },
        });
      const ports = [await open(), await open()] as const;
      return {
        ports,
        clock,
        namesRules: true,
        enqueue: enqueueBy(ports[0]),
        upload: uploadTo(ports[0]),
        close: async () => {
          await Promise.all(ports.map((port) => port.close()));
          await folder[Symbol.asyncDispose]();
        },
      };
    },
  };
}

/** AWS's SDK over the wire: the adapter for a real instance, before the embedded engine. */
export const sdkLeg: Leg = {
  fixtures,
  can: ['clock', 'quotas', 'freshSearch', 'queueing', 'attaching'],
  async open(quotas = {}) {
    const wire = await startTestWire({ quotas });
    // As in the gateway, with room for rules that make many calls.
    const before = policies({ rates: everyRate({ perSecond: 10_000, burst: 10_000 }) });
    let callersNow = 0;
    const connect = await openAwsConnect({
      region: 'us-east-1',
      endpoint: wire.url,
      chainTasks: quotas.chainTasks ?? CHAIN_TASKS,
      callTimeoutMs: 20_000,
      // A rule that sets the clock back sets the service's back: that of its caller goes on.
      now: () => {
        callersNow = Math.max(callersNow, wire.test.clock.now);
        return callersNow;
      },
      client: { credentials: { accessKeyId: 'any', secretAccessKey: 'any' } },
      around: before.aroundCall,
    });
    return {
      ports: [before.around(connect)],
      clock: wire.test.clock,
      enqueue: enqueueBy(wire.test.engine),
      upload: uploadTo(wire.test.engine),
      close: async () => {
        await connect.close();
        await wire[Symbol.asyncDispose]();
      },
    };
  },
};

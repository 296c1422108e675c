import { sql } from 'kysely';
import { EmbeddedConnect } from '../../src/connect/embedded/embedded-connect.js';
import { sampleInstance } from '../../src/connect/embedded/sample-instance.js';
import { openPostgresStore, POSTGRES_FLAVOUR } from '../../src/connect/embedded/store/postgres.js';
import { ACTIVE_TASKS, CHAIN_TASKS } from '../../src/connect/limits.js';
import { NOW, openTestEngine } from '../support/engine.js';
import type { TestPostgres } from '../support/postgres.js';
import type { Leg } from './describe-conformance.js';
import { SAMPLE_FIXTURES as fixtures } from './fixtures.js';

/** The embedded engine on a file of SQLite. */
export const sqliteLeg: Leg = {
  fixtures,
  can: ['clock', 'quotas'],
  async open(quotas = {}) {
    const test = await openTestEngine({ quotas });
    return { ports: [test.engine], clock: test.clock, close: () => test[Symbol.asyncDispose]() };
  },
};

/** Two embedded engines on one PostgreSQL database, as in two replicas of the gateway. */
export function postgresLeg(server: () => TestPostgres): Leg {
  return {
    fixtures,
    can: ['clock', 'quotas'],
    async open(quotas = {}) {
      const url = await server().createDatabase();
      const clock = { now: NOW };
      const open = async () =>
        new EmbeddedConnect({
          store: await openPostgresStore({
            url,
            shownUrl: 'the test database',
            content: sampleInstance(NOW),
            flavour: { ...POSTGRES_FLAVOUR, clock: () => sql<number>`cast(${clock.now} as bigint)` },
          }),
          quotas: { activeTasks: ACTIVE_TASKS, chainTasks: CHAIN_TASKS, ...quotas },
          groupCommit: { maxRequests: 7 },
        });
      const ports = [await open(), await open()] as const;
      return {
        ports,
        clock,
        close: async () => {
          await Promise.all(ports.map((port) => port.close()));
        },
      };
    },
  };
}

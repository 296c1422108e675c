import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { EmbeddedConnect } from '../../src/engine/engine.js';
import { DEFAULT_QUOTAS } from '../../src/engine/decide/state.js';
import { sampleInstance } from '../../src/engine/seed/sample-instance.js';
import { openPostgresStore, POSTGRES_DIALECT } from '../../src/engine/store/postgres.js';
import { NOW, request, SAMPLE, SECOND } from '../support/engine.js';
import { type TestPostgres, testPostgres } from '../support/postgres.js';

const { instanceId, queue, user } = SAMPLE;

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
});

afterAll(() => server.stop());

describe('The next task of a queue on PostgreSQL', () => {
  it('is the one that waits longest, and goes to one agent, whichever of two replicas is asked', async () => {
    const url = await server.createDatabase();
    const clock = { now: NOW };
    const openReplica = async () => {
      const store = await openPostgresStore({
        url,
        shownUrl: 'the test database',
        content: sampleInstance(NOW),
        dialect: { ...POSTGRES_DIALECT, clock: () => sql<number>`cast(${clock.now} as bigint)` },
      });
      return new EmbeddedConnect({ store, quotas: DEFAULT_QUOTAS });
    };
    const replicas = [await openReplica(), await openReplica()] as const;
    try {
      const ids: string[] = [];
      for (let index = 0; index < 6; index++) {
        clock.now = NOW + index * SECOND;
        const { contactId } = await replicas[0].startTaskContact(request());
        await replicas[0].control('enqueue', { instanceId, contactId, queueId: queue });
        ids.push(contactId);
      }
      const next = (index: number) => replicas[index % 2 ? 1 : 0].takeNext({ instanceId, queueId: queue });
      expect(await next(1)).toEqual({ contactId: ids[0], state: 'CONNECTED', queueId: queue, userId: user });
      const taken = await Promise.all(Array.from({ length: 8 }, (_, index) => next(index)));
      expect(taken.flatMap((result) => result?.contactId ?? []).toSorted()).toEqual(ids.slice(1).toSorted());
    } finally {
      await Promise.all(replicas.map((replica) => replica.close()));
    }
  });
});

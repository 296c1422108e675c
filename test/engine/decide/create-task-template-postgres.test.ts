import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { EmbeddedConnect } from '../../../src/engine/engine.js';
import { sampleInstance } from '../../../src/engine/seed/sample-instance.js';
import { openPostgresStore, POSTGRES_DIALECT } from '../../../src/engine/store/postgres.js';
import { DEFAULT_QUOTAS } from '../../../src/engine/decide/state.js';
import type { CreateTaskTemplateRequest } from '../../../src/connect/task-template.js';
import { NOW, refusal, request, SAMPLE } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { field } from '../../support/resources.js';

const { instanceId } = SAMPLE;
const fields = [
  field('Title', 'NAME', { required: true }),
  field('Kind', 'SINGLE_SELECT', { options: ['A'], defaultValue: 'A' }),
];
const asked = (members: Partial<CreateTaskTemplateRequest> = {}): CreateTaskTemplateRequest => {
  return { instanceId, name: 'New', contactFlowId: SAMPLE.contactFlow, fields, ...members };
};

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
});

afterAll(() => server.stop());

async function openReplica(url: string): Promise<EmbeddedConnect> {
  const store = await openPostgresStore({
    url,
    shownUrl: 'the test database',
    content: sampleInstance(NOW),
    dialect: { ...POSTGRES_DIALECT, clock: () => sql<number>`cast(${NOW} as bigint)` },
  });
  return new EmbeddedConnect({ store, quotas: DEFAULT_QUOTAS });
}

describe('CreateTaskTemplate on PostgreSQL', () => {
  it('makes one of a name, whichever of two replicas is asked, and both make tasks from it', async () => {
    const url = await server.createDatabase();
    const replicas = [await openReplica(url), await openReplica(url)] as const;
    const [first, second] = replicas;
    try {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) => (index % 2 ? first : second).createTaskTemplate(asked())),
      );
      const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(made).toHaveLength(1);
      const id = made[0]?.id ?? '';
      expect(await second.getTaskTemplates({ instanceId, taskTemplateIds: [id] })).toMatchObject([
        { ...asked(), id, status: 'ACTIVE' },
      ]);
      const { contactFlowId: _, ...task } = request({ taskTemplateId: id });
      const { contactId } = await first.startTaskContact(task);
      expect(await second.describeContacts({ instanceId, contactIds: [contactId] })).toMatchObject([
        { references: [{ name: 'Kind', type: 'STRING', value: 'A' }] },
      ]);
    } finally {
      for (const replica of replicas) await replica.close();
    }
  });

  it('answers a client token again from the other replica, and refuses it with other parameters', async () => {
    const url = await server.createDatabase();
    const replicas = [await openReplica(url), await openReplica(url)] as const;
    const [first, second] = replicas;
    try {
      const made = await first.createTaskTemplate(asked({ clientToken: 'token' }));
      expect(await second.createTaskTemplate(asked({ clientToken: 'token' }))).toEqual(made);
      const other = second.createTaskTemplate(asked({ clientToken: 'token', name: 'Other' }));
      expect(await refusal(other)).toMatchObject({
        code: 'PropertyValidationException',
        violations: [{ path: ['clientToken'], reason: 'UNIQUE_CONSTRAINT_VIOLATED' }],
      });
    } finally {
      for (const replica of replicas) await replica.close();
    }
  });
});

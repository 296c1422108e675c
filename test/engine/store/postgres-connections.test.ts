import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import { request, SAMPLE } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
});

afterAll(() => server.stop());

/** A database whose owner may have so many connections at once. */
async function databaseWith(connections: number): Promise<string> {
  const admin = await server.createDatabase();
  const role = `few_${new URL(admin).pathname.slice(-32)}`;
  await server.query(admin, `create role ${role} login password 'few' connection limit ${connections}`);
  await server.query(admin, `alter database ${new URL(admin).pathname.slice(1)} owner to ${role}`);
  await server.query(admin, `alter schema public owner to ${role}`);
  const url = new URL(admin);
  url.username = role;
  url.password = 'few';
  return url.href;
}

describe('The engine on a PostgreSQL server with few connections', () => {
  it.each([2, 4])('serves reads and creations at once with %d', async (connections) => {
    const engine = await openEmbeddedConnect({ databaseUrl: await databaseWith(connections) });
    const { instanceId } = SAMPLE;
    const { contactId } = await engine.startTaskContact(request());
    const work = Array.from({ length: 40 }, async (_, index) => {
      if (index % 4 === 0) return (await engine.startTaskContact(request())).contactId;
      const { contacts } = await engine.searchContacts({
        instanceId,
        timeRange: { type: 'INITIATION_TIMESTAMP', from: new Date(0), to: new Date(Date.now() + 60_000 + index) },
      });
      return contacts.length;
    });
    expect(await Promise.all(work)).toHaveLength(40);
    expect(await engine.describeContacts({ instanceId, contactIds: [contactId] })).toMatchObject([{ id: contactId }]);
    await engine.close();
  });

  it('does not open with a single one, and says why', async () => {
    await expect(openEmbeddedConnect({ databaseUrl: await databaseWith(1) })).rejects.toThrow(
      /cannot be used \(too many connections for role "few_\w+"\)/,
    );
  });
});

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import { request } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { temporaryFolder } from '../../support/process.js';

let server: TestPostgres;
beforeAll(async () => {
  server = await testPostgres();
});
afterAll(() => server.stop());

/** Serves the test's server on a socket, as PostgreSQL names its own. */
async function socketTo(url: URL, folder: string) {
  const sockets = createServer((client) => {
    const upstream = connect(Number(url.port || 5432), url.hostname);
    client.pipe(upstream).pipe(client);
    for (const end of [client, upstream]) end.on('error', () => {});
  });
  sockets.listen(join(folder, '.s.PGSQL.5432'));
  await once(sockets, 'listening');
  return { [Symbol.asyncDispose]: async () => void sockets.close() };
}

describe('PostgreSQL on a Unix socket', () => {
  it.each([
    ['in the query', (login: string, path: string, folder: string) => `postgres://${login}@${path}?host=${folder}`],
    [
      'as the host',
      (login: string, path: string, folder: string) => `postgres://${login}@${encodeURIComponent(folder)}${path}`,
    ],
  ])('serves the engine by a URL that names the folder %s', async (_where, urlOf) => {
    await using folder = await temporaryFolder();
    const url = new URL(await server.createDatabase());
    await using _socket = await socketTo(url, folder.path);
    const engine = await openEmbeddedConnect({
      databaseUrl: urlOf(`${url.username}:${url.password}`, url.pathname, folder.path),
    });
    try {
      expect(await engine.startTaskContact(request())).toMatchObject({
        contactId: expect.any(String),
        replayed: false,
      });
    } finally {
      await engine.close();
    }
  });
});

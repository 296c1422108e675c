/**
 * The gateway beside its peers: each server pinned to a core, the stub of Amazon Connect and the load on the other, in
 * interleaved rounds; answers are checked before and after. Writes docs/benchmarks.md.
 *
 *   npm run bench                                   all workloads, three rounds of 5 s
 *   npm run bench -- --only a,c --rounds 5 --seconds 10
 *   npm run bench -- --only a --contacts 1000000    among a million contacts
 *   npm run bench -- --only a --connections 256
 *   npm run bench -- --only a --servers gateway     the servers whose names hold that alone, beside the first
 *   npm run bench -- --no-write                     prints the tables and leaves the document as it is
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { progress } from './lib/figures.js';
import { load } from './lib/load.js';
import { copyOf, prepared, removeCopy } from './lib/prepare.js';
import { CAN_PIN, cpuMs, pinned, post, rssMiB, startNode, stop, untilGood } from './lib/servers.js';
import { report } from './report.js';
import { PORT, UPSTREAM_PORT, WORKLOADS } from './workloads.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const URL_OF_SERVER = `http://127.0.0.1:${PORT}/graphql`;
const URL_OF_COUNT = `http://127.0.0.1:${UPSTREAM_PORT}/__count`;
const WARM_UP_S = 2;

const { values: given } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(WORKLOADS).join(',') },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    contacts: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '32' },
    servers: { type: 'string', default: '' },
    'no-write': { type: 'boolean', default: false },
  },
});
const rounds = Number(given.rounds);
const seconds = Number(given.seconds);
const names = given.only.split(',');
for (const name of names)
  if (!WORKLOADS[name]) throw new Error(`--only: there is no workload ${name}. There are ${Object.keys(WORKLOADS)}.`);
if (!CAN_PIN) progress('taskset is not installed: nothing is pinned, and the figures say less.');

const folder = process.env.BENCH_FOLDER ?? mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const content = await prepared(folder, Number(given.contacts));
  const results = [];
  for (const name of names) {
    const { runs, connections = Number(given.connections), delayMs = 0 } = WORKLOADS[name];
    for (let round = 1; round <= rounds; round++) {
      for (const run of runs) {
        if (run !== runs[0] && !run.server.name.includes(given.servers)) continue;
        progress(`${name}, round ${round} of ${rounds}: ${run.server.name}`);
        const figures = await measure(run, { content, connections, delayMs }).catch((error) => {
          progress(`  failed: ${error.message}`);
          return { failed: error.message };
        });
        results.push({ workload: name, round, server: run.server.name, connections, ...figures });
      }
    }
  }
  report(results, { ...given, write: !given['no-write'] });
} finally {
  if (process.env.BENCH_FOLDER === undefined) rmSync(folder, { recursive: true, force: true });
}

/** One run of one server. @returns its figures; throws where it does not answer well, before or after */
async function measure({ server, body: bodyOf, isGood }, { content, connections, delayMs }) {
  if (server.needsSupergraph) composeSupergraph();
  const copy = server.usesDatabase ? copyOf(content.file) : undefined;
  const upstream = server.usesUpstream ? await startUpstream(delayMs) : undefined;
  let child;
  try {
    if (server.sdk) return await measureSdk(server, connections);
    const env = { ...server.env, PORT: String(PORT), ...(copy && { DATABASE_URL: `file:${copy}` }) };
    child = startNode(server.cores ?? '0', server.args, { env });
    const body = JSON.stringify(bodyOf(content));
    const readyMs = await untilGood(child, URL_OF_SERVER, body, isGood);
    const callsPerQuery = upstream && (await countCalls(() => post(URL_OF_SERVER, body)));
    const loadIt = (time) => load({ url: URL_OF_SERVER, body, connections, seconds: time, cores: '1' });
    await loadIt(WARM_UP_S);
    const before = cpuMs(child.pid);
    const figures = await loadIt(seconds);
    const cpu = cpuMs(child.pid) - before;
    if (!isGood(await post(URL_OF_SERVER, body))) throw new Error('The answer after the load is not good.');
    return {
      ...figures,
      readyMs,
      callsPerQuery,
      rss: rssMiB(child.pid),
      cpuUs: (cpu * 1000) / (figures.rate * seconds),
    };
  } finally {
    if (child) await stop(child);
    if (upstream) await stop(upstream);
    if (copy) removeCopy(copy);
  }
}

function measureSdk({ sdk, env }, connections) {
  const [command, ...args] = pinned('0', [
    process.execPath,
    here('peers/sdk.js'),
    sdk,
    String(connections),
    String(seconds),
  ]);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    let rss;
    // A process that has ended tells nothing more.
    const timer = setInterval(() => {
      rss = rssMiB(child.pid) ?? rss;
    }, 100);
    child.stdout.on('data', (part) => {
      told += part;
    });
    child.once('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve({ ...JSON.parse(told), rss });
      else reject(new Error(`The SDK's loop ended with ${code}.`));
    });
  });
}

async function startUpstream(delayMs) {
  const child = startNode('1', [here('peers/upstream.js')], {
    env: { PORT: String(UPSTREAM_PORT), DELAY_MS: String(delayMs) },
  });
  for (let tries = 0; tries < 200; tries++) {
    if (
      await fetch(URL_OF_COUNT).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return child;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await stop(child);
  throw new Error(`The stub of Amazon Connect did not start: ${child.told}`);
}

async function countCalls(ask) {
  const count = async () => Number(await (await fetch(URL_OF_COUNT)).text());
  const before = await count();
  await ask();
  return (await count()) - before;
}

function composeSupergraph() {
  const file = here('peers/hive/supergraph.graphql');
  if (existsSync(file)) return;
  const composed = spawnSync(
    process.execPath,
    [here('node_modules/.bin/mesh-compose'), '-c', here('peers/hive/mesh.config.mjs'), '-o', file],
    { cwd: here('.'), encoding: 'utf8' },
  );
  if (composed.status !== 0) throw new Error(`Composing Hive's supergraph failed: ${composed.stderr}`);
}

/** One run of one server: started anew, asked until it answers well, warmed, loaded, and asked once more. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UPSTREAM_PORT, PORT } from '../workloads.js';
import { load } from './load.js';
import { contentOn, copyOf, removeCopy } from './prepare.js';
import { cpuMs, pinned, post, rssMiB, startNode, stop, untilGood } from './servers.js';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const URL_OF_COUNT = `http://127.0.0.1:${UPSTREAM_PORT}/__count`;

/**
 * Seconds of load before anything counts, the same for every server: V8 goes on compiling what runs often, and rates rise by
 * a third between the third second and the eighth.
 */
export const WARM_UP_S = 8;

/** Callers of the warm-up, whatever the run has: a single one would leave a server cold. */
export const WARM_UP_CALLERS = 32;

/**
 * @param run of a workload
 * @param given what it finds: content, connections, delayMs of the upstream, seconds, and PostgreSQL where it needs one
 * @returns its figures
 * @throws an Error where the server does not answer well, before or after
 */
export async function measure(run, { content, connections, delayMs, seconds, loadCores = '1', postgres }) {
  const { server, body: bodyOf, isGood, gateways = 1 } = run;
  if (server.needsSupergraph) composeSupergraph();
  const copy = server.usesDatabase ? copyOf(content.file) : undefined;
  const upstream = server.usesUpstream ? await startUpstream(delayMs) : undefined;
  const children = [];
  try {
    if (server.sdk) return await measureSdk(server, connections, seconds);
    const database = server.usesPostgres ? await postgres.createDatabase() : copy && `file:${copy}`;
    const found = server.usesPostgres ? await contentOn(database, content.contacts) : content;
    // As autovacuum does within a minute: without statistics of its tables PostgreSQL plans for empty ones.
    if (server.usesPostgres) await postgres.query(database, 'analyze');
    const bodies = [bodyOf(found)].flat().map((body) => JSON.stringify(body));
    const [body] = bodies;
    const urls = [];
    let readyMs;
    for (let nth = 0; nth < gateways; nth++) {
      // The stub of Amazon Connect has the port before these.
      const port = PORT + nth;
      const env = { ...server.env, PORT: String(port), ...(database && { DATABASE_URL: database }) };
      const child = startNode(server.cores ?? '0', server.args, { env });
      children.push(child);
      urls.push(`http://127.0.0.1:${port}/graphql`);
      readyMs = await untilGood(child, urls[nth], body, isGood);
    }
    const callsPerQuery = upstream && (await countCalls(() => post(urls[0], body)));
    const loadAll = async (callers, time) => {
      const each = Math.max(1, Math.round(callers / gateways));
      const reported = await Promise.all(
        urls.map((url) => load({ url, bodies, connections: each, seconds: time, cores: loadCores })),
      );
      return together(reported);
    };
    await loadAll(WARM_UP_CALLERS, WARM_UP_S);
    const used = () => children.reduce((sum, { pid }) => sum + cpuMs(pid), 0);
    const before = used();
    const figures = await loadAll(connections, seconds);
    const cpu = used() - before;
    for (const url of urls)
      if (!isGood(await post(url, body))) throw new Error('The answer after the load is not good.');
    return {
      ...figures,
      readyMs,
      callsPerQuery,
      rss: Math.max(...children.map(({ pid }) => rssMiB(pid))),
      cpuUs: (cpu * 1000) / (figures.rate * seconds),
    };
  } finally {
    await Promise.all(children.map(stop));
    if (upstream) await stop(upstream);
    if (copy) removeCopy(copy);
  }
}

/** Combines the figures of several load generators: the sum of rates, the maximum of latencies. */
function together(reported) {
  const sum = (figure) => reported.reduce((total, each) => total + each[figure], 0);
  const worst = (figure) => Math.max(...reported.map((each) => each[figure]));
  return { rate: sum('rate'), errors: sum('errors'), p50: worst('p50'), p99: worst('p99') };
}

function measureSdk({ sdk, env }, connections, seconds) {
  const [command, ...args] = pinned('0', [
    process.execPath,
    here('peers/sdk.js'),
    ...[sdk, connections, seconds, WARM_UP_S].map(String),
  ]);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    let reported = '';
    let rss;
    // A process that has ended reports nothing.
    const timer = setInterval(() => {
      rss = rssMiB(child.pid) ?? rss;
    }, 100);
    child.stdout.on('data', (part) => {
      reported += part;
    });
    child.once('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve({ ...JSON.parse(reported), rss });
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
  throw new Error(`The stub of Amazon Connect did not start: ${child.reported}`);
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

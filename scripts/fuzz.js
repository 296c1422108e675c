/**
 * Sends requests of every kind, good and broken, to a gateway of its own, and verifies that each is answered, with no
 * status from 500 up and no word of the inside; and that the heap, collected by force, is not larger afterwards than it was
 * after a warm-up.
 *
 *   npm run fuzz -- --requests 10000 --seed 1
 *   npm run fuzz -- --production                with what production turns off
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import fc from 'fast-check';
import { pino } from 'pino';
import { readConfig } from '../dist/config/config.js';
import { startGateway } from '../dist/app/gateway.js';
import { codesOf, fuzzRequests, fuzzSchema, problemOf, sendFuzz } from '../test/support/fuzz.ts';

/** How many are under way at a time. */
const CALLERS = 16;
/** Requests that fill what the gateway keeps within bounds: documents, compiled code, connections. */
const WARM_UP = 4_000;
/** How much larger the heap may be at the end, as a part of what it was after the warm-up. */
const MAY_GROW = 0.2;
const CHUNK = 500;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    production: { type: 'boolean', default: false },
  },
});
const requests = Number(values.requests);
const seed = Number(values.seed);
if (!Number.isInteger(requests) || requests < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run fuzz -- --requests 10000 --seed 1');
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'connect-fuzz-'));
const config = readConfig({
  PORT: '0',
  DATABASE_URL: `file:${join(folder, 'connect.db')}`,
  RECEIVE_TIMEOUT_MS: '2000',
  ...(values.production && { NODE_ENV: 'production', CONNECT_ADAPTER: 'embedded' }),
});
const gateway = await startGateway(config, { logger: pino({ level: 'silent' }) });
const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
const arbitrary = fuzzRequests(fuzzSchema());
const report = { statuses: new Map(), codes: new Map(), problems: [] };

try {
  await send(WARM_UP, seed + 1_000_000);
  const before = heap();
  report.statuses.clear();
  report.codes.clear();
  const began = performance.now();
  await send(requests, seed);
  const seconds = (performance.now() - began) / 1000;
  const after = heap();
  const growth = after / before - 1;
  console.log(`${requests} requests, seed ${seed}, in ${seconds.toFixed(1)} s`);
  console.log('statuses:', sorted(report.statuses));
  console.log('codes:', sorted(report.codes));
  console.log(
    `heap after collection: ${mib(before)} MiB after warm-up, ${mib(after)} MiB at the end (${(growth * 100).toFixed(1)} %)`,
  );
  for (const problem of report.problems.slice(0, 20)) console.error(problem);
  if (report.problems.length > 0) console.error(`${report.problems.length} requests were not answered as they should.`);
  if (growth > MAY_GROW) console.error(`The heap grew by more than ${MAY_GROW * 100} %.`);
  if (report.problems.length > 0 || growth > MAY_GROW) process.exitCode = 1;
} finally {
  agent.destroy();
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
}

/** Sends that many, some at a time; what is sent in a step is forgotten before the next. */
async function send(number, from) {
  for (let sent = 0; sent < number; sent += CHUNK) {
    const waiting = fc.sample(arbitrary, { numRuns: Math.min(CHUNK, number - sent), seed: from + sent });
    await Promise.all(Array.from({ length: CALLERS }, () => call(waiting)));
  }
}

async function call(waiting) {
  for (let request = waiting.pop(); request !== undefined; request = waiting.pop()) {
    try {
      const answer = await sendFuzz(gateway.url, agent, request);
      count(report.statuses, answer.status);
      const codes = new Set(codesOf(answer));
      for (const code of codes) count(report.codes, code);
      if (answer.status === 200 && codes.size === 0) count(report.codes, 'none');
      const problem = problemOf(request, answer);
      if (problem !== undefined) report.problems.push(`${shown(request)}\n  ${problem}`);
    } catch (error) {
      report.problems.push(`${shown(request)}\n  no answer: ${error.message}`);
    }
  }
}

function heap() {
  for (let times = 0; times < 3; times += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function count(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function sorted(map) {
  return Object.fromEntries([...map].sort(([, a], [, b]) => b - a));
}

function mib(bytes) {
  return (bytes / 1024 / 1024).toFixed(1);
}

function shown(request) {
  return JSON.stringify(request).slice(0, 1_500);
}

/**
 * Sends requests of every kind, valid and broken, to a gateway of its own, and checks that each is answered, with no status
 * from 500 up and nothing internal in the text; and that the heap, collected by force, is not larger afterwards than after a
 * warm-up. Reports the slowest request.
 *
 *   npm run fuzz -- --requests 10000 --seed 1
 *   npm run fuzz -- --production                with what production turns off
 *   npm run fuzz -- --kind quoted               hostile requests of one kind; of all kinds, one after another: --kind all
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
import { HOSTILE_KINDS } from '../test/support/fuzz-hostile.ts';
import { fuzzHostile } from './fuzz-hostile.js';

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
    kind: { type: 'string', default: 'mixed' },
  },
});
const requests = Number(values.requests);
const seed = Number(values.seed);
const isKnown = ['mixed', 'all', ...HOSTILE_KINDS].includes(values.kind);
if (!Number.isInteger(requests) || requests < 1 || !Number.isInteger(seed) || !isKnown) {
  console.error(
    `Usage: npm run fuzz -- --requests 10000 --seed 1 --kind ${['mixed', 'all', ...HOSTILE_KINDS].join('|')}`,
  );
  process.exit(2);
}

if (values.kind !== 'mixed') {
  const settings = { RECEIVE_TIMEOUT_MS: '2000', ...(values.production && { NODE_ENV: 'production' }) };
  for (const kind of values.kind === 'all' ? HOSTILE_KINDS : [values.kind]) {
    const problems = await fuzzHostile(kind, requests, seed, settings);
    reportProblems(problems);
  }
  process.exit();
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
const report = { statuses: new Map(), codes: new Map(), problems: [], slowest: { ms: 0, request: {} } };

try {
  await send(WARM_UP, seed + 1_000_000);
  const before = heap();
  report.statuses.clear();
  report.codes.clear();
  report.slowest = { ms: 0, request: {} };
  const began = performance.now();
  await send(requests, seed);
  const seconds = (performance.now() - began) / 1000;
  const after = heap();
  const growth = after / before - 1;
  console.log(`${requests} requests, seed ${seed}, in ${seconds.toFixed(1)} s`);
  console.log('statuses:', sorted(report.statuses));
  console.log('codes:', sorted(report.codes));
  console.log(`slowest request: ${report.slowest.ms.toFixed(0)} ms, ${shown(report.slowest.request).slice(0, 300)}`);
  console.log(
    `heap after collection: ${mib(before)} MiB after warm-up, ${mib(after)} MiB at the end (${(growth * 100).toFixed(1)} %)`,
  );
  reportProblems(report.problems);
  if (growth > MAY_GROW) console.error(`The heap grew by more than ${MAY_GROW * 100} %.`);
  if (growth > MAY_GROW) process.exitCode = 1;
} finally {
  agent.destroy();
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
}

/** Prints the requests that were not answered as they should be, the first of them whole, and sets exit code 1. */
function reportProblems(problems) {
  if (problems.length === 0) return;
  for (const problem of problems.slice(0, 20)) console.error(problem);
  console.error(`${problems.length} requests were not answered as they should be.`);
  process.exitCode = 1;
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
      const start = performance.now();
      const answer = await sendFuzz(gateway.url, agent, request);
      const ms = performance.now() - start;
      if (ms > report.slowest.ms) report.slowest = { ms, request };
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

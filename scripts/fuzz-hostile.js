/**
 * Sends hostile requests of one kind to a gateway in a process of its own, and checks each answer. Reports the slowest
 * request, the slowest health check, by a thread that nothing else delays, and the most memory that the gateway held.
 */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { codesOf, problemOf, sendFuzz } from '../test/support/fuzz.ts';
import { fillingBodies, hostileRequests } from '../test/support/fuzz-hostile.ts';
import { startProgram, temporaryFolder, urlOf } from '../test/support/process.ts';

/** Requests in progress at a time. */
const CALLERS = 16;
/** Requests of a step: their bodies have up to 1 MB, and all of a step are held at once. */
const CHUNK = 50;
/** Contacts of the store: with 4,000 attributes each, and with few. */
const STORED = { heavy: 20, many: 2_000 };

/** @returns the problems with the answers */
export async function fuzzHostile(kind, requests, seed, settings) {
  await using folder = await temporaryFolder();
  const program = startProgram(
    {
      ...settings,
      DATABASE_URL: `file:${join(folder.path, 'connect.db')}`,
      CONNECT_QUOTAS: 'ActiveTasks=1000000',
      LOG_LEVEL: 'info',
    },
    // As npm start does.
    '--max-semi-space-size=16',
    '--no-allocation-site-pretenuring',
  );
  const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
  try {
    const url = await urlOf(program);
    const heavyIds = await fillStore(url, agent);
    const health = watchHealth(url);
    const found = await sendAll({ url, agent, requests, seed, arbitrary: hostileRequests(kind, { heavyIds }) });
    const slowestCheck = await health.stop();
    console.log(`${kind}: ${requests} requests, seed ${seed}, in ${found.seconds.toFixed(1)} s`);
    console.log('statuses:', sorted(found.statuses));
    console.log('codes:', sorted(found.codes));
    console.log(`slowest request: ${found.slowest.ms.toFixed(0)} ms, ${found.slowest.request}`);
    console.log(`slowest health check: ${slowestCheck.toFixed(0)} ms; most memory: ${mostMemory(program.child.pid)}`);
    return found.problems;
  } finally {
    agent.destroy();
    program.child.kill('SIGKILL');
    await program.exit;
  }
}

async function sendAll({ url, agent, requests, seed, arbitrary }) {
  const found = { statuses: new Map(), codes: new Map(), problems: [], slowest: { ms: 0, request: '' }, seconds: 0 };
  const began = performance.now();
  for (let sent = 0; sent < requests; sent += CHUNK) {
    const waiting = fc.sample(arbitrary, { numRuns: Math.min(CHUNK, requests - sent), seed: seed + sent });
    await each(waiting, async (request) => {
      const start = performance.now();
      try {
        const answer = await sendFuzz(url, agent, request);
        const ms = performance.now() - start;
        // A client that reads badly takes as long as it wants to.
        if (ms > found.slowest.ms && request.reads === undefined) found.slowest = { ms, request: shown(request, 300) };
        count(found.statuses, answer.status);
        for (const code of new Set(codesOf(answer))) count(found.codes, code);
        const problem = problemOf(request, answer);
        if (problem !== undefined) found.problems.push(`${shown(request)}\n  ${problem}`);
      } catch (error) {
        found.problems.push(`${shown(request)}\n  no answer: ${error.message}`);
      }
    });
  }
  found.seconds = (performance.now() - began) / 1000;
  return found;
}

/** Creates the contacts that the requests read. Returns the ids of those with thousands of attributes. */
async function fillStore(url, agent) {
  const ids = [];
  const headers = { 'content-type': 'application/json' };
  await each([...fillingBodies(STORED.heavy, STORED.many)], async (body) => {
    const answer = await sendFuzz(url, agent, { method: 'POST', path: '/graphql', headers, body });
    const id = JSON.parse(answer.text).data?.createTaskContact.contact?.id;
    if (id === undefined) throw new Error(`The store cannot be filled: ${answer.text.slice(0, 300)}`);
    if (body.includes('"Heavy ')) ids.push(id);
  });
  return ids;
}

/** Does something with each item, some at a time. */
async function each(waiting, act) {
  const next = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await act(item);
  };
  await Promise.all(Array.from({ length: CALLERS }, next));
}

/** Asks for the gateway's health now and then. `stop` returns the milliseconds of the slowest answer. */
function watchHealth(url) {
  const worker = new Worker(new URL('fuzz-health.js', import.meta.url), { workerData: url });
  return {
    /** A check that waits for its answer is awaited, so that it counts as well. */
    stop: () =>
      new Promise((resolve, reject) => {
        worker.on('message', (slowest) => resolve(slowest));
        worker.on('error', reject);
        worker.postMessage('stop');
      }),
  };
}

/** Returns the most memory that a process has held so far, as Linux counts it. */
function mostMemory(pid) {
  try {
    return `${Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024)} MiB`;
  } catch {
    return 'unknown';
  }
}

function count(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function sorted(map) {
  return Object.fromEntries([...map].sort(([, a], [, b]) => b - a));
}

function shown(request, length = 1_500) {
  return JSON.stringify(request).slice(0, length);
}

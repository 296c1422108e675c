/**
 * What a second replica costs: creations a second of one process, and of two together, on one PostgreSQL, in turns, on the
 * server that the tests use too.
 *
 *   npm run bench:postgres-replicas            three rounds of 3 s each
 *   npm run bench:postgres-replicas -- 5 10    five rounds of 10 s each
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { testPostgres } from '../test/support/postgres.ts';
import { createFor, openEngine } from './lib/creations.js';
import { median, progress, shownRatios } from './lib/figures.js';

/** Callers of each process, so that two processes have twice as many, as two gateways would. */
const CALLERS = 64;

const [mode, ...given] = process.argv.slice(2);
if (mode === 'work') await work(given[0], Number(given[1]));
else await compare(Number(mode ?? 3), Number(given[0] ?? 3));

/** Opens the engine, says so, and creates tasks for some seconds after a signal. */
async function work(url, seconds) {
  const engine = await openEngine(url);
  console.log('ready');
  await once(process.stdin, 'data');
  process.stdin.destroy();
  const { rate } = await createFor(engine, CALLERS, seconds);
  console.log(rate);
  await engine.close();
}

async function compare(rounds, seconds) {
  const server = await testPostgres();
  try {
    const alone = [];
    const together = [];
    for (let round = 1; round <= rounds; round++) {
      for (const [processes, rates] of [
        [1, alone],
        [2, together],
      ]) {
        progress(`round ${round} of ${rounds}: ${processes} at once`);
        rates.push(await run(await server.createDatabase(), processes, seconds));
      }
    }
    const ratios = together.map((rate, round) => rate / alone[round]);
    console.log(`1 replica:  ${Math.round(median(alone))} creations/s`);
    console.log(`2 replicas: ${Math.round(median(together))} creations/s together`);
    console.log(`2 against 1: ${shownRatios(ratios)}`);
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
  const reported = await Promise.all(rates);
  await Promise.all(ends);
  return reported.reduce((sum, [rate]) => sum + Number(rate), 0);
}

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
import { openEmbeddedConnect } from '../dist/connect/embedded/open.js';
import { SAMPLE_INSTANCE_ID } from '../dist/connect/embedded/sample-instance.js';
import { testPostgres } from '../test/support/postgres.ts';

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
  const server = await testPostgres();
  try {
    const alone = [];
    const together = [];
    for (let round = 1; round <= rounds; round++) {
      for (const [processes, rates] of [
        [1, alone],
        [2, together],
      ]) {
        process.stderr.write(`round ${round} of ${rounds}: ${processes} at once\n`);
        rates.push(await run(await server.createDatabase(), processes, seconds));
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

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

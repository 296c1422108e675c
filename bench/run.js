/**
 * The gateway beside its peers: each server pinned to a core, the stub of Amazon Connect and the load on the other, in
 * interleaved rounds; answers are checked before and after. Writes docs/benchmarks.md. BENCH_FOLDER keeps the databases that
 * are filled for it until the next time: a million contacts take some minutes.
 *
 *   npm run bench                                   all parts, three rounds of 5 s: some 45 minutes
 *   npm run bench -- --only a,c --rounds 5 --seconds 10
 *   npm run bench -- --only a --contacts 1000000    among a million contacts
 *   npm run bench -- --only a --connections 256
 *   npm run bench -- --only growth,callers,postgres the gateway alone: more contacts, more callers, more processes
 *   npm run bench -- --only a --servers gateway     the servers whose names hold that alone, beside the first
 *   npm run bench -- --only growth --sizes 1000,100000
 *   npm run bench -- --no-write                     prints the tables and leaves the document as it is
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { progress } from './lib/figures.js';
import { measure, WARM_UP_S } from './lib/measure.js';
import { prepared } from './lib/prepare.js';
import { CAN_PIN } from './lib/servers.js';
import { report } from './report.js';
import { SCALES } from './scales.js';
import { WORKLOADS } from './workloads.js';

const PARTS = { ...WORKLOADS, ...SCALES };

/** Seconds that starting, checking and stopping a server take beside its load. */
const AROUND_S = 3;

const { values: given } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(PARTS).join(',') },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    contacts: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '32' },
    servers: { type: 'string', default: '' },
    sizes: { type: 'string', default: '' },
    'no-write': { type: 'boolean', default: false },
  },
});
const rounds = Number(given.rounds);
const seconds = Number(given.seconds);
const names = given.only.split(',');
for (const name of names)
  if (!PARTS[name]) throw new Error(`--only: there is no part ${name}. There are ${Object.keys(PARTS)}.`);
if (!CAN_PIN) progress('taskset is not installed: nothing is pinned, and the figures say less.');

/** The runs of a part that were asked for; the first is what others are held against, and always there. */
const runsOf = ({ runs }) =>
  runs.filter(
    (run) =>
      (run === runs[0] || run.server.name.includes(given.servers)) &&
      (given.sizes === '' || run.contacts === undefined || given.sizes.split(',').includes(String(run.contacts))),
  );
const count = names.reduce((sum, name) => sum + runsOf(PARTS[name]).length, 0) * rounds;
const minutes = Math.ceil((count * (WARM_UP_S + seconds + AROUND_S)) / 60);
progress(`${count} runs, some ${minutes} minutes, and what filling databases takes.`);

const kept = process.env.BENCH_FOLDER;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'bench-'));
let postgres;
try {
  const results = [];
  let done = 0;
  for (const name of names) {
    const part = PARTS[name];
    const runs = runsOf(part);
    if (runs.some(({ server }) => server.usesPostgres) && postgres === undefined) {
      const { testPostgres } = await import('../test/support/postgres.ts');
      postgres = await testPostgres();
    }
    for (let round = 1; round <= rounds; round++) {
      for (const run of runs) {
        const contacts = run.contacts ?? Number(given.contacts);
        const content = { ...(await prepared(folder, contacts)), contacts };
        const connections = run.connections ?? part.connections ?? Number(given.connections);
        done++;
        progress(`${done} of ${count}: ${name}, round ${round} of ${rounds}: ${run.server.name}`);
        const { delayMs = 0, loadCores } = part;
        const figures = await measure(run, { content, connections, delayMs, seconds, loadCores, postgres }).catch(
          (error) => {
            progress(`  failed: ${error.message}`);
            return { failed: error.message };
          },
        );
        results.push({ part: name, round, server: run.server.name, connections, contacts, ...figures });
      }
    }
  }
  report(results, PARTS, { rounds, seconds, write: !given['no-write'] });
} finally {
  await postgres?.stop();
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}

/**
 * What group commit buys: creations a second with one caller and with 64, in turns on the same file, and what each
 * creation costs in transactions and fsyncs. Fsyncs are counted by strace where it is installed, in a run of their own,
 * since counting slows the rest.
 *
 *   npm run bench:group-commit            three rounds of 3 s each
 *   npm run bench:group-commit -- 5 10    five rounds of 10 s each
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { createFor, openEngine } from './lib/creations.js';
import { median, progress, shownRatios } from './lib/figures.js';

const CALLERS = [1, 64];
const [mode, ...given] = process.argv.slice(2);
if (mode === 'work') console.log(JSON.stringify(await work(given[0], Number(given[1]), Number(given[2]))));
else compare(Number(mode ?? 3), Number(given[0] ?? 3));

async function work(file, callers, seconds) {
  const engine = await openEngine(`file:${file}`);
  const before = countTransactions(file);
  const { creations, rate } = await createFor(engine, callers, seconds);
  const transactions = countTransactions(file) - before;
  await engine.close();
  return { creations, transactions, rate };
}

function countTransactions(file) {
  const database = new DatabaseSync(file, { readOnly: true });
  const { batches } = database.prepare('select count(*) as batches from batch').get();
  database.close();
  return batches;
}

function compare(rounds, seconds) {
  const folder = mkdtempSync(join(tmpdir(), 'group-commit-'));
  const file = join(folder, 'connect.db');
  try {
    const runs = [];
    for (let round = 1; round <= rounds; round++) {
      for (const callers of CALLERS) {
        progress(`round ${round} of ${rounds}: ${callers} callers`);
        runs.push({ round, callers, ...child(file, callers, seconds) });
      }
    }
    const rates = CALLERS.map((callers) =>
      median(runs.filter((run) => run.callers === callers).map(({ rate }) => rate)),
    );
    const ratios = Array.from({ length: rounds }, (_, index) => {
      const [alone, together] = CALLERS.map((callers) =>
        runs.find((run) => run.round === index + 1 && run.callers === callers),
      );
      return together.rate / alone.rate;
    });
    CALLERS.forEach((callers, index) => {
      const { creations, transactions } = runs.findLast((run) => run.callers === callers);
      const syncs = countSyncs(file, callers, seconds);
      console.log(
        `${String(callers).padStart(2)} callers: ${Math.round(rates[index])} creations/s, ${per(transactions, creations)} transactions and ${syncs ?? 'an unknown number of'} fsyncs a creation`,
      );
    });
    console.log(`64 callers against 1: ${shownRatios(ratios)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function child(file, callers, seconds, wrapper = []) {
  const command = [...wrapper, process.execPath, fileURLToPath(import.meta.url), 'work', file, callers, seconds].map(
    String,
  );
  const { stdout, status, stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`A run failed: ${stderr}`);
  return JSON.parse(stdout);
}

function countSyncs(file, callers, seconds) {
  if (spawnSync('strace', ['-V']).status !== 0) return undefined;
  const log = `${file}.strace`;
  const run = child(file, callers, seconds, ['strace', '-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', log]);
  const syncs = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /f(data)?sync\(/.test(line)).length;
  return per(syncs, run.creations);
}

function per(count, creations) {
  return (count / creations).toFixed(3);
}

/**
 * How creations slow down as contacts pile up: creations a second with 64 callers on a database of few contacts and on
 * one of many, in turns, each run on a copy, so that all rounds begin alike.
 *
 *   npm run bench:growth                            1,000 against 1,000,000 contacts, five rounds of 3 s
 *   npm run bench:growth -- 1000,100000 3 2         other sizes, rounds, seconds
 *
 * BENCH_FOLDER keeps the filled databases for the next time: a million takes some minutes.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFor, createMany, openEngine } from './lib/creations.js';
import { median, progress, shownRatios } from './lib/figures.js';

const CALLERS = 64;

const [mode, ...given] = process.argv.slice(2);
if (mode === 'work') console.log(JSON.stringify(await work(given[0], Number(given[1]))));
else await compare((mode ?? '1000,1000000').split(',').map(Number), Number(given[0] ?? 5), Number(given[1] ?? 3));

async function work(file, seconds) {
  const engine = await openEngine(`file:${file}`);
  const { rate } = await createFor(engine, CALLERS, seconds);
  await engine.close();
  return rate;
}

async function compare(sizes, rounds, seconds) {
  const kept = process.env.BENCH_FOLDER;
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'growth-'));
  mkdirSync(folder, { recursive: true });
  try {
    const files = [];
    for (const size of sizes) files.push(await filled(folder, size));
    const rates = sizes.map(() => []);
    for (let round = 1; round <= rounds; round++) {
      sizes.forEach((size, index) => {
        progress(`round ${round} of ${rounds}: ${size} contacts`);
        rates[index].push(run(files[index], seconds));
      });
    }
    sizes.forEach((size, index) => {
      console.log(`${String(size).padStart(9)} contacts: ${Math.round(median(rates[index]))} creations/s`);
    });
    for (let index = 1; index < sizes.length; index++) {
      const ratios = rates[0].map((rate, round) => rate / rates[index][round]);
      console.log(`${sizes[index]} against ${sizes[0]}: slower by ${shownRatios(ratios)}`);
    }
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** A database with so many contacts, made by the engine itself. Renamed when it is whole: a broken run leaves no half one. */
async function filled(folder, size) {
  const file = join(folder, `${size}.db`);
  if (existsSync(file)) return file;
  const half = join(folder, `${size}.filling.db`);
  for (const suffix of ['', '-wal', '-shm']) rmSync(half + suffix, { force: true });
  const engine = await openEngine(`file:${half}`);
  await createMany(engine, size, (count) => progress(`filling: ${count} of ${size} contacts`));
  await engine.close();
  renameSync(half, file);
  return file;
}

function run(file, seconds) {
  const copy = `${file}.copy`;
  try {
    copyFileSync(file, copy);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), 'work', copy, String(seconds)],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`A run failed: ${stderr}`);
    return JSON.parse(stdout);
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
  }
}

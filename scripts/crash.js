/**
 * Kills processes (SIGKILL) that make and end tasks, again and again on one store, and verifies after each kill that no
 * answered creation or end is lost, nothing half-written shows, and chain counts, shared attributes, tokens and quotas
 * agree with the contacts: by the engine's own --check, and by the rows and what was answered.
 *
 *   npm run crash -- --rounds 20 --store sqlite
 *   npm run crash -- --rounds 20 --store postgres     on the server that the tests use too
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEmbeddedConnect } from '../dist/engine/open.js';
import { checkDatabase } from '../dist/engine/maintenance.js';
import { crashRound } from '../test/support/crash-rounds.ts';
import { postgresCrashStore, sqliteCrashStore } from '../test/support/crash-stores.ts';
import { testPostgres } from '../test/support/postgres.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, store: { type: 'string', default: 'sqlite' } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || !['sqlite', 'postgres'].includes(values.store)) {
  console.error('Usage: npm run crash -- --rounds 20 --store sqlite|postgres');
  process.exit(2);
}

if (values.store === 'sqlite') {
  const folder = await mkdtemp(join(tmpdir(), 'connect-crash-'));
  try {
    await crash(sqliteCrashStore(join(folder, 'connect.db'), openEmbeddedConnect, checkDatabase));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
} else {
  const server = await testPostgres();
  try {
    await crash(postgresCrashStore(await server.createDatabase(), server, openEmbeddedConnect, checkDatabase));
  } finally {
    await server.stop();
  }
}

async function crash(store) {
  const all = { answered: 0, stored: 0 };
  for (let round = 1; round <= rounds; round++) {
    const { answered, stored } = await crashRound(store, 20 + Math.floor(Math.random() * 800));
    console.log(`round ${round}: ${answered} creations answered before the kill, ${stored} stored, all whole`);
    all.answered += answered;
    all.stored += stored;
  }
  console.log(
    `${rounds} kills on ${values.store}: ${all.answered} answered creations, none lost; ${all.stored} stored, all whole; all counters agree`,
  );
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../../src/connect/embedded/open.js';
import { type CrashStore, crashRound } from '../../support/crash-rounds.js';
import { postgresCrashStore, sqliteCrashStore } from '../../support/crash-stores.js';
import { testPostgres } from '../../support/postgres.js';

const ROUNDS = 3;

async function crash(store: CrashStore): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const answers = 50 + Math.floor(Math.random() * 400);
    const { answered, stored } = await crashRound(store, answers);
    expect(stored).toBeGreaterThanOrEqual(answered);
  }
}

describe('Processes that are killed in the middle of their work leave everything that they answered, whole,', () => {
  it('in a file of SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connect-crash-'));
    try {
      await crash(sqliteCrashStore(join(folder, 'connect.db'), openEmbeddedConnect));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('two at once, in a database of PostgreSQL', async () => {
    const server = await testPostgres();
    try {
      await crash(postgresCrashStore(await server.createDatabase(), server, openEmbeddedConnect));
    } finally {
      await server.stop();
    }
  });
});

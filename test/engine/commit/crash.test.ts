import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import { checkDatabase, purgeContact } from '../../../src/engine/maintenance.js';
import { type Answered, type CrashStore, crashRound, verifyCrash, workAndKill } from '../../support/crash-rounds.js';
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
  it('keeps everything that was answered in a SQLite file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connect-crash-'));
    try {
      await crash(sqliteCrashStore(join(folder, 'connect.db'), openEmbeddedConnect, checkDatabase));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('keeps everything that two processes answered in a PostgreSQL database', async () => {
    const server = await testPostgres();
    try {
      await crash(postgresCrashStore(await server.createDatabase(), server, openEmbeddedConnect, checkDatabase));
    } finally {
      await server.stop();
    }
  });
});

describe('The verification after a kill', () => {
  let folder: string;
  let answered: readonly Answered[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connect-crash-'));
    answered = await workAndKill(storeAt(join(folder, 'connect.db')), 200);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The root of the first chain, which was made and ended. */
  const root = () => (answered.find((line) => 'stopped' in line) as { stopped: string }).stopped;
  const storeAt = (file: string) => sqliteCrashStore(file, openEmbeddedConnect, checkDatabase);

  /** Verifies a copy of what the killed process left, after a fault was planted in it. */
  async function verify(plant: (database: DatabaseSync, file: string) => unknown): Promise<unknown> {
    const copy = join(await mkdtemp(join(folder, 'copy-')), 'connect.db');
    for (const suffix of ['', '-wal', '-shm']) {
      const left = join(folder, `connect.db${suffix}`);
      if (existsSync(left)) await copyFile(left, copy + suffix);
    }
    const database = new DatabaseSync(copy);
    await plant(database, copy);
    // Closing it carries the log into the file.
    if (database.isOpen) database.close();
    return verifyCrash(storeAt(copy), answered);
  }

  it('finds nothing where nothing was planted', async () => {
    expect(await verify(() => {})).toMatchObject({ answered: expect.any(Number) });
  });

  it.each<[string, (id: string) => string, RegExp]>([
    [
      'a deleted contact',
      (id) => `delete from contact where id = '${id}'`,
      /linkedTasks|names \S+, which is not there/,
    ],
    ['a wrong counter of active tasks', () => 'update instance set openTasks = openTasks + 1', /states openTasks/],
    [
      'a wrong counter of linked tasks',
      (id) => `update chain set linkedTasks = linkedTasks - 1 where id = '${id}'`,
      /states linkedTasks/,
    ],
    [
      'a wrong count of bytes',
      (id) => `update chain set attributeBytes = 1 where id = '${id}'`,
      /states attributeBytes/,
    ],
  ])('finds %s by the check', async (_what, sql, message) => {
    await expect(verify((database) => database.exec(sql(root())))).rejects.toMatchObject({
      message: expect.stringContaining('The check of the database finds problems'),
      actual: expect.arrayContaining([expect.stringMatching(message)]),
    });
  });

  it.each<[string, (database: DatabaseSync, file: string) => unknown, RegExp]>([
    [
      'an answered contact that left no trace',
      async (database, file) => {
        database.close();
        await purgeContact(`file:${file}`, '10000000-0000-4000-8000-000000000001', root());
      },
      /was answered, and is lost/,
    ],
    [
      'an attribute that another took the place of',
      (database) => database.exec(`update chain set attributes = replace(attributes, '"task0"', '"task9"')`),
      /Expected values to be strictly equal/,
    ],
    ['a lost token', (database) => database.exec('delete from clientToken'), /strictly equal|without its token/],
    [
      'a lost end',
      (database) =>
        database.exec(`update contact set endedAt = null, disconnectReason = null where id = '${root()}';
          update instance set openTasks = openTasks + 1`),
      /An answered end is lost/,
    ],
  ])('finds %s by what was answered, although the check finds nothing', async (_what, plant, message) => {
    await expect(verify(plant)).rejects.toThrow(message);
  });
});

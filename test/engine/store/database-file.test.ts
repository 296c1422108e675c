import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { backupDatabase } from '../../../src/engine/maintenance.js';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import type { StoreEvents } from '../../../src/engine/store/store.js';
import { COMMIT, DatabaseTap, INSERT_CONTACTS, sqlLike } from '../../support/database-tap.js';
import { openTestEngine, refusal, SAMPLE } from '../../support/engine.js';
import { runScript } from '../../support/process.js';

/** Notes whether the database could be written, whenever that changes. */
function noted() {
  const changes: boolean[] = [];
  const storeEvents: StoreEvents = { onWritable: ({ isWritable }) => changes.push(isWritable) };
  return { changes, storeEvents };
}

const UNAVAILABLE = expect.objectContaining({
  code: 'Unavailable',
  message: "The gateway's database cannot be reached at the moment. Try again later.",
});

describe('A database file with a hard link', () => {
  it('is refused to a second process under its other name, with the name of the first', async () => {
    await using test = await openTestEngine();
    const link = `${test.file}.link`;
    linkSync(test.file, link);
    const second = runScript('test/support/engine-process.js', 'open', link);
    const [, answer] = await second.said(/(\{.*\})/);
    expect(JSON.parse(answer as string)).toMatchObject({
      opened: false,
      name: 'DatabaseInUseError',
      message: expect.stringContaining(`in use by process ${process.pid}, under another name`),
    });
    await second.exit;
    await test.start();
  });

  it('is refused to this process under its other name', async () => {
    await using test = await openTestEngine();
    const link = `${test.file}.link`;
    linkSync(test.file, link);
    await expect(openEmbeddedConnect({ databaseUrl: `file:${link}` })).rejects.toMatchObject({
      name: 'DatabaseInUseError',
    });
    await test.start();
  });

  it('is opened under none of its names, because the log of the other would not be found', async () => {
    await using test = await openTestEngine();
    await test.close();
    const link = `${test.file}.link`;
    linkSync(test.file, link);
    for (const name of [test.file, link]) {
      await expect(openEmbeddedConnect({ databaseUrl: `file:${name}` })).rejects.toMatchObject({
        name: 'DatabaseLinkedError',
        message: expect.stringMatching(/ has 2 names \(hard links\).*Remove the other names, or copy the file\.$/),
      });
    }
    rmSync(link);
    await test.reopen();
  });

  it('is not copied from its other name while it is in use', async () => {
    await using test = await openTestEngine();
    const link = `${test.file}.link`;
    linkSync(test.file, link);
    expect(() => backupDatabase(`file:${link}`, `${test.file}.copy`)).toThrow('has 2 names');
  });
});

describe('A database file that is renamed while it is open', () => {
  it('is refused to a second process under its new name', async () => {
    await using test = await openTestEngine();
    const moved = `${test.file}.moved`;
    renameSync(test.file, moved);
    await expect(openEmbeddedConnect({ databaseUrl: `file:${moved}` })).rejects.toMatchObject({
      name: 'DatabaseInUseError',
    });
    renameSync(moved, test.file);
  });
});

describe('An engine whose database file is gone', () => {
  it.each<[string, (file: string) => void]>([
    ['removed', (file) => rmSync(file)],
    ['renamed', (file) => renameSync(file, `${file}.moved`)],
    [
      'replaced',
      (file) => {
        renameSync(file, `${file}.moved`);
        writeFileSync(file, '');
      },
    ],
    ['robbed of its log', (file) => rmSync(`${file}-wal`)],
  ])('(%s) refuses changes and is not ready, at once', async (_what, lose) => {
    const { changes, storeEvents } = noted();
    await using test = await openTestEngine({ storeEvents });
    const id = await test.start();
    lose(test.file);
    expect(await refusal(test.engine.ready())).toEqual(UNAVAILABLE);
    const { errors } = await test.startAll([{}, {}, {}]);
    expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE, UNAVAILABLE]);
    expect(await refusal(test.engine.stopContact({ instanceId: SAMPLE.instanceId, contactId: id }))).toEqual(
      UNAVAILABLE,
    );
    expect(await test.contact(id)).toMatchObject({ id });
    expect(changes).toEqual([false]);
  });

  it('notices it within a second without being asked for its health', async () => {
    await using test = await openTestEngine();
    renameSync(test.file, `${test.file}.moved`);
    const from = performance.now();
    let answered = 0;
    for (;;) {
      const [outcome] = await Promise.allSettled([test.start()]);
      if (outcome.status === 'rejected') break;
      answered++;
    }
    expect(performance.now() - from).toBeLessThan(1000);
    renameSync(`${test.file}.moved`, test.file);
    // The change that noticed it was rolled back.
    expect(test.count("select count(*) from contact where channel = 'TASK'")).toBe(answered);
  });

  it('goes on when the file is back', async () => {
    const { changes, storeEvents } = noted();
    await using test = await openTestEngine({ storeEvents });
    renameSync(test.file, `${test.file}.moved`);
    expect(await refusal(test.engine.ready())).toEqual(UNAVAILABLE);
    renameSync(`${test.file}.moved`, test.file);
    await test.start();
    await test.engine.ready();
    expect(changes).toEqual([false, true]);
  });
});

describe('An engine whose disk is full', () => {
  const full = () => {
    throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
  };

  it.each([
    ['at the insert', INSERT_CONTACTS],
    ['at COMMIT', COMMIT],
  ])('(%s) refuses changes with a coded error, is not ready, and goes on when there is room', async (_when, match) => {
    const { changes, storeEvents } = noted();
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap, storeEvents });
    let isFull = true;
    const probe = sqlLike(/^insert into "meta"/);
    tap.before((statement) => isFull && (match(statement) || probe(statement)), full);
    await test.engine.ready();
    const { errors } = await test.startAll([{}, {}]);
    expect(errors).toEqual(
      errors.map(() =>
        expect.objectContaining({ code: expect.stringMatching(/^(Unavailable|InternalServiceException)$/) }),
      ),
    );
    expect(errors).toHaveLength(2);
    expect(await refusal(test.engine.ready())).toEqual(UNAVAILABLE);
    expect(await test.contact(SAMPLE.voiceContact)).toMatchObject({ id: SAMPLE.voiceContact });
    isFull = false;
    await test.engine.ready();
    await test.start();
    expect(changes).toEqual([false, true]);
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../../src/connect/embedded/open.js';
import { SCHEMA_VERSION } from '../../../src/connect/embedded/store/migrations.js';
import { CachingDatabase, openSqliteStore } from '../../../src/connect/embedded/store/sqlite.js';
import { DAY, HOUR, MINUTE, NOW, openTestEngine, SAMPLE, SECOND } from '../../support/engine.js';
import { DatabaseTap, INSERT_CONTACTS } from './database-tap.js';

async function temporaryFile(name: string): Promise<{ readonly path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'store-test-'));
  return { path: join(folder, name), [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Opens a file that must be refused, and returns why; the file must be as it was. */
async function refused(path: string): Promise<string> {
  const before = await readFile(path);
  const [outcome] = await Promise.allSettled([openSqliteStore(path, () => NOW)]);
  if (outcome.status === 'fulfilled') throw new Error('Expected the file to be refused');
  expect(await readFile(path)).toEqual(before);
  return (outcome.reason as Error).message;
}

describe('A database file', () => {
  it('keeps what was created, over any number of openings', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ previousContactId: SAMPLE.voiceContact, attributes: [{ key: 'a', value: '1' }] });
    const before = [await test.contact(id), await test.chain(id), await test.attributes(id)];
    for (let opening = 0; opening < 3; opening++) await test.reopen();
    expect([await test.contact(id), await test.chain(id), await test.attributes(id)]).toEqual(before);
  });

  it('gets the sample instance once: what became of it stays', async () => {
    await using test = await openTestEngine();
    await test.close();
    test.write("update contactFlow set name = 'Ours' where id like '%0001'");
    await test.reopen();
    expect(test.rows("select name from contactFlow where name = 'Ours'")).toHaveLength(1);
    expect(test.count('select count(*) from instance')).toBe(1);
  });

  it('is worked on by one engine at a time; a second one is told who that is', async () => {
    await using test = await openTestEngine();
    const second = openEmbeddedConnect({ databaseUrl: `file:${test.file}` });
    await expect(second).rejects.toThrow(`in use by process ${process.pid}, started`);
    await test.start();
  });

  it('is one file under all its names', async () => {
    await using test = await openTestEngine();
    await using other = await temporaryFile('link.db');
    await symlink(test.file, other.path);
    await expect(openEmbeddedConnect({ databaseUrl: `file:${other.path}` })).rejects.toThrow('in use by process');
  });

  it('is free again when its process was killed', async () => {
    await using file = await temporaryFile('connect.db');
    const script = `
      const { openEmbeddedConnect } = await import(${JSON.stringify(new URL('../../../dist/connect/embedded/open.js', import.meta.url).href)});
      await openEmbeddedConnect({ databaseUrl: 'file:' + process.argv[1] });
      process.kill(process.pid, 'SIGKILL');`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, file.path]);
    await expect(run).rejects.toMatchObject({ signal: 'SIGKILL' });
    await (await openEmbeddedConnect({ databaseUrl: `file:${file.path}` })).close();
  });
});

describe('A file that is not ours is refused with a clear message, and not touched', () => {
  it('a text', async () => {
    await using file = await temporaryFile('notes.txt');
    await writeFile(file.path, 'Somebody needs this text.\n'.repeat(500));
    expect(await refused(file.path)).toContain(`${file.path} is not a database of this program`);
  });

  it('a database of another program', async () => {
    await using file = await temporaryFile('other.db');
    const other = new DatabaseSync(file.path);
    other.exec('create table contact (id text); insert into contact values (1)');
    other.close();
    expect(await refused(file.path)).toContain('is not a database of this program');
  });

  it('one of ours that is damaged', async () => {
    await using test = await openTestEngine();
    await test.close();
    const whole = await readFile(test.file);
    await writeFile(test.file, Buffer.concat([Buffer.from('damaged header!!'), whole.subarray(16)]));
    expect(await refused(test.file)).toContain('is not a database of this program');
  });

  it('one of a newer program', async () => {
    await using test = await openTestEngine();
    await test.close();
    test.write(`update meta set value = '${SCHEMA_VERSION + 1}' where key = 'schemaVersion'`);
    const message = await refused(test.file);
    expect(message).toContain(`schema version ${SCHEMA_VERSION + 1}`);
    expect(message).toContain(`up to ${SCHEMA_VERSION}`);
  });
});

describe('One clock', () => {
  it('never goes below the greatest instant stored, also after the next opening', async () => {
    await using test = await openTestEngine();
    const first = await test.contact(await test.start());
    test.clock.now -= HOUR;
    const second = await test.contact(await test.start());
    await test.reopen();
    const third = await test.contact(await test.start());
    expect([second.initiatedAt, third.initiatedAt]).toEqual([first.initiatedAt, first.initiatedAt]);
    expect(first.id < second.id).toBe(true);
  });

  it('lets a task that has expired stay expired when it is set back', async () => {
    await using test = await openTestEngine();
    const id = await test.start({ expiryMinutes: 1 });
    test.clock.now += MINUTE;
    await test.start();
    test.clock.now -= MINUTE;
    expect(await test.contact(id)).toMatchObject({ state: 'COMPLETED', disconnectReason: 'EXPIRED' });
  });
});

describe('What is no longer needed leaves in small steps, with the writes', () => {
  it('tokens past their window', async () => {
    await using test = await openTestEngine({ groupCommit: { maxRequests: 700 } });
    await test.startAll(Array.from({ length: 600 }, (_, index) => ({ clientToken: `${index}` })));
    const tokens = () => test.count('select count(*) from clientToken');
    expect(tokens()).toBe(600);
    test.clock.now += 7 * DAY;
    await test.start();
    expect(tokens()).toBe(100);
    await test.start();
    expect(tokens()).toBe(0);
  });

  it('the proofs of old batches', async () => {
    await using test = await openTestEngine();
    await test.start();
    test.clock.now += HOUR + SECOND;
    await test.start();
    expect(test.count('select count(*) from batch')).toBe(1);
  });

  it('the ends of expired tasks are written down, and the count of open ones with them', async () => {
    await using test = await openTestEngine();
    await test.startAll(Array.from({ length: 20 }, () => ({ expiryMinutes: 1 })));
    test.clock.now += MINUTE;
    await test.start();
    expect(test.count("select count(*) from contact where disconnectReason = 'EXPIRED' and endedAt = expiresAt")).toBe(
      20,
    );
    expect(test.count('select openTasks from instance')).toBe(1);
  });
});

describe('Reads', () => {
  it('never see a batch before it is committed', async () => {
    const tap = new DatabaseTap();
    await using test = await openTestEngine({ tap });
    const id = await test.start();
    const seen: number[] = [];
    tap.before(
      ({ sql }) => sql === 'commit',
      () => seen.push(test.count("select count(*) from contact where channel = 'TASK'")),
    );
    await test.start({ previousContactId: id });
    expect(tap.count(INSERT_CONTACTS)).toBe(2);
    expect(seen).toEqual([1]);
    expect((await test.chain(id)).members).toHaveLength(2);
  });
});

describe('A statement’s parameters', () => {
  it.each([true, false, undefined])('are never %s: the driver would bind something else without a word', (wrong) => {
    using database = new DatabaseSync(':memory:');
    const statement = new CachingDatabase(database).prepare('select ?');
    expect(() => statement.all([wrong])).toThrow(`must be text, number or null, but got: ${wrong}`);
  });
});

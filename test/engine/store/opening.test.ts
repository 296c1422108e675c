import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import { sampleInstance } from '../../../src/engine/seed/sample-instance.js';
import { sqliteDialect } from '../../../src/engine/store/batch-sql.js';
import { SCHEMA_VERSION } from '../../../src/engine/store/migrations.js';
import { SqlStore } from '../../../src/engine/store/sql-store.js';
import { CachingDatabase, kyselyOver, runnerOver } from '../../../src/engine/store/sqlite-database.js';
import { scansInThisThread } from '../../../src/engine/store/sqlite-scans.js';
import { openSqliteStore } from '../../../src/engine/store/sqlite.js';
import { NOW, openTestEngine, request, SAMPLE, type TestEngine } from '../../support/engine.js';
import { DatabaseTap, sqlLike } from '../../support/database-tap.js';
import { temporaryFolder } from '../../support/process.js';

const SCRIPT = fileURLToPath(new URL('../../support/engine-process.js', import.meta.url));

/** A file beside that of an engine, which goes with it. */
function beside(test: TestEngine, name: string): string {
  return join(dirname(test.file), name);
}

/** Makes a database with statements; with a log beside it, as a process leaves it that was killed. */
function makeDatabase(file: string, sql: string, log: 'with a log' | 'without a log' = 'without a log'): void {
  const made = `${file}.made`;
  if (existsSync(file)) copyFileSync(file, made);
  using database = new DatabaseSync(made);
  database.exec(sql);
  if (log === 'with a log') copyFileSync(`${made}-wal`, `${file}-wal`);
  else database.close();
  copyFileSync(made, file);
  if (log === 'with a log') database.close();
}

/** All that there is of a database, but for the memory that readers of a log share. */
function bytesOf(file: string): Record<string, string> {
  const parts = readdirSync(dirname(file)).filter((name) => join(dirname(file), name).startsWith(file));
  return Object.fromEntries(
    parts
      .filter((name) => !/\.made.*$|-shm$/.test(name) && statSync(join(dirname(file), name)).isFile())
      .map((name) => [name, readFileSync(join(dirname(file), name), 'base64')]),
  );
}

const open = (file: string) => openSqliteStore(file, () => NOW, sampleInstance(NOW));

describe('A new database', () => {
  it.each([
    ['file: and an absolute path', (file: string) => `file:${file}`],
    ['file: and a relative path', (file: string) => `file:${relative('.', file)}`],
    ['a file URL', (file: string) => pathToFileURL(file).href],
  ])('is made by %s, folders included, and holds the sample instance', async (_form, urlOf) => {
    await using test = await openTestEngine();
    const file = beside(test, 'some folder/deep/connect.db');
    const engine = await openEmbeddedConnect({ databaseUrl: urlOf(file), now: () => NOW });
    expect(await engine.describeContacts({ instanceId: SAMPLE.instanceId, contactIds: [SAMPLE.voiceContact] })).toEqual(
      [expect.objectContaining({ channel: 'VOICE', state: 'COMPLETED' })],
    );
    expect(await engine.getAttributes({ instanceId: SAMPLE.instanceId, contactIds: [SAMPLE.voiceContact] })).toEqual([
      [{ key: 'customerId', value: 'C-1001' }],
    ]);
    const { contactId } = await engine.startTaskContact(request());
    expect(contactId).toEqual(expect.any(String));
    await engine.close();
    expect(existsSync(file)).toBe(true);
  });

  it.each([
    'connect.db',
    'mysql://user:secret-password@host/db',
    'postgres://user:secret@host:port/db',
    '',
    'file:',
    'file::memory:',
  ])('is not made by %j', async (databaseUrl) => {
    const error = await openEmbeddedConnect({ databaseUrl }).catch((caught: Error) => caught);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(
      /^DATABASE_URL must be file: and the path of a file, or postgres:\/\/USER:PASSWORD@HOST/,
    );
    expect((error as Error).message).not.toContain('secr');
  });

  it('has the quotas of a new account: 2,500 active tasks, 12 in a chain', async () => {
    await using test = await openTestEngine();
    const engine = await openEmbeddedConnect({ databaseUrl: `file:${beside(test, 'other.db')}`, now: () => NOW });
    const start = (count: number, members: object) =>
      Promise.allSettled(Array.from({ length: count }, () => engine.startTaskContact(request(members))));
    const linked = await start(13, { previousContactId: SAMPLE.voiceContact });
    expect(linked.filter(({ status }) => status === 'fulfilled')).toHaveLength(12);
    const active = await start(2489, {});
    expect(active.filter(({ status }) => status === 'fulfilled')).toHaveLength(2488);
    await engine.close();
  });

  it('is an empty file too', async () => {
    await using test = await openTestEngine();
    const file = beside(test, 'empty.db');
    writeFileSync(file, '');
    await (await open(file)).close();
  });

  it('comes with the sample instance or not at all: what breaks off begins again', async () => {
    await using test = await openTestEngine();
    const file = beside(test, 'other.db');
    const tap = new DatabaseTap();
    tap.fail(sqlLike(/^insert into "taskTemplate"/));
    const [writing, reading] = [new DatabaseSync(file), new DatabaseSync(file)];
    const [writer, reader] = [
      tap.over('writer', new CachingDatabase(writing)),
      tap.over('reader', new CachingDatabase(reading)),
    ];
    const parts = {
      writer: kyselyOver(writer),
      writerRunner: runnerOver(writer, 'all'),
      reader: kyselyOver(reader),
      scans: scansInThisThread(reading, runnerOver(reader, 'views')),
      dialect: sqliteDialect(() => NOW),
    };
    await expect(SqlStore.open(parts, sampleInstance(NOW))).rejects.toThrow('injected fault');
    await parts.writer.destroy();
    await parts.reader.destroy();
    const store = await open(file);
    expect(await store.contacts(SAMPLE.instanceId, [SAMPLE.voiceContact])).toHaveLength(1);
    await store.close();
  });
});

describe('A database that exists', () => {
  it('is opened as it is: its schema, its rows and its counters stay, and what became of the sample', async () => {
    await using test = await openTestEngine();
    await test.start({ previousContactId: SAMPLE.voiceContact, clientToken: 'token' });
    await test.close();
    test.write(`update contactFlow set name = 'Ours' where id = '${SAMPLE.contactFlow}'; delete from quickConnect`);
    const tables = test.rows("select name, sql from sqlite_schema where name not like 'sqlite_%' order by name");
    const names = tables.filter(({ sql }) => /^create table/i.test(`${sql}`)).map(({ name }) => name);
    const content = () => names.map((name) => [name, test.rows(`select * from "${name}"`)]);
    const before = content();
    expect(before).toContainEqual(['meta', [{ key: 'schemaVersion', value: String(SCHEMA_VERSION) }]]);
    for (let time = 0; time < 2; time++) {
      await test.reopen();
      await test.close();
    }
    expect(content()).toEqual(before);
    expect(test.rows("select name, sql from sqlite_schema where name not like 'sqlite_%' order by name")).toEqual(
      tables,
    );
  });

  it('is the same by a name that leads to it', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    const link = beside(test, 'link.db');
    symlinkSync(test.file, link);
    await expect(open(link)).rejects.toMatchObject({ name: 'DatabaseInUseError' });
    await test.close();
    const store = await open(link);
    expect(await store.contacts(SAMPLE.instanceId, [id])).toHaveLength(1);
    await store.close();
  });
});

const OURS = 'pragma application_id = 0x434e4354';
const NEWER = `${OURS}; create table meta (key text, value text); insert into meta values ('schemaVersion', '${SCHEMA_VERSION + 1}')`;

describe('A database file that cannot be opened or written', () => {
  it.each([
    ['below a file', (folder: string) => join(folder, 'plain', 'connect.db')],
    ['in a folder that takes no files', () => '/sys/connect.db'],
    ['a device', () => '/dev/full'],
  ])('is named with the setting and the reason: %s', async (_what, pathIn) => {
    await using folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'plain'), '');
    const path = pathIn(folder.path);
    const message = new RegExp(`^The database file ${path} cannot be used \\(.+\\).+ set DATABASE_URL`);
    const named = { name: 'DatabaseFileError', message: expect.stringMatching(message) };
    await expect(openEmbeddedConnect({ databaseUrl: `file:${path}` })).rejects.toMatchObject(named);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('is named by an absolute path, whatever the setting states', async () => {
    const opened = openEmbeddedConnect({ databaseUrl: 'file:package.json/connect.db' });
    await expect(opened).rejects.toThrow(`The database file ${resolve('package.json/connect.db')} cannot be used`);
  });
});

describe('A file of something else is refused, and left byte for byte as it is:', () => {
  it.each<[string, (file: string) => void, string, RegExp]>([
    ['a short text', (file) => writeFileSync(file, 'hi\n'), 'ForeignDatabaseError', /SQLite cannot read it/],
    [
      'a long text',
      (file) => writeFileSync(file, 'text '.repeat(5000)),
      'ForeignDatabaseError',
      /SQLite cannot read it/,
    ],
    ['a folder', (file) => mkdirSync(file), 'ForeignDatabaseError', /SQLite cannot read it/],
    [
      'a database of another program',
      (file) => makeDatabase(file, 'create table t (a); insert into t values (1)'),
      'ForeignDatabaseError',
      /belongs to another program/,
    ],
    [
      'one whose tables have the names of ours',
      (file) => makeDatabase(file, "create table meta (key text, value text); insert into meta values ('a', 'b')"),
      'ForeignDatabaseError',
      /belongs to another program/,
    ],
    [
      'one that is marked, and empty still',
      (file) => makeDatabase(file, 'pragma application_id = 1'),
      'ForeignDatabaseError',
      /belongs to another program/,
    ],
    [
      'one whose changes lie in a log',
      (file) => makeDatabase(file, 'pragma journal_mode = wal; create table t (a)', 'with a log'),
      'ForeignDatabaseError',
      /belongs to another program/,
    ],
    [
      'a newer schema version',
      (file) => makeDatabase(file, `pragma journal_mode = wal; ${NEWER}`),
      'DatabaseTooNewError',
      new RegExp(`schema version ${SCHEMA_VERSION + 1}`),
    ],
    [
      'one of ours that is damaged',
      (file) => {
        makeDatabase(file, `${OURS}; create table meta (key text, value text)`);
        writeFileSync(file, readFileSync(file).fill(0xff, 0, 16));
      },
      'ForeignDatabaseError',
      /SQLite cannot read it/,
    ],
    [
      'a newer schema version, in a log',
      (file) => makeDatabase(file, `pragma journal_mode = wal; ${NEWER}`, 'with a log'),
      'DatabaseTooNewError',
      new RegExp(`schema version ${SCHEMA_VERSION + 1}, but this program knows versions up to ${SCHEMA_VERSION}`),
    ],
  ])('%s', async (_what, make, name, message) => {
    await using test = await openTestEngine();
    const file = beside(test, 'odd name?#%20.db');
    make(file);
    const before = bytesOf(file);
    const error = await open(file).catch((caught: Error) => caught);
    expect(error).toMatchObject({ name, message: expect.stringMatching(message) });
    expect((error as Error).message).toMatch(/Nothing was changed.*DATABASE_URL/);
    expect(bytesOf(file)).toEqual(before);
  });

  it('is not locked by the program that refused it', async () => {
    await using test = await openTestEngine();
    const file = beside(test, 'other.db');
    makeDatabase(file, NEWER);
    await expect(open(file)).rejects.toMatchObject({ name: 'DatabaseTooNewError' });
    writeFileSync(file, '');
    await (await open(file)).close();
  });
});

describe('One engine process per file:', () => {
  it('refuses a second opener with the name of the first', async () => {
    await using test = await openTestEngine();
    await expect(open(test.file)).rejects.toMatchObject({
      name: 'DatabaseInUseError',
      message: expect.stringMatching(
        new RegExp(`^The database .*connect.db is in use by process ${process.pid}, started \\d{4}-.*DATABASE_URL`),
      ),
    });
    // The first goes on undisturbed.
    await test.start();
    await test.close();
    await (await open(test.file)).close();
  });

  it('refuses a second process', async () => {
    await using test = await openTestEngine();
    await using second = openInProcess(test.file);
    expect(await second.answer).toMatchObject({
      opened: false,
      name: 'DatabaseInUseError',
      message: expect.stringContaining(`in use by process ${process.pid}, `),
    });
    await test.start();
  });

  it('opens for one of several processes that start at once, and names it to the others', async () => {
    await using test = await openTestEngine();
    await test.close();
    await using running = new AsyncDisposableStack();
    const processes = Array.from({ length: 3 }, () => running.use(openInProcess(test.file)));
    const answers = await Promise.all(processes.map(({ answer }) => answer));
    const winner = answers.findIndex(({ opened }) => opened);
    expect(answers.filter(({ opened }) => opened)).toHaveLength(1);
    for (const { message } of answers) {
      if (message) expect(message).toContain(`in use by process ${processes[winner]?.id}, `);
    }
    await running.disposeAsync();
    await test.reopen();
  });
});

interface Answer {
  readonly opened: boolean;
  readonly name?: string;
  readonly message?: string;
}

interface OpeningProcess extends AsyncDisposable {
  readonly id: number | undefined;
  readonly answer: Promise<Answer>;
}

/** Opens a file in a process of its own, which holds it until it is disposed of. */
function openInProcess(file: string): OpeningProcess {
  const child = spawn(process.execPath, [SCRIPT, 'open', file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  return {
    id: child.pid,
    answer: firstAnswer(child.stdout),
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

async function firstAnswer(output: AsyncIterable<Buffer>): Promise<Answer> {
  for await (const line of output) return JSON.parse(line.toString());
  throw new Error('The process ended without an answer: is the program built?');
}

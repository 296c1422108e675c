import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../src/engine/open.js';
import { SCHEMA_VERSION } from '../../src/engine/store/migrations.js';
import { request, SAMPLE } from '../support/engine.js';
import { startEmulator, temporaryFolder } from '../support/process.js';

const { instanceId } = SAMPLE;

/** A folder with a database of a short chain, a task of its own, and a client token. */
async function makeDatabase() {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'connect.db');
  const databaseUrl = `file:${file}`;
  const open = () => openEmbeddedConnect({ databaseUrl });
  const engine = await open();
  const start = async (members = {}) => (await engine.startTaskContact(request(members))).contactId;
  const root = await start({ attributes: [{ key: 'who', value: 'Ana Erasable' }], clientToken: 'one' });
  const linked = await start({ previousContactId: root, name: 'Linked' });
  const alone = await start({ attributes: [{ key: 'who', value: 'Bea Forgettable' }] });
  await engine.close();
  return {
    file,
    folder: folder.path,
    open,
    ids: { root, linked, alone },
    /** Runs the emulator with arguments, to its end. */
    async run(...given: string[]) {
      const program = startEmulator({ DATABASE_URL: databaseUrl }, ...given);
      const code = await program.exit;
      return { code, out: program.stdout(), err: program.stderr() };
    },
    /** Changes rows past the engine. */
    write(sql: string) {
      using database = new DatabaseSync(file);
      database.exec(sql);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

describe('The emulator with --check', () => {
  it('reports an undamaged database, and leaves nothing beside it', async () => {
    await using test = await makeDatabase();
    const before = readdirSync(test.folder);
    expect(await test.run('--check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('is undamaged and consistent'),
      err: '',
    });
    expect(readdirSync(test.folder)).toEqual(before);
  });

  it.each<[string, (ids: { root: string; linked: string; alone: string }) => string, RegExp]>([
    ['open tasks', () => 'update instance set openTasks = 7', /^Instance \S+ states openTasks 7, but has 3\.$/],
    [
      'linked tasks',
      ({ root }) => `update chain set linkedTasks = 4 where id = '${root}'`,
      /^Chain \S+ states linkedTasks 4, but has 1\.$/,
    ],
    [
      'bytes of attributes',
      ({ root }) => `update chain set attributeBytes = 1 where id = '${root}'`,
      /^Chain \S+ states attributeBytes 1, but has 15\.$/,
    ],
    [
      'attributes',
      ({ root }) => `update chain set attributes = 'x' where id = '${root}'`,
      /^Chain \S+ has attributes that cannot be read\.$/,
    ],
    [
      'a chain',
      ({ alone }) => `delete from chain where id = '${alone}'`,
      /^Contact \S+ belongs to chain \S+, which is not there\.$/,
    ],
    [
      'a contact',
      ({ alone }) => `delete from contact where id = '${alone}'; update instance set openTasks = 2`,
      /^Chain \S+ has no contact\.$/,
    ],
    [
      'a client token’s contact',
      () => "update clientToken set contactId = 'absent'",
      /^Client token \S+ names absent, which is not there\.$/,
    ],
  ])('reports what is wrong with %s in one line, and ends with 1', async (_what, sql, line) => {
    await using test = await makeDatabase();
    test.write(sql(test.ids));
    const { code, out } = await test.run('--check');
    const lines = out.trimEnd().split('\n');
    expect(lines).toEqual([expect.stringMatching(line)]);
    expect(code).toBe(1);
  });

  it('reports a line for each problem', async () => {
    await using test = await makeDatabase();
    test.write('update instance set openTasks = 7; update chain set linkedTasks = 9');
    const { code, out } = await test.run('--check');
    expect(out.trimEnd().split('\n')).toHaveLength(1 + 3);
    expect(code).toBe(1);
  });

  it('reports damage within the file', async () => {
    await using test = await makeDatabase();
    const bytes = readFileSync(test.file);
    using database = new DatabaseSync(test.file, { readOnly: true });
    const root = Number(database.prepare("select rootpage from sqlite_schema where name = 'contact'").get()?.rootpage);
    database.close();
    writeFileSync(test.file, bytes.fill(0xff, (root - 1) * 4096, root * 4096));
    const { code, out } = await test.run('--check');
    expect(code).toBe(1);
    expect(out).toMatch(/^The file is damaged: /);
  });
});

describe('The emulator with --backup', () => {
  it('copies a database that an engine works on, as it is at one moment', async () => {
    await using test = await makeDatabase();
    const engine = await test.open();
    const { contactId } = await engine.startTaskContact(request({ name: 'Just now' }));
    const copy = join(test.folder, 'copy.db');
    const answer = await test.run('--backup', copy);
    expect(answer).toMatchObject({ code: 0, out: expect.stringContaining(`copied into ${copy}`) });
    await engine.startTaskContact(request());
    await engine.close();
    const opened = await openEmbeddedConnect({ databaseUrl: `file:${copy}` });
    const [now] = await opened.describeContacts({ instanceId, contactIds: [contactId] });
    expect(now).toMatchObject({ name: 'Just now' });
    await opened.close();
    const program = startEmulator({ DATABASE_URL: `file:${copy}` }, '--check');
    expect(await program.exit).toBe(0);
  });

  it('copies one that no process uses, and leaves nothing beside it', async () => {
    await using test = await makeDatabase();
    const before = readdirSync(test.folder);
    expect(await test.run('--backup', join(test.folder, 'copy.db'))).toMatchObject({ code: 0 });
    expect(readdirSync(test.folder).sort()).toEqual([...before, 'copy.db'].sort());
  });

  it('overwrites nothing, the database least of all', async () => {
    await using test = await makeDatabase();
    const other = join(test.folder, 'other.txt');
    writeFileSync(other, 'mine');
    const before = readFileSync(test.file);
    for (const target of [other, test.file]) {
      expect(await test.run('--backup', target)).toMatchObject({
        code: 1,
        err: expect.stringContaining(`${target} exists already`),
      });
    }
    expect(readFileSync(other, 'utf8')).toBe('mine');
    expect(readFileSync(test.file).equals(before)).toBe(true);
  });

  it('leaves PostgreSQL to pg_dump', async () => {
    const program = startEmulator({ DATABASE_URL: 'postgres://user:secret@db/connect' }, '--backup', 'copy.db');
    expect(await program.exit).toBe(1);
    expect(program.stderr()).toContain('pg_dump');
    expect(program.stderr()).not.toContain('secret');
  });
});

describe('The emulator with --purge', () => {
  it('removes the last contact of a chain with its attributes, and not a byte of them is left', async () => {
    await using test = await makeDatabase();
    expect(readFileSync(test.file).includes('Bea Forgettable')).toBe(true);
    const { code, out } = await test.run('--purge', test.ids.alone);
    expect(code).toBe(0);
    expect(out).toContain(`Contact ${test.ids.alone} was removed. It was open`);
    expect(out).toContain('whose attributes were removed as well');
    for (const name of readdirSync(test.folder)) {
      expect(readFileSync(join(test.folder, name)).includes('Bea Forgettable')).toBe(false);
    }
    expect(await test.run('--check')).toMatchObject({ code: 0 });
  });

  it('leaves the rest of a chain with what it shares, its counts right, and removes the client token', async () => {
    await using test = await makeDatabase();
    const { root, linked } = test.ids;
    const first = await test.run('--purge', `${SAMPLE.instanceArn}/contact/${linked}`);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('keep their shared attributes') });
    const second = await test.run('--purge', root);
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('Client tokens removed: 1') });
    expect(await test.run('--check')).toMatchObject({ code: 0 });
    const engine = await test.open();
    expect(await engine.describeContacts({ instanceId, contactIds: [root, linked] })).toEqual([null, null]);
    expect(await engine.startTaskContact(request({ clientToken: 'one' }))).toMatchObject({ replayed: false });
    await engine.close();
  });

  it.each(['absent', 'arn:aws:connect:us-east-1:111122223333:instance/other/contact/x'])(
    'finds no contact %s, and changes nothing',
    async (contact) => {
      await using test = await makeDatabase();
      expect(await test.run('--purge', contact)).toMatchObject({
        code: 1,
        out: expect.stringContaining(`has no contact ${contact}. Nothing was changed.`),
      });
      expect(await test.run('--check')).toMatchObject({ code: 0 });
    },
  );
});

describe('The emulator’s maintenance commands', () => {
  it.each([['--check'], ['--purge', 'x']])('%s waits for no running engine: it names it', async (...given) => {
    await using test = await makeDatabase();
    const engine = await test.open();
    const { code, err } = await test.run(...given);
    await engine.close();
    expect(code).toBe(1);
    expect(err).toContain(`is in use by process ${process.pid}`);
  });

  it.each<[string, string | undefined, RegExp]>([
    ['not there', undefined, /^There is no database at /],
    ['no database', 'text '.repeat(2000), /is not a database of this program/],
    ['newer than the program', 'newer', /schema version \d+, but this program knows/],
  ])('leaves a file that is %s as it is', async (_what, content, message) => {
    await using test = await makeDatabase();
    const file = join(test.folder, 'other.db');
    if (content === 'newer') {
      test.write(`update meta set value = '${SCHEMA_VERSION + 1}' where key = 'schemaVersion'`);
      writeFileSync(file, readFileSync(test.file));
    } else if (content) writeFileSync(file, content);
    const before = existsSync(file) ? readFileSync(file, 'base64') : undefined;
    const names = readdirSync(test.folder);
    for (const given of [['--check'], ['--backup', join(test.folder, 'copy.db')], ['--purge', test.ids.root]]) {
      const program = startEmulator({ DATABASE_URL: `file:${file}` }, ...given);
      expect(await program.exit).toBe(1);
      expect(program.stderr()).toMatch(message);
      expect(existsSync(file) ? readFileSync(file, 'base64') : undefined).toBe(before);
      expect(readdirSync(test.folder)).toEqual(names);
    }
  });

  it.each([
    ['--cheque'],
    ['--backup'],
    ['--backup='],
    ['--purge'],
    ['--check', '--purge', 'x'],
    ['--check', 'x'],
    ['check'],
    ['--check', '--check'],
  ])('%s %s says how it is used, and ends with 2', async (...given) => {
    const program = startEmulator({ DATABASE_URL: 'file:/nowhere/connect.db' }, ...given.filter(Boolean));
    expect(await program.exit).toBe(2);
    expect(program.stderr()).toContain('npm run emulator -- --check');
    expect(program.stdout()).toBe('');
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { runScript, startProgram, temporaryFolder, urlOf } from '../support/process.js';

const CREATE = `mutation ($name: String!) {
  createTaskContact(input: {
    name: $name
    flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }
    link: { relatedContactId: "50000000-0000-4000-8000-000000000001" }
  }) { contact { id } errors { message } }
}`;

async function ask<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as { readonly data: Data }).data;
}

async function create(url: string, name: string): Promise<string> {
  const { createTaskContact } = await ask<{ createTaskContact: { contact: { id: string } } }>(url, CREATE, { name });
  return createTaskContact.contact.id;
}

describe('The process', () => {
  it('writes nothing to standard output, and JSON lines to standard error: its start, its requests, its end', async () => {
    await using folder = await temporaryFolder();
    const database = `file:${join(folder.path, 'connect.db')}`;
    const program = startProgram({ DATABASE_URL: database });
    const url = await urlOf(program);
    await create(url, 'logged');
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(program.stdout()).toBe('');
    const lines = program
      .stderr()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { readonly msg: string });
    expect(lines.filter(({ msg }) => !msg.startsWith('Server listening'))).toMatchObject([
      { msg: 'The gateway is ready.', graphiql: `${url}/graphql`, database, callers: expect.any(String) },
      { log: 'audit', operation: 'createTaskContact' },
      { signal: 'SIGTERM' },
    ]);
  });

  it('answers what was accepted when it is asked to end', async () => {
    await using folder = await temporaryFolder();
    const program = startProgram({ DATABASE_URL: `file:${join(folder.path, 'connect.db')}` });
    const url = await urlOf(program);
    await create(url, 'warm');
    const answers = Array.from({ length: 50 }, (_, index) => create(url, `task ${index}`));
    await Promise.any(answers);
    program.child.kill('SIGTERM');
    const asked = performance.now();
    const outcomes = await Promise.allSettled(answers);
    expect(await program.exit).toBe(0);
    // Far below DRAIN_TIMEOUT_MS: connections that clients keep alive hold up nothing.
    expect(performance.now() - asked).toBeLessThan(5_000);
    // Each answered caller has a contact. Later callers were refused.
    for (const outcome of outcomes)
      if (outcome.status === 'fulfilled') expect(outcome.value).toEqual(expect.any(String));
  });
});

describe('A process without a reader of its output', () => {
  it('ends as well as any other', async () => {
    await using folder = await temporaryFolder();
    const program = startProgram({ DATABASE_URL: `file:${join(folder.path, 'connect.db')}` });
    await urlOf(program);
    program.child.stdout?.destroy();
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(program.stderr()).not.toContain('    at ');
  });
});

describe('A process that is killed in the middle of a thousand creations', () => {
  it('has each one that was answered, whole, after the next start', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'connect.db');
    const answered: string[] = [];
    for (const killAfter of [40, 350, 700]) {
      const program = startProgram({ DATABASE_URL: `file:${file}` });
      const url = await urlOf(program);
      const until = answered.length + killAfter;
      let sent = 0;
      const caller = async () => {
        while (sent < 1000) {
          sent++;
          answered.push(await create(url, `task ${sent}`));
          if (answered.length >= until) program.child.kill('SIGKILL');
        }
      };
      await Promise.allSettled(Array.from({ length: 16 }, caller));
      expect(await program.exit).toBeNull();
    }

    const program = startProgram({ DATABASE_URL: `file:${file}` });
    const url = await urlOf(program);
    expect(answered.length).toBeGreaterThanOrEqual(40 + 350 + 700);
    for (let from = 0; from < answered.length; from += 100) {
      const ids = answered.slice(from, from + 100);
      const { connectContacts } = await ask<{ connectContacts: unknown }>(
        url,
        'query ($ids: [ID!]!) { connectContacts(ids: $ids) { id attributes { key value } } }',
        { ids },
      );
      const whole = { attributes: [{ key: 'customerId', value: 'C-1001' }] };
      expect(connectContacts).toEqual(ids.map((id) => ({ id, ...whole })));
    }
    program.child.kill('SIGTERM');
    await program.exit;

    using database = new DatabaseSync(file, { readOnly: true });
    const [counts] = database
      .prepare(
        `select (select sum(openTasks) from instance) as counted,
           (select count(*) from contact where channel = 'TASK') as tasks,
           (select count(*) from contact) as contacts, (select count(*) from chain) as chains`,
      )
      .all() as { counted: number; tasks: number; contacts: number; chains: number }[];
    expect(counts?.counted).toBe(counts?.tasks);
    expect(counts?.chains).toBe(counts?.contacts);
  });
});

describe('A process that cannot start says why in a line, and ends with 1', () => {
  it('names the first process on the same database', async () => {
    await using folder = await temporaryFolder();
    const database = `file:${join(folder.path, 'connect.db')}`;
    const first = startProgram({ DATABASE_URL: database });
    await urlOf(first);
    const second = startProgram({ DATABASE_URL: database });
    expect(await second.exit).toBe(1);
    expect(second.stderr()).toContain(`process ${first.child.pid}`);
    expect(second.stderr()).not.toContain('    at ');
    first.child.kill('SIGTERM');
    await first.exit;
  });

  it('names a port that is in use', async () => {
    await using folder = await temporaryFolder();
    const first = startProgram({ DATABASE_URL: `file:${join(folder.path, 'a.db')}` });
    const { port } = new URL(await urlOf(first));
    const second = startProgram({ DATABASE_URL: `file:${join(folder.path, 'b.db')}`, PORT: port });
    expect(await second.exit).toBe(1);
    expect(second.stderr()).toContain(`PORT: another process listens on port ${port} of 127.0.0.1. Stop that process`);
    expect(second.stderr()).not.toContain('    at ');
    first.child.kill('SIGTERM');
    await first.exit;
  });

  it('names an instance that the database does not contain', async () => {
    await using folder = await temporaryFolder();
    const database = `file:${join(folder.path, 'connect.db')}`;
    const program = startProgram({ DATABASE_URL: database, CONNECT_INSTANCE_ID: 'nowhere' });
    expect(await program.exit).toBe(1);
    expect(program.stderr()).toContain('CONNECT_INSTANCE_ID: the database');
    expect(program.stderr()).not.toContain('    at ');
  });

  it('names a file that is not a database', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'notes.txt');
    writeFileSync(file, 'Not a database, but something that matters to somebody.\n'.repeat(100));
    const program = startProgram({ DATABASE_URL: `file:${file}` });
    expect(await program.exit).toBe(1);
    expect(program.stderr()).toContain('is not a database of this program');
    expect(program.stderr()).not.toContain('    at ');
  });

  it.each([
    ['PORT', 'abc'],
    ['DATABASE_URL', 'somewhere'],
    ['HOST', '0.0.0.0'],
    ['CONNECT_QUOTAS', 'ActiveTasks=many'],
  ])('%s=%s', async (name, value) => {
    const program = startProgram({ [name]: value });
    expect(await program.exit).toBe(1);
    expect(program.stderr()).toContain(`${name}: `);
    expect(program.stderr()).not.toContain('    at ');
    expect(program.stdout()).toBe('');
  });
});

/**
 * Makes this Node report an older version. Loading anything but the entry and its check fails, as it does on a Node that
 * lacks what the rest imports.
 */
const OLDER_NODE = `data:text/javascript,
  import { registerHooks } from 'node:module';
  Object.defineProperty(process.versions, 'node', { value: '20.20.2' });
  registerHooks({ resolve(name, context, next) {
    if (/^node:(module|url)$|\\/(dist|scripts)\\/(main|emulator|start)\\.js$|\\/node\\.js$/.test(name)) return next(name, context);
    throw new SyntaxError('Loads ' + name);
  } });`.replaceAll('\n', ' ');

describe.each([
  ['dist/main.js', 'npm start'],
  ['dist/emulator.js', 'npm run emulator'],
  ['scripts/start.js', 'npm start'],
  ['scripts/emulator.js', 'npm run emulator'],
])('%s on a Node that is too old', (entry, command) => {
  it('prints one line on what to do, and ends with 1', async () => {
    const program = runScript('--import', OLDER_NODE, entry);
    expect(await program.exit).toBe(1);
    expect(program.stderr()).toBe(
      `This program needs Node 24 or newer, but runs on 20.20.2. Run \`npm ci\`, which installs a suitable Node, then \`${command}\`.\n`,
    );
  });
});

describe.each([
  ['dist/main.js', 'npm start'],
  ['dist/emulator.js', 'npm run emulator'],
])('%s', (entry, command) => {
  it('prints its help for --help and ends with 0', async () => {
    const program = runScript(entry, '--help');
    expect(await program.exit).toBe(0);
    expect(program.stdout()).toContain(`  ${command} -- --help `);
    expect(program.stderr()).toBe('');
  });

  it('refuses an unknown argument with 2 and names the help', async () => {
    const program = runScript(entry, '--hepl');
    expect(await program.exit).toBe(2);
    expect(program.stdout()).toBe('');
    expect(program.stderr()).toMatch(
      new RegExp(`^Unknown argument: --hepl. Use:\n[^]*  ${command} -- --help +prints this help\n$`),
    );
  });
});

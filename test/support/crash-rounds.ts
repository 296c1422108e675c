import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Connect } from '../../src/connect/connect.js';
import type { Contact, ContactChain } from '../../src/connect/contact.js';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';

const SCRIPT = fileURLToPath(new URL('./engine-process.js', import.meta.url));
const INSTANCE = '10000000-0000-4000-8000-000000000001';
const FLOW = '20000000-0000-4000-8000-000000000001';

/** Callers of each process that is killed. */
const CALLERS = 16;

/** A store that processes are killed on. */
export interface CrashStore {
  /** What engine-process.js opens. */
  readonly target: string;
  /** How many processes work on it, and are killed at the same time. */
  readonly processes: number;
  /** Opens an engine on it, with a quota that is out of reach. */
  open(): Promise<Connect>;
  /** Rows as they are committed, read past the engine. */
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** What the engine's own check (--check) finds wrong, one sentence each. */
  check(): Promise<readonly string[]>;
  /** Resolves when nothing of the killed processes is under way in the database. */
  settled(): Promise<void>;
}

/** A creation that was answered. */
interface Created {
  readonly contactId: string;
  readonly members: Partial<StartTaskContactRequest> & { readonly name: string };
}

/** What a process answered before it was killed: a creation, or an end. */
export type Answered = Created | { readonly stopped: string };

/** What a round found in its order. */
export interface CrashRound {
  /** Creations that were answered before the kill. */
  readonly answered: number;
  /** Contacts that the killed processes stored, answered or not. */
  readonly stored: number;
}

/**
 * Lets processes make and end tasks, kills them (SIGKILL) once so many answers came, opens the store again and verifies it.
 *
 * @throws AssertionError where an answered creation or end is lost, something half-written shows, or counters disagree
 */
export async function crashRound(store: CrashStore, answers: number): Promise<CrashRound> {
  return verifyCrash(store, await workAndKill(store, answers));
}

/**
 * Verifies what killed processes left, by what they answered: first by the engine's own check, then row by row, which
 * knows what was answered and finds what the check cannot.
 *
 * @throws AssertionError where an answered creation or end is lost, something half-written shows, or counters disagree
 */
export async function verifyCrash(store: CrashStore, lines: readonly Answered[]): Promise<CrashRound> {
  assert.deepEqual(await store.check(), [], 'The check of the database finds problems');
  const engine = await store.open();
  try {
    const created = lines.filter((line): line is Created => 'contactId' in line);
    const stopped = lines.flatMap((line) => ('stopped' in line ? [line.stopped] : []));
    const runs = new Set(created.map(({ members: { name } }) => runOf(name)));
    await expectAnswered(engine, created, stopped);
    const stored = await expectWhole(store, runs);
    await expectCountersToAgree(store);
    return { answered: created.length, stored };
  } finally {
    await engine.close();
  }
}

/** Lets processes make and end tasks, and kills them once so many answers came. Answers what they answered. */
export async function workAndKill(store: CrashStore, answers: number): Promise<readonly Answered[]> {
  const children = Array.from({ length: store.processes }, () =>
    spawn(process.execPath, [SCRIPT, 'create', store.target, `${CALLERS}`], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  let reported = 0;
  let dying = false;
  /** Soon, so that it comes at any moment of a batch, not only right after its answers. */
  const kill = () => {
    if (dying) return;
    dying = true;
    setTimeout(() => {
      for (const child of children) child.kill('SIGKILL');
    }, Math.random() * 20);
  };
  const works = children.map(async (child) => {
    const ended = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
    const text = await read(child, (lines) => {
      reported += lines;
      if (reported >= answers) kill();
    });
    // Any other end is a failure of the test: of the build, most likely.
    assert.equal((await ended)[1], 'SIGKILL');
    return text.split('\n').slice(0, -1);
  });
  const lines = (await Promise.all(works)).flat();
  await store.settled();
  return lines.map((line) => JSON.parse(line));
}

async function read(child: ChildProcess, on: (lines: number) => void): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    on(String(chunk).split('\n').length - 1);
  }
  return text;
}

/** Whatever was answered is there, as it was answered. */
async function expectAnswered(engine: Connect, created: readonly Created[], stopped: readonly string[]): Promise<void> {
  const ids = created.map(({ contactId }) => contactId);
  assert.equal(new Set(ids).size, created.length);
  const contacts = await engine.describeContacts({ instanceId: INSTANCE, contactIds: ids });
  const chains = await engine.listChains({ instanceId: INSTANCE, contactIds: ids });
  const attributes = await engine.getAttributes({ instanceId: INSTANCE, contactIds: ids });
  created.forEach(({ contactId, members }, index) => {
    const contact = contacts[index] as Contact | null;
    assert.ok(contact, `Contact ${contactId} was answered, and is lost`);
    assert.equal(contact.name, members.name);
    assert.equal(contact.previousContactId, members.previousContactId);
    const chain = chains[index] as ContactChain;
    assert.ok(chain.members.some(({ id }) => id === contactId));
    const [{ key, value }] = members.attributes as [{ key: string; value: string }];
    const shared = attributes[index] as readonly { key: string; value: string }[];
    assert.equal(shared.find((one) => one.key === key)?.value, value);
  });
  for (const contact of await engine.describeContacts({ instanceId: INSTANCE, contactIds: stopped })) {
    assert.ok(contact && 'endedAt' in contact && contact.endedAt, 'An answered end is lost');
  }
  // Repeated with its token, a request is answered as it was.
  for (const { contactId, members } of created.filter((_, index) => index % 20 === 0)) {
    const again = await engine.startTaskContact({ instanceId: INSTANCE, contactFlowId: FLOW, ...members });
    assert.equal(again.contactId, contactId);
  }
}

/**
 * Whatever the killed processes stored, answered or not, is whole: the contact, its place in a chain, its attribute among
 * those of the chain, its token.
 */
async function expectWhole(store: CrashStore, runs: ReadonlySet<string>): Promise<number> {
  const contacts = await store.rows(`select contact."id", contact."name", chain."attributes",
    (select count(*) from "clientToken" where "clientToken"."contactId" = contact."id") as tokens
    from contact left join chain on chain."id" = contact."chainId" and chain."instanceId" = contact."instanceId"
    where contact."channel" = 'TASK'`);
  const ofRuns = contacts.filter(({ name }) => runs.has(runOf(String(name))));
  for (const { id, name, attributes, tokens } of ofRuns) {
    const task = String(name).split('/').at(-1);
    const shared = new Map(JSON.parse(String(attributes ?? '[]')) as [string, string][]);
    assert.equal(shared.get(`task${task}`), name, `Contact ${id} is there without its attribute`);
    assert.equal(Number(tokens), 1, `Contact ${id} is there without its token`);
  }
  return ofRuns.length;
}

async function expectCountersToAgree(store: CrashStore): Promise<void> {
  const [open] = await store.rows(`select "openTasks" as counted,
    (select count(*) from contact where "channel" = 'TASK' and "endedAt" is null) as there from instance`);
  assert.equal(Number(open?.counted), Number(open?.there), 'The counter of active tasks');
  const none = {
    'chains whose counter of linked tasks is wrong, or that have no contact': `select chain."id" from chain
      left join contact on contact."chainId" = chain."id" group by chain."id", chain."linkedTasks"
      having count(contact."previousContactId") <> chain."linkedTasks" or count(contact."id") = 0`,
    'contacts without a chain': `select "id" from contact where "chainId" not in (select "id" from chain)`,
    'tokens without a contact': `select "contactId" from "clientToken" where "contactId" not in (select "id" from contact)`,
    'links to nothing': `select "id" from contact where "previousContactId" is not null
      and "previousContactId" not in (select "id" from contact)`,
  };
  for (const [what, sql] of Object.entries(none)) {
    const rows = await store.rows(sql);
    assert.equal(rows.length, 0, `${what}: ${JSON.stringify(rows)}`);
  }
  for (const { id, attributes, attributeBytes } of await store.rows(
    'select "id", "attributes", "attributeBytes" from chain',
  )) {
    const bytes = (JSON.parse(String(attributes)) as [string, string][])
      .flat()
      .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    assert.equal(Number(attributeBytes), bytes, `The counted bytes of the attributes of chain ${id}`);
  }
}

/** The process that a task was made by: its name begins with it. */
function runOf(name: string): string {
  return name.split('/')[0] as string;
}

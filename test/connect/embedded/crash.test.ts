import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { type Contact, chainIdOf } from '../../../src/connect/contact.js';
import type { StartTaskContactRequest } from '../../../src/connect/start-task-contact.js';
import { openTestEngine, SAMPLE, type TestEngine } from '../../support/engine.js';

const SCRIPT = fileURLToPath(new URL('./engine-process.js', import.meta.url));
const ROUNDS = 3;
const CALLERS = 16;

interface Created {
  readonly contactId: string;
  readonly members: Partial<StartTaskContactRequest>;
}

/** Lets a process create contacts in a file, and kills it as soon as so many were answered. */
async function createAndKill(file: string, answers: number): Promise<readonly Created[]> {
  const child = spawn(process.execPath, [SCRIPT, 'create', file, `${CALLERS}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
  const lines = await told(child, answers);
  const [, signal] = await ended;
  // Any other end is a failure of the test: of the build, most likely.
  expect(signal).toBe('SIGKILL');
  return lines.map((line) => JSON.parse(line) as Created);
}

/** The whole lines that a process wrote until it ended; it is killed right after the given number of them. */
async function told(child: ChildProcess, lines: number): Promise<readonly string[]> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    if (text.split('\n').length > lines) child.kill('SIGKILL');
  }
  return text.split('\n').slice(0, -1);
}

describe('A process that is killed in the middle of its work', () => {
  it('leaves every contact that it answered, whole, and counters that agree with the contacts', async () => {
    await using test = await openTestEngine({ quotas: { activeTasks: 1_000_000 } });
    const answered: Created[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await test.close();
      const created = await createAndKill(test.file, 50 + Math.floor(Math.random() * 400));
      await test.reopen();
      await expectAnswered(test, created);
      answered.push(...created);
      expectCountersToAgree(test);
    }
    await expectAnswered(test, answered);
  });
});

async function expectAnswered(test: TestEngine, created: readonly Created[]): Promise<void> {
  const ids = created.map(({ contactId }) => contactId);
  expect(new Set(ids).size).toBe(created.length);
  const contacts = await test.engine.describeContacts(SAMPLE.instanceId, ids);
  const chains = await test.engine.listChains(SAMPLE.instanceId, ids);
  const attributes = await test.engine.getAttributes(SAMPLE.instanceId, ids);
  created.forEach(({ members }, index) => {
    const contact = contacts[index] as Contact;
    const { name, previousContactId } = members;
    expect(contact).toMatchObject({ name, ...(previousContactId && { previousContactId }) });
    expect(chains[index]).toMatchObject({ id: chainIdOf(contact) });
    expect(attributes[index]).toEqual(expect.arrayContaining([...(members.attributes ?? [])]));
  });
  // Repeated with its token, a request is answered as it was.
  const repeated = created.filter((_, index) => index % 20 === 0);
  const { ids: again } = await test.startAll(repeated.map(({ members }) => members));
  expect(again).toEqual(repeated.map(({ contactId }) => contactId));
}

function expectCountersToAgree(test: TestEngine): void {
  expect(test.rows('select openTasks from instance')).toEqual(
    test.rows("select count(*) as openTasks from contact where channel = 'TASK' and endedAt is null"),
  );
  expect(
    test.rows(
      `select chain.id from chain left join contact on contact.chainId = chain.id
       group by chain.id having count(contact.previousContactId) <> chain.linkedTasks or count(contact.id) = 0`,
    ),
  ).toEqual([]);
  expect(test.rows('select id from contact where chainId not in (select id from chain)')).toEqual([]);
  expect(test.rows('select contactId from clientToken where contactId not in (select id from contact)')).toEqual([]);
}

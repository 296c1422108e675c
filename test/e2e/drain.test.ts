import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { startProgram, temporaryFolder, urlOf } from '../support/process.js';

const CREATE = `mutation ($name: String!) {
  createTaskContact(input: {
    name: $name
    flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }
  }) { contact { id } errors { message } }
}`;

/** How a request ended for its client. */
type Ending =
  | { readonly kind: 'created'; readonly id: string }
  /** An answer that says that nothing has happened. */
  | { readonly kind: 'refused'; readonly code: string }
  /** No answer: the connection was closed before the request was accepted. */
  | { readonly kind: 'closed' };

async function create(url: string, name: string): Promise<Ending> {
  let response: Response;
  try {
    response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: CREATE, variables: { name } }),
    });
  } catch {
    return { kind: 'closed' };
  }
  const { data, errors } = (await response.json()) as {
    readonly data?: { readonly createTaskContact: { readonly contact: { readonly id: string } | null } | null };
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
  const id = data?.createTaskContact?.contact?.id;
  if (id !== undefined) return { kind: 'created', id };
  return { kind: 'refused', code: errors?.[0]?.extensions.code ?? 'none' };
}

const CALLERS = 40;

describe('SIGTERM under load', () => {
  it.each([1, 2, 3])(
    'answers every accepted request, and reports none that reached the store as failed (round %i)',
    async () => {
      await using folder = await temporaryFolder();
      const file = join(folder.path, 'connect.db');
      const program = startProgram({ DATABASE_URL: `file:${file}`, MAX_CONCURRENT_REQUESTS: '30' });
      const url = await urlOf(program);
      const endings = new Map<string, Ending>();
      let created = 0;
      const enough = Promise.withResolvers<void>();
      const callers = Array.from({ length: CALLERS }, async (_, caller) => {
        // A caller goes on until the gateway is closed to it.
        for (let count = 0; ; count++) {
          const name = `task ${caller}/${count}`;
          const ending = await create(url, name);
          endings.set(name, ending);
          if (ending.kind === 'created' && ++created === 300) enough.resolve();
          if (ending.kind === 'closed') break;
        }
      });
      await enough.promise;
      program.child.kill('SIGTERM');
      await Promise.all(callers);
      expect(await program.exit).toBe(0);

      using database = new DatabaseSync(file, { readOnly: true });
      const stored = new Map(
        database
          .prepare("select name, id from contact where channel = 'TASK'")
          .all()
          .map(({ name, id }) => [String(name), String(id)]),
      );
      const reported = [...endings].filter(([, { kind }]) => kind === 'created');
      expect(reported.length).toBeGreaterThanOrEqual(300);
      // What is stored was reported as created, with its id, and the other way round: no task was reported twice or lost.
      expect(new Map(reported.map(([name, ending]) => [name, ending.kind === 'created' ? ending.id : '']))).toEqual(
        stored,
      );
      const codes = new Set(
        [...endings.values()].flatMap((ending) => (ending.kind === 'refused' ? [ending.code] : [])),
      );
      for (const code of codes) expect(['OVERLOADED', 'SHUTTING_DOWN']).toContain(code);
      expect(program.stderr()).not.toContain('    at ');
    },
  );
});

/** A connection on which a test writes a part of a request. */
async function connectTo(url: string, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {}); // A connection that is cut shows by its end.
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

const HEAD = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n';

describe('SIGTERM', () => {
  it.each([
    ['a part of its head', HEAD],
    ['its head and a part of its body', `${HEAD}\r\n{"query": `],
    ['nothing', ''],
  ])('ends the gateway within 5 seconds although a client has sent %s', async (_part, text) => {
    await using folder = await temporaryFolder();
    const program = startProgram({
      DATABASE_URL: `file:${join(folder.path, 'connect.db')}`,
      DRAIN_TIMEOUT_MS: '60000',
      RECEIVE_TIMEOUT_MS: '120000',
    });
    const url = await urlOf(program);
    const sockets = await Promise.all(Array.from({ length: 5 }, () => connectTo(url, text)));
    // The gateway has read what was sent before it answers this.
    expect((await create(url, 'task')).kind).toBe('created');
    const began = performance.now();
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
    for (const socket of sockets) socket.destroy();
  });

  it('sent twice still answers what was accepted', async () => {
    await using folder = await temporaryFolder();
    const program = startProgram({ DATABASE_URL: `file:${join(folder.path, 'connect.db')}` });
    const url = await urlOf(program);
    // Its body is half sent: the request is accepted and not answered while both signals arrive.
    const body = JSON.stringify({ query: '{ __typename }' });
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const socket = await connectTo(url, head);
    expect((await create(url, 'task')).kind).toBe('created');
    program.child.kill('SIGTERM');
    await program.said(/Answers the accepted requests/);
    program.child.kill('SIGTERM');
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.write(body);
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1.1 200[\s\S]*\{"data":\{"__typename":"Query"\}\}$/);
    expect(await program.exit).toBe(0);
  });
});

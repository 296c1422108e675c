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
      const told = [...endings].filter(([, { kind }]) => kind === 'created');
      expect(told.length).toBeGreaterThanOrEqual(300);
      // What is stored was told as created, with its id, and the other way round: nothing was told twice or forgotten.
      expect(new Map(told.map(([name, ending]) => [name, ending.kind === 'created' ? ending.id : '']))).toEqual(stored);
      const codes = new Set(
        [...endings.values()].flatMap((ending) => (ending.kind === 'refused' ? [ending.code] : [])),
      );
      for (const code of codes) expect(['OVERLOADED', 'SHUTTING_DOWN']).toContain(code);
      expect(program.stderr()).not.toContain('    at ');
    },
  );
});

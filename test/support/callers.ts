import { Agent, request } from 'node:http';

/** What a request of GraphQL was answered with, and how long that took. */
export interface TimedAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
  readonly ms: number;
}

/** A client of a gateway that has an address of its own: 127.0.0.2 and on, all of which are this machine. */
export class Caller implements Disposable {
  readonly #url: URL;
  readonly #agent: Agent;

  constructor(url: string, place: number) {
    this.#url = new URL('/graphql', url);
    this.#agent = new Agent({ keepAlive: true, localAddress: `127.0.0.${place + 2}` });
  }

  /** Sends a request, and reads what it is answered with. */
  ask<Data>(query: string, variables: object): Promise<TimedAnswer<Data>> {
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const sent = request(this.#url, { method: 'POST', agent: this.#agent, headers }, async (answer) => {
        try {
          let text = '';
          for await (const chunk of answer.setEncoding('utf8')) text += chunk;
          resolve({ ...(JSON.parse(text) as object), ms: performance.now() - began });
        } catch (error) {
          reject(error);
        }
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ query, variables }));
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

/** What became of a creation. */
export type Outcome = 'CREATED' | 'OUTCOME_UNKNOWN' | (string & {});

const CREATE = `mutation ($input: CreateTaskContactInput!) {
  createTaskContact(input: $input) { contact { id } errors { code } }
}`;

/** Creates a task by a flow, and reports what became of it: CREATED, or the code of the error. */
export async function create(caller: Caller, input: object): Promise<Outcome> {
  type Created = { createTaskContact: { contact: { id: string } | null; errors: { code: string }[] } };
  const { data, errors } = await caller.ask<Created>(CREATE, { input });
  if (errors) return String(errors[0]?.extensions?.code);
  return data?.createTaskContact.contact ? 'CREATED' : String(data?.createTaskContact.errors[0]?.code);
}

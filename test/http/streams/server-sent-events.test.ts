import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-sse';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { SAMPLE } from '../../support/engine.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ settings: { CONNECT_WIRE_PORT: '0', MAX_SUBSCRIPTIONS_PER_CALLER: '3' } });
});
afterAll(() => gateway.close());

interface Change {
  readonly kind: string;
  readonly cursor: string;
  readonly contact: { readonly id: string; readonly name: string | null; readonly state: string };
}

const CHANGED = `subscription ($of: ConnectContactChangesInput!, $after: String) {
  connectContactChanged(of: $of, after: $after) { kind cursor occurredAt contact { id name state } }
}`;

/** Follows changes by graphql-sse's own client; `next` resolves with the next change. */
function follow(of: object, after?: string) {
  const client = createClient({ url: `${gateway.url}/graphql`, retryAttempts: 0 });
  const results = client.iterate<{ connectContactChanged: Change }>({ query: CHANGED, variables: { of, after } });
  return {
    async next(): Promise<Change> {
      const { value } = await results.next();
      if (value?.errors) throw new Error(JSON.stringify(value.errors));
      return value?.data?.connectContactChanged as Change;
    },
    end: async () => {
      client.dispose();
    },
  };
}

async function create(name: string, link?: object): Promise<string> {
  const { data } = await gateway.ask(
    `mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { id } errors { message } } }`,
    { input: { name, flow: { contactFlowId: SAMPLE.contactFlow }, ...(link && { link }) } },
  );
  const { contact } = (data as { createTaskContact: { contact: { id: string } } }).createTaskContact;
  return contact.id;
}

/** A subscription that has begun receives what is changed from then on; the first change shows that it has. */
async function begun(of: object, contactId: string) {
  const stream = follow(of);
  const first = stream.next();
  let has = false;
  void first.then(() => {
    has = true;
  });
  for (let index = 0; !has; index += 1) {
    await gateway.ask(
      `mutation ($id: ID!) { updateTaskContact(input: { contactId: $id, description: "${index}" }) { errors { message } } }`,
      { id: contactId },
    );
  }
  await first;
  return stream;
}

describe('A subscription by server-sent events', () => {
  it('receives each change of its contacts, as they are after it', async () => {
    const id = await create('Follow me');
    const stream = await begun({ contactIds: [id] }, id);
    await create('Not this one');
    await gateway.ask(`mutation ($id: ID!) { stopTaskContact(input: { contactId: $id }) { errors { message } } }`, {
      id,
    });
    const changes: Change[] = [];
    while (changes.at(-1)?.kind !== 'COMPLETED') changes.push(await stream.next());
    expect(new Set(changes.map(({ contact }) => contact.id))).toEqual(new Set([id]));
    expect(changes.filter(({ kind }) => kind !== 'UPDATED')).toMatchObject([
      { kind: 'DISCONNECTED', contact: { name: 'Follow me', state: 'COMPLETED' } },
      { kind: 'COMPLETED', contact: { name: 'Follow me', state: 'COMPLETED' } },
    ]);
    await stream.end();
  });

  it('continues after a cursor without a gap', async () => {
    const id = await create('Root');
    const stream = await begun({ chainOf: id }, id);
    const { cursor } = await readUntil(stream, async () => create('First', { previousContactId: id }));
    await stream.end();
    const missed = [
      await create('Second', { previousContactId: id }),
      await create('Third', { previousContactId: id }),
    ];
    const resumed = follow({ chainOf: id }, cursor);
    expect([(await resumed.next()).contact.id, (await resumed.next()).contact.id]).toEqual(missed);
    await resumed.end();
  });

  it('receives RESYNC where its cursor is of another database', async () => {
    const id = await create('Elsewhere');
    const cursor = Buffer.from(JSON.stringify(['other', SAMPLE.instanceId, 5])).toString('base64url');
    const stream = follow({ contactIds: [id] }, cursor);
    expect(await stream.next()).toMatchObject({ kind: 'RESYNC', contact: { id, name: 'Elsewhere' } });
    await stream.end();
  });

  it.each([
    ['BAD_CURSOR', { of: { all: true }, after: 'nonsense' }],
    ['BAD_USER_INPUT', { of: { contactIds: [] } }],
    ['BAD_USER_INPUT', { of: { all: true, queueId: 'x' } }],
    ['NOT_FOUND', { of: { chainOf: 'unknown' } }],
  ])('is refused with %s before it begins', async (code, variables) => {
    const response = await gateway.post({ query: CHANGED, variables }, { accept: 'text/event-stream' });
    const [next, complete] = (await response.text()).split('\n\n').filter((part) => part !== ':');
    expect(JSON.parse(next?.replace('event: next\ndata: ', '') ?? '')).toMatchObject({
      errors: [{ extensions: { code } }],
    });
    expect(complete).toBe('event: complete\ndata:');
  });

  it('is refused where the client accepts no stream', async () => {
    const response = await gateway.post({ query: CHANGED, variables: { of: { all: true } } });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('is refused beyond the number of streams of a caller', async () => {
    const id = await create('Many');
    const streams = [await begun({ all: true }, id), await begun({ all: true }, id), await begun({ all: true }, id)];
    await expect(follow({ all: true }).next()).rejects.toThrow('LIMIT_EXCEEDED');
    for (const stream of streams) await stream.end();
    // A place is free again when its stream has ended, and a refused subscription takes none.
    for (let refusals = 0; refusals < 10; refusals += 1) {
      await expect(follow({ chainOf: 'unknown' }).next()).rejects.toThrow(/NOT_FOUND|LIMIT_EXCEEDED/);
    }
    const again = await begun({ all: true }, id);
    await again.end();
  });

  it('ends with complete when the gateway shuts down', async () => {
    await using other = await startTestGateway();
    const response = await other.post(
      { query: CHANGED, variables: { of: { all: true } } },
      { accept: 'text/event-stream' },
    );
    const text = response.text();
    await other.close();
    expect(await text).toMatch(/event: complete\ndata:\n\n$/);
  });
});

async function readUntil(stream: { next(): Promise<Change> }, act: () => Promise<string>): Promise<Change> {
  const id = await act();
  for (;;) {
    const change = await stream.next();
    if (change.contact.id === id) return change;
  }
}

import { describe, expect, it } from '@jest/globals';
import type { CallOptions } from '../../src/connect/connect.js';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { SAMPLE } from '../support/engine.js';
import { Gate } from '../support/gate.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { portWith } from '../support/port.js';

const CREATION = { query: mutation('id'), variables: { input: taskInput() } };

/** Sends a request, and hangs up when the gate opens. */
async function sendAndHangUp(gateway: TestGateway, body: object, gate: Gate): Promise<void> {
  const client = new AbortController();
  const headers = { 'content-type': 'application/json' };
  const { signal } = client;
  const answer = fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body), signal });
  await gate.opened;
  client.abort();
  await expect(answer).rejects.toThrow();
}

/** Waits until the gateway has noticed. */
function noticed({ signal }: CallOptions = {}): Promise<void> {
  if (signal === undefined) throw new Error('The port was given no signal');
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

const tasks = (gateway: TestGateway) => gateway.rows("select name from contact where channel = 'TASK'");

describe('When a client hangs up', () => {
  it('aborts a read that is in progress', async () => {
    const [begun, over] = [new Gate(), new Gate()];
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          async describeContacts(request, options) {
            const hungUp = noticed(options);
            begun.open();
            await hungUp;
            over.open();
            return connect.describeContacts(request, options);
          },
        }),
    });
    await sendAndHangUp(gateway, { query: `{ connectContact(id: "${SAMPLE.voiceContact}") { name } }` }, begun);
    await over.opened;
    expect((await gateway.post({ query: '{ __typename }' })).status).toBe(200);
  });

  it('does not make a creation that was not submitted', async () => {
    const [begun, over] = [new Gate(), new Gate()];
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          async startTaskContact(request, options) {
            const hungUp = noticed(options);
            begun.open();
            await hungUp;
            return connect.startTaskContact(request, options).finally(() => over.open());
          },
        }),
    });
    await sendAndHangUp(gateway, CREATION, begun);
    await over.opened;
    expect(tasks(gateway)).toEqual([]);
  });

  it('keeps a creation that was submitted, and its token finds it', async () => {
    const [created, over] = [new Gate(), new Gate()];
    let isFirst = true;
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          async startTaskContact(request, options) {
            const result = await connect.startTaskContact(request, options);
            if (!isFirst) return result;
            isFirst = false;
            const hungUp = noticed(options);
            created.open();
            await hungUp;
            over.open();
            return result;
          },
        }),
    });
    const withToken = { ...CREATION, variables: { input: taskInput({ clientToken: 'once' }) } };
    await sendAndHangUp(gateway, withToken, created);
    await over.opened;
    expect(tasks(gateway)).toEqual([{ name: 'Call back' }]);
    const { data } = await gateway.ask(withToken.query, withToken.variables);
    expect(data?.createTaskContact).toMatchObject({ contact: { id: expect.any(String) }, replayed: true });
    expect(tasks(gateway)).toHaveLength(1);
  });
});

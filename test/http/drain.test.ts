import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { Gate } from '../support/gate.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { portWith } from '../support/port.js';

const CREATION = { query: mutation('id name'), variables: { input: taskInput() } };

/** A gateway whose creations wait, after they were made, for a gate. */
async function startHeld(settings = {}): Promise<{ gateway: TestGateway; created: Gate; answer: Gate }> {
  const [created, answer] = [new Gate(), new Gate()];
  const gateway = await startTestGateway({
    settings,
    wrap: (connect) =>
      portWith(connect, {
        async startTaskContact(request, options) {
          const result = await connect.startTaskContact(request, options);
          created.open();
          await answer.opened;
          return result;
        },
      }),
  });
  return { gateway, created, answer };
}

/** Waits until nobody is let in any more. */
async function shut({ url }: TestGateway): Promise<void> {
  const isOpen = () =>
    fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (await isOpen());
}

describe('A gateway that ends', () => {
  it('gives the answers that are due, and ends with the last of them', async () => {
    const { gateway, created, answer } = await startHeld();
    const due = gateway.post(CREATION);
    await created.opened;
    const closed = gateway.close();
    await shut(gateway);
    answer.open();
    const response = await due;
    expect(response.status).toBe(200);
    // Kept alive, the connection would hold up the end.
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toMatchObject({ data: { createTaskContact: { contact: { name: 'Call back' } } } });
    await closed;
  });

  it('is not held up by connections on which nothing is due', async () => {
    await using gateway = await startTestGateway();
    const { port } = new URL(gateway.url);
    const silent = connectSocket(Number(port), '127.0.0.1');
    await once(silent, 'connect');
    expect((await gateway.post({ query: '{ __typename }' })).status).toBe(200);
    await gateway.close();
    silent.destroy();
  });

  it('waits for DRAIN_TIMEOUT_MS at most', async () => {
    const { gateway, created, answer } = await startHeld({ DRAIN_TIMEOUT_MS: '20' });
    const due = gateway.post(CREATION);
    const outcome = expect(due).rejects.toThrow();
    await created.opened;
    await gateway.close();
    await outcome;
    answer.open();
  });
});

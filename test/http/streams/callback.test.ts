import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { SAMPLE } from '../../support/engine.js';

interface Message {
  readonly kind: string;
  readonly action: string;
  readonly id: string;
  readonly verifier: string;
  readonly payload?: { readonly data?: { readonly connectContactChanged: { readonly kind: string } } };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** A stand-in of a router: takes messages of the callback protocol, and answers each with the status of the moment. */
class Router {
  readonly messages: Message[] = [];
  status = 204;
  readonly #server = createServer(async (request, response) => {
    const message = (await json(request)) as Message;
    this.messages.push(message);
    expect(request.headers['subscription-protocol']).toBe('callback/1.0');
    response.writeHead(this.status, { 'subscription-protocol': 'callback/1.0' }).end();
    this.#onMessage();
  });
  #onMessage: () => void = () => {};

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Waits for a message that has come or is to come. */
  async message(isMeant: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(isMeant);
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.#onMessage = resolve;
      });
    }
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

const router = new Router();
let origin: string;
let gateway: TestGateway;
beforeAll(async () => {
  origin = await router.listen();
  gateway = await startTestGateway({ settings: { SUBSCRIPTION_CALLBACK_ORIGINS: origin } });
});
afterAll(async () => {
  await gateway.close();
  router.close();
});

const query = 'subscription { connectContactChanged(of: { all: true }) { kind contact { id } } }';

function subscribe(id: string, callback: object = {}) {
  const subscription = {
    callbackUrl: `${origin}/callback/${id}`,
    subscriptionId: id,
    verifier: `of ${id}`,
    ...callback,
  };
  return gateway.post({ query, extensions: { subscription } }, { accept: 'application/json;callbackSpec=1.0' });
}

function create() {
  return gateway.ask(
    'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { id } } }',
    { input: { name: 'Task', flow: { contactFlowId: SAMPLE.contactFlow } } },
  );
}

describe("A subscription by Apollo's callback protocol", () => {
  it('is checked first, then sends each result, and completes when the gateway shuts down', async () => {
    await using own = await startTestGateway({ settings: { SUBSCRIPTION_CALLBACK_ORIGINS: origin } });
    const subscription = { callbackUrl: `${origin}/callback/a`, subscriptionId: 'a', verifier: 'of a' };
    const response = await own.post({ query, extensions: { subscription } });
    expect([response.status, await response.json()]).toEqual([200, { data: null }]);
    expect(router.messages).toEqual([{ kind: 'subscription', action: 'check', id: 'a', verifier: 'of a' }]);
    await own.ask(
      'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { id } } }',
      {
        input: { name: 'Task', flow: { contactFlowId: SAMPLE.contactFlow } },
      },
    );
    const next = await router.message(({ action }) => action === 'next');
    expect(next).toMatchObject({
      kind: 'subscription',
      id: 'a',
      verifier: 'of a',
      payload: { data: { connectContactChanged: { kind: 'INITIATED' } } },
    });
    await own.close();
    expect(await router.message(({ action, id }) => action === 'complete' && id === 'a')).not.toHaveProperty('errors');
  });

  it('sends heartbeats as check messages, and ends when the router no longer knows it', async () => {
    await subscribe('b', { heartbeatIntervalMs: 1 });
    const count = () => router.messages.filter(({ action, id }) => action === 'check' && id === 'b').length;
    await router.message(() => count() >= 2);
    router.status = 404;
    await create();
    await router.message(({ action, id }) => action === 'next' && id === 'b');
    router.status = 204;
    const sent = router.messages.length;
    await create();
    await subscribe('c');
    expect(router.messages.slice(sent).filter(({ id }) => id === 'b')).toEqual([]);
  });

  it.each([
    ['whose origin is not listed', { callbackUrl: 'http://127.0.0.1:9/callback' }, 'SUBSCRIPTION_CALLBACK_ORIGINS'],
    [
      'with a password in its URL',
      { callbackUrl: 'http://user:pass@127.0.0.1/callback' },
      'SUBSCRIPTION_CALLBACK_ORIGINS',
    ],
    ['without a verifier', { verifier: '' }, 'verifier'],
    ['with a wrong interval', { heartbeatIntervalMs: 'often' }, 'heartbeatIntervalMs'],
  ])('refuses a callback %s', async (_what, callback, word) => {
    const sent = router.messages.length;
    expect(await (await subscribe('d', callback)).json()).toMatchObject({
      errors: [{ message: expect.stringContaining(word), extensions: { code: 'BAD_REQUEST' } }],
    });
    expect(router.messages).toHaveLength(sent);
  });

  it('is refused where the router does not accept the check', async () => {
    router.status = 400;
    expect(await (await subscribe('e')).json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    router.status = 204;
  });
});

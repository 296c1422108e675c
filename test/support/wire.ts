import { ConnectClient, type ConnectClientConfig } from '@aws-sdk/client-connect';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createWireServer } from '../../src/wire/server.js';
import type { WireOptions } from '../../src/wire/wire.js';
import { openTestEngine, type TestEngine, type TestEngineOptions } from './engine.js';

/** The AWS wire of a real engine, on a free port. */
export interface TestWire extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly test: TestEngine;
  /** A client of AWS's own SDK that talks to it. */
  client(config?: ConnectClientConfig): ConnectClient;
}

/** How a test's wire differs from the emulator's. */
export interface TestWireOptions extends TestEngineOptions, Pick<WireOptions, 'credentials'> {
  /** The clock by which signatures are verified. Default: the system's. */
  readonly signingClock?: () => number;
  /** Wraps the engine, for instance to make it fail. */
  readonly wrap?: (connect: WireOptions['connect']) => WireOptions['connect'];
  /** Adds something beside the wire. */
  readonly plugin?: (app: FastifyInstance, engine: TestEngine['engine']) => PromiseLike<unknown>;
}

/** Serves an engine of its own over the wire, for one test. */
export async function startTestWire({
  credentials,
  signingClock,
  wrap,
  plugin,
  ...options
}: TestWireOptions = {}): Promise<TestWire> {
  const test = await openTestEngine(options);
  const connect = wrap ? wrap(test.engine) : test.engine;
  const app = await createWireServer({
    connect,
    credentials,
    logger: pino({ level: 'silent' }),
    ...(signingClock && { now: signingClock }),
  });
  await plugin?.(app, test.engine);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const clients: ConnectClient[] = [];
  return {
    url,
    port: Number(new URL(url).port),
    test,
    client(config = {}) {
      const client = new ConnectClient({
        endpoint: url,
        region: 'us-east-1',
        credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
        maxAttempts: 1,
        ...config,
      });
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      app.server.closeAllConnections();
      await app.close();
      await test[Symbol.asyncDispose]();
    },
  };
}

/** What an error of the wire consists of. */
export interface WireAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly requestId: string | null;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Sends a request as it is, over HTTP, and answers what came. */
export async function send(
  url: string,
  method: string,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<WireAnswer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('x-amzn-errortype'),
    requestId: response.headers.get('x-amzn-requestid'),
    json: text === '' ? {} : (JSON.parse(text) as WireAnswer['json']),
  };
}

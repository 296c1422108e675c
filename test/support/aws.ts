import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConnectClientConfig } from '@aws-sdk/client-connect';
import type { AroundCall, CallObserver } from '../../src/connect/api-call.js';
import { AwsConnect } from '../../src/aws/aws-connect.js';
import { Clients, type InstanceRegion } from '../../src/aws/transport/clients.js';
import { openAwsConnect } from '../../src/aws/open.js';
import { Service } from '../../src/aws/service.js';
import { CHAIN_TASKS } from '../../src/connect/limits.js';
import { NOW } from './engine.js';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from './gateway.js';
import { portWith } from './port.js';
import { startTestWire, type TestWire, type TestWireOptions } from './wire.js';

const CREDENTIALS = { accessKeyId: 'any', secretAccessKey: 'any' };

/** The adapter, over the wire of a real engine. */
export interface TestAws extends AsyncDisposable {
  readonly connect: AwsConnect;
  readonly wire: TestWire;
  /** The operations that were called since the last time, by their names. */
  calls(): readonly string[];
}

/** Opens the adapter over an engine of its own, for one test. */
export async function openTestAws(options: TestWireOptions = {}): Promise<TestAws> {
  const wire = await startTestWire(options);
  const client = wire.client();
  let calls: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        calls.push(String(commandName).replace(/Command$/, ''));
        return next(args);
      },
    { step: 'finalizeRequest' },
  );
  const now = () => wire.test.clock.now;
  const connect = new AwsConnect({
    service: new Service(new Clients(() => client)),
    now,
    chainTasks: options.quotas?.chainTasks ?? CHAIN_TASKS,
  });
  return {
    connect,
    wire,
    calls() {
      const made = calls;
      calls = [];
      return made;
    },
    async [Symbol.asyncDispose]() {
      await connect.close();
      await wire[Symbol.asyncDispose]();
    },
  };
}

/** A gateway before the adapter, which is before the wire of an engine. */
export function gatewayBefore({ connect, wire }: TestAws, options: TestGatewayOptions = {}): Promise<TestGateway> {
  return startTestGateway({
    now: () => wire.test.clock.now,
    ...options,
    wrap: (engine) => portWith(connect, { close: () => engine.close() }),
  });
}

/** What a scripted server answers with; undefined: it hangs up. */
export type Scripted =
  | { readonly status: number; readonly type?: string; readonly body?: string; readonly headers?: object }
  | undefined;

/** A request that a scripted server got. */
export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  /** The region that it is signed for. */
  readonly region: string | undefined;
  /** The time of the signature, in milliseconds since the epoch. */
  readonly signedAt: number;
  readonly body: string;
}

/** The adapter, over a server that answers as a test sets. */
export interface ScriptedAws extends AsyncDisposable {
  readonly connect: AwsConnect;
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
}

/** Opens the adapter over a server of HTTP that answers each request as the script says. */
export async function openScriptedAws(
  script: (request: ScriptedRequest, index: number) => Scripted | Promise<Scripted>,
  client: ConnectClientConfig = {},
  instances: readonly InstanceRegion[] = [],
  around?: AroundCall,
  callTimeoutMs = 20_000,
  observer?: CallObserver,
): Promise<ScriptedAws> {
  const requests: ScriptedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
    const [, region] = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(incoming.headers.authorization ?? '') ?? [];
    const date = String(incoming.headers['x-amz-date']);
    const signedAt = Date.parse(date.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'));
    const request = { method: incoming.method ?? '', path: incoming.url ?? '', region, signedAt, body };
    requests.push(request);
    const answer = await script(request, requests.length - 1);
    if (answer === undefined) {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(answer.status, {
      'content-type': 'application/json',
      ...(answer.type && { 'x-amzn-errortype': answer.type }),
      'x-amzn-requestid': 'request-1',
      ...answer.headers,
    });
    outgoing.end(answer.body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connect = await openAt(url, { client, instances, callTimeoutMs, observer, ...(around && { around }) });
  return {
    connect,
    url,
    requests,
    async [Symbol.asyncDispose]() {
      await connect.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Opens the adapter at an address. */
export function openAt(
  endpoint: string,
  {
    now = () => NOW,
    client = {},
    instances = [],
    around,
    observer,
    callTimeoutMs = 20_000,
  }: {
    now?: () => number;
    client?: ConnectClientConfig;
    instances?: readonly InstanceRegion[];
    around?: AroundCall;
    observer?: CallObserver | undefined;
    callTimeoutMs?: number;
  } = {},
): Promise<AwsConnect> {
  return openAwsConnect({
    region: 'us-east-1',
    endpoint,
    instances,
    chainTasks: CHAIN_TASKS,
    callTimeoutMs,
    now,
    observer,
    client: { credentials: CREDENTIALS, ...client },
    ...(around && { around }),
  });
}

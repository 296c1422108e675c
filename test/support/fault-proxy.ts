import {
  Agent,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a call on its way. `passed`: whether the service gets it all the same, and does what it asks. */
export type Fault =
  /** 429, as the service throttles. */
  | { readonly kind: 'throttle'; readonly retryAfterMs: number }
  /** It takes longer. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection is closed before the service gets the call. */
  | { readonly kind: 'drop' }
  /** No answer ever comes. */
  | { readonly kind: 'hang'; readonly passed: boolean }
  /** 500. */
  | { readonly kind: 'fail'; readonly passed: boolean }
  /** The service's answer breaks off in the middle of its body. */
  | { readonly kind: 'cut' };

/** A call that reached the proxy. */
export interface ProxiedCall {
  /** How many came before it. */
  readonly index: number;
  /** The API's name of it; of an operation that is not named here, method and path. */
  readonly operation: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What happens to each call; undefined: nothing. */
export type FaultPlan = (call: ProxiedCall) => Fault | undefined;

/** A proxy before the service, on a free port. */
export interface FaultProxy extends AsyncDisposable {
  readonly url: string;
  /** The calls so far, whatever happened to them. */
  readonly calls: readonly ProxiedCall[];
  /** May be exchanged at any time. */
  plan: FaultPlan;
  /** Stops to listen, and closes all connections. */
  goDown(): Promise<void>;
  /** It listens again, at the same address. */
  comeBack(): Promise<void>;
}

/** The service as it is. */
export const NO_FAULTS: FaultPlan = () => undefined;

/**
 * Faults by chance, the same for each call whenever the seed is the same.
 *
 * @param shares which part of all calls meets which fault: [0.1, { kind: 'drop' }]
 */
export function seededFaults(seed: number, shares: readonly (readonly [share: number, fault: Fault])[]): FaultPlan {
  return ({ index }) => {
    let chance = chanceOf(seed, index);
    for (const [share, fault] of shares) {
      if (chance < share) return fault;
      chance -= share;
    }
    return undefined;
  };
}

/**
 * Throttles, and lets what is left meet another plan.
 *
 * @param take takes a token for a call, and answers after how many milliseconds there is one; 0: there was
 */
export function throttledFaults(take: (call: ProxiedCall) => number, then: FaultPlan = NO_FAULTS): FaultPlan {
  return (call) => {
    const retryAfterMs = take(call);
    return retryAfterMs > 0 ? { kind: 'throttle', retryAfterMs } : then(call);
  };
}

/** Starts a proxy before a service. */
export async function startFaultProxy(service: string, plan: FaultPlan = NO_FAULTS): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const calls: ProxiedCall[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const call = {
      index: calls.length,
      operation: operationOf(incoming.method ?? '', incoming.url ?? ''),
      at: Date.now(),
    };
    calls.push(call);
    const fault = proxy.plan(call);
    const body = await bodyOf(incoming).catch(() => undefined);
    // The client is gone already.
    if (body === undefined) return;
    await meet(fault, incoming, outgoing, () => pass(service, agent, incoming, body));
  });
  const port = await listen(server, 0);
  const goDown = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${port}`,
    calls,
    plan,
    goDown,
    comeBack: () => listen(server, port).then(() => undefined),
    async [Symbol.asyncDispose]() {
      if (server.listening) await goDown();
      agent.destroy();
    },
  };
  return proxy;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function meet(
  fault: Fault | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  passOn: () => Promise<Answer>,
): Promise<void> {
  try {
    switch (fault?.kind) {
      case 'throttle':
        // As the service states it: whole seconds, at least one.
        refuse(outgoing, 429, 'ThrottlingException', { 'retry-after': String(Math.ceil(fault.retryAfterMs / 1000)) });
        return;
      case 'drop':
        incoming.socket.destroy();
        return;
      case 'hang':
        if (fault.passed) await passOn();
        return;
      case 'fail':
        if (fault.passed) await passOn();
        refuse(outgoing, 500, 'InternalServiceException');
        return;
      case 'cut': {
        const answer = await passOn();
        outgoing.writeHead(answer.status, headersOf(answer));
        outgoing.write(answer.body.subarray(0, answer.body.length / 2), () => incoming.socket.destroy());
        return;
      }
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        answerAs(outgoing, await passOn());
        return;
      case undefined:
        answerAs(outgoing, await passOn());
        return;
      default:
        fault satisfies never;
    }
  } catch {
    // The service itself is away.
    incoming.socket.destroy();
  }
}

function pass(service: string, agent: Agent, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, url = '/', headers } = incoming;
    const passed = request(new URL(url, service), { method, agent, headers }, (answer) => {
      bodyOf(answer).then(
        (reported) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: reported }),
        reject,
      );
    });
    passed.on('error', reject);
    passed.end(body);
  });
}

function refuse(outgoing: ServerResponse, status: number, type: string, headers: OutgoingHttpHeaders = {}): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type, ...headers });
  outgoing.end(JSON.stringify({ __type: type, Message: 'A fault of the proxy' }));
}

function answerAs(outgoing: ServerResponse, answer: Answer): void {
  outgoing.writeHead(answer.status, headersOf(answer));
  outgoing.end(answer.body);
}

function headersOf({ headers, body }: Answer): OutgoingHttpHeaders {
  const { 'transfer-encoding': _chunked, connection: _hop, ...others } = headers;
  return { ...others, 'content-length': body.length };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return (server.address() as AddressInfo).port;
}

const OPERATIONS: readonly (readonly [path: RegExp, operation: string])[] = [
  [/^PUT \/contact\/task$/, 'StartTaskContact'],
  [/^GET \/contact\/associated\//, 'ListAssociatedContacts'],
  [/^GET \/contacts\//, 'DescribeContact'],
];

function operationOf(method: string, url: string): string {
  const path = `${method} ${url.replace(/\?.*$/s, '')}`;
  return OPERATIONS.find(([form]) => form.test(path))?.[1] ?? path;
}

/** A number from 0 to 1 that follows from the seed and the place alone (mulberry32). */
function chanceOf(seed: number, place: number): number {
  let state = (Math.imul(seed, 0x9e3779b1) + Math.imul(place + 1, 0x6d2b79f5)) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}

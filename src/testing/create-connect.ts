import type { ConnectClient, ConnectClientConfig } from '@aws-sdk/client-connect';
import type { DocumentNode } from 'graphql';
import { pino } from 'pino';
import type { Gateway } from '../app/gateway.js';
import type { Connect as ConnectPort } from '../connect/connect.js';
import { withEachMethod } from '../connect/methods.js';
import { Faults } from '../controls/faults.js';
import type { Control, ControlRequest, ControlResult } from '../engine/decide/control-contact.js';
import type { Quotas } from '../engine/decide/state.js';
import { type MemorySnapshot, openMemoryConnect } from '../engine/open-memory.js';
import type { FeedChange, Resync } from '../feed/contact-feed.js';
import { toCursor } from '../feed/cursor.js';
import { LogFeed } from '../feed/log-feed.js';
import { throttled } from '../policies/around-port/throttle.js';
import { loadOptional } from '../util/optional-package.js';
import { createWireServer } from '../wire/server.js';
import { type Instant, TestClock } from './clock.js';
import { type GraphQl, openGraphql, textOf } from './graphql.js';

/** The sample instance, which every kit holds. */
const SAMPLE_INSTANCE_ID = '10000000-0000-4000-8000-000000000001';

/** Writes nothing; pino's own destination would add a listener to the process for each kit. */
const logger = pino({ level: 'silent' }, { write: () => {} });

/** Credentials for the endpoint, which accepts any. */
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Options of {@link createConnect}. */
export interface ConnectOptions {
  /** Resources beside the sample instance: the path of a seed file, or its content. Default: none. */
  readonly seed?: string | object;
  /** First instant of a clock that stands still until it is advanced. Default: the system's clock. */
  readonly now?: Instant;
  /** Whether calls beyond Amazon Connect's rates are throttled. Default: false. */
  readonly throttle?: boolean;
  /** Quotas of the instances. Default, for each: that of a new account. */
  readonly quotas?: Partial<Quotas>;
  /** The instance of requests that name none, and of `controls` and `events`. Default: the sample instance. */
  readonly instanceId?: string;
}

/** A contact for a control: its id, and a queue or user where the control takes one. */
type Controlled = Omit<ControlRequest, 'instanceId'>;

/** What flows and agents do to a task. Each returns the task's state afterwards. */
export interface Controls {
  /** Puts a task into a queue. Default: its own queue, else that of its quick connect, else the instance's first by id. */
  enqueue(request: Controlled): Promise<ControlResult>;
  /** Connects a task to an agent. Default: its own agent, else that of its quick connect, else the instance's first by id. */
  connect(request: Controlled): Promise<ControlResult>;
  /** Ends a connected task. */
  complete(request: Controlled): Promise<ControlResult>;
  /** Ends the after-contact work of a task. */
  endAfterContactWork(request: Controlled): Promise<ControlResult>;
  /** Connects the next task of a queue to an agent. Undefined if none waits. */
  next(request: { readonly queueId: string; readonly userId?: string }): Promise<ControlResult | undefined>;
}

/** All data of a kit at one instant. */
export interface Snapshot {
  readonly rows: MemorySnapshot;
}

/** Amazon Connect's tasks in the memory of this process. */
export interface Connect extends AsyncDisposable {
  /** Endpoint for any AWS SDK and the AWS CLI, such as http://127.0.0.1:38125. */
  readonly endpoint: string;
  /** Credentials for that endpoint, which accepts any. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly instanceId: string;
  /** Returns a client of the AWS SDK, which must be installed. The kit destroys it at its end. */
  client(config?: ConnectClientConfig): Promise<ConnectClient>;
  /** Executes a GraphQL request. The first one loads the gateway. */
  readonly graphql: GraphQl;
  readonly clock: TestClock;
  /** Plans faults for the next calls of an operation, through the endpoint and `graphql`. */
  readonly faults: Pick<Faults, 'next' | 'clear'>;
  readonly controls: Controls;
  /** The changes of contacts since the kit was created or reset, in their order. It ends with the kit and at a reset. */
  readonly events: AsyncIterable<FeedChange | Resync>;
  /** Restores the data, the clock and the rates of the beginning, and removes planned faults. */
  reset(): Promise<void>;
  /** Copies all data. */
  snapshot(): Promise<Snapshot>;
  /** Restores the data of a snapshot of this kit. The clock stays. */
  restore(snapshot: Snapshot): Promise<void>;
  close(): Promise<void>;
}

/**
 * Creates an Amazon Connect for a test: in memory, on a free port, with the sample instance. Many can run at once.
 *
 * @example
 * await using connect = await createConnect({ now: '2026-06-01T12:00:00Z' });
 * const { data } = await connect.graphql(`mutation {
 *   createTaskContact(input: { name: "Call Ana back", flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" } }) {
 *     contact { id state }
 *   }
 * }`);
 * console.log(data.createTaskContact.contact.state); // INITIATED
 *
 * @throws SeedError if the seed is invalid
 */
export async function createConnect(options: ConnectOptions = {}): Promise<Connect> {
  const { instanceId = SAMPLE_INSTANCE_ID, quotas, seed, throttle = false } = options;
  const clock: TestClock = new TestClock(options.now, () => engine.changes.look());
  const memory = await openMemoryConnect({ now: clock.now, quotas, seed });
  const { engine } = memory;
  const faults = new Faults();
  const makePort = (): ConnectPort => {
    const instanceArn = (id: string) => engine.instanceArn(id);
    return faults.around(throttle ? throttled(engine, { instanceArn, now: clock.now }) : engine);
  };
  let port = makePort();
  // A reset renews the buckets of the throttle. Callers hold a port whose inner one changes.
  const connect = withEachMethod(
    engine,
    (_method, _facts, name) => (request, call) => port[name](request as never, call) as never,
  );
  const server = await createWireServer({ connect, logger });
  const endpoint = await server.listen({ host: '127.0.0.1', port: 0 });
  const clients: ConnectClient[] = [];
  const beginStream = async () => {
    const { newest: id } = await engine.changes.bounds(instanceId);
    const after = toCursor({ log: await engine.changes.name(), instanceId, id });
    return { feed: new LogFeed(engine.changes), ended: new AbortController(), after };
  };
  let stream = await beginStream();
  const endStream = () => {
    stream.ended.abort();
    stream.feed.close();
  };
  const first = await memory.snapshot();
  const replace = async (rows: MemorySnapshot) => {
    endStream();
    await memory.restore(rows);
    stream = await beginStream();
  };
  let gateway: Promise<Gateway> | undefined;
  const gatewayOf = () => {
    const ahead = quotas?.scheduleAheadDays;
    const settings = {
      CONNECT_INSTANCE_ID: instanceId,
      ...(ahead !== undefined && { CONNECT_QUOTAS: `ScheduleAheadDays=${ahead}` }),
    };
    gateway ??= openGraphql(settings, { opened: { connect, changes: engine.changes }, now: clock.now, logger });
    return gateway;
  };
  const close = async () => {
    endStream();
    for (const client of clients) client.destroy();
    server.server.closeAllConnections();
    await server.close();
    await (await gateway)?.close();
    await engine.close();
  };
  const control = (name: Control) => (request: Controlled) => engine.control(name, { instanceId, ...request });
  return {
    endpoint,
    credentials: CREDENTIALS,
    region: 'us-east-1',
    instanceId,
    clock,
    faults,
    controls: {
      enqueue: control('enqueue'),
      connect: control('connect'),
      complete: control('complete'),
      endAfterContactWork: control('endAfterContactWork'),
      next: (request) => engine.takeNext({ instanceId, ...request }),
    },
    async client(config = {}) {
      const sdk = await loadOptional('client()', () => import('@aws-sdk/client-connect'));
      const client = new sdk.ConnectClient({ endpoint, region: 'us-east-1', credentials: CREDENTIALS, ...config });
      clients.push(client);
      return client;
    },
    graphql: (async (document: string | DocumentNode, variables: object = {}) =>
      (await gatewayOf()).execute({ query: await textOf(document), variables })) as GraphQl,
    events: {
      async *[Symbol.asyncIterator]() {
        const { feed, ended, after } = stream;
        yield* await feed.changes({ instanceId, filter: { by: 'all' }, after, signal: ended.signal });
      },
    },
    async reset() {
      faults.clear();
      clock.reset();
      port = makePort();
      await replace(first);
    },
    snapshot: async () => ({ rows: await memory.snapshot() }),
    restore: ({ rows }) => replace(rows),
    close,
    [Symbol.asyncDispose]: close,
  };
}

import { ConnectClient, type ConnectClientConfig } from '@aws-sdk/client-connect';
import type { AroundCall, CallObserver } from '../connect/api-call.js';
import { AwsConnect } from './aws-connect.js';
import { Service } from './service.js';
import { Clients, type InstanceRegion, sendTraceContext } from './transport/clients.js';
import { FastClient } from './transport/fast-client.js';
import { UndiciHandler } from './transport/undici-handler.js';

/** How Amazon Connect is reached. */
export interface OpenAwsConnectOptions {
  /** Where the instances are, the one first that is meant where none is named. Omitted: all are in `region`. */
  readonly instances?: readonly InstanceRegion[];
  /** The region of those that name none. Omitted: from the SDK's own chain, which ends with the profile. */
  readonly region?: string | undefined;
  /** Another address than the service's own. Omitted: from the SDK's own chain. */
  readonly endpoint?: string | undefined;
  /** Linked tasks that a chain may have. */
  readonly chainTasks: number;
  /** Milliseconds since the epoch. Omitted: the system's clock. */
  readonly now?: () => number;
  /** How long an answer may take, in milliseconds. The SDK would wait for ever. */
  readonly callTimeoutMs: number;
  /** What stands before each call on the API. Omitted: it is sent as it is, once. */
  readonly around?: AroundCall;
  /** Who watches the calls. Omitted: nobody. */
  readonly observer?: CallObserver | undefined;
  /** What else a test sets. */
  readonly client?: ConnectClientConfig;
}

/** How long connecting may take, in milliseconds. The SDK's own bound within a region is 1,100. */
const CONNECTION_TIMEOUT_MS = 3_000;

/** Connections at once: as many as all bulkheads of the policies let through, so that none waits here for another group. */
const MAX_CONNECTIONS = 4_000;

/**
 * Opens the adapter; no call is made yet.
 *
 * The SDK's own retries are off, so that they do not multiply with those of the policies, which count each call. Creations
 * always carry a client token, which a retry repeats, so that none is made twice.
 *
 * @throws an Error with a message for whoever starts the program: no region is set
 */
export async function openAwsConnect(options: OpenAwsConnectOptions): Promise<AwsConnect> {
  const { endpoint, chainTasks, callTimeoutMs, instances = [], now = Date.now, observer } = options;
  const clients = new Clients((region = options.region) => {
    const client = new ConnectClient({
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
      requestHandler: new UndiciHandler({
        connectionTimeoutMs: CONNECTION_TIMEOUT_MS,
        requestTimeoutMs: callTimeoutMs,
        maxConnections: MAX_CONNECTIONS,
      }),
      maxAttempts: 1,
      ...options.client,
    });
    if (observer) sendTraceContext(client, () => observer.traceHeaders());
    return new FastClient(client, observer && (() => observer.traceHeaders()));
  }, instances);
  try {
    const regionless = instances.find(({ region }) => region === undefined);
    if (instances.length === 0 || regionless !== undefined) await clients.of(regionless?.id).config.region();
  } catch (error) {
    clients.destroy();
    throw new Error(
      'AWS_REGION: CONNECT_ADAPTER=aws needs the region of your instance: set AWS_REGION, name it in your AWS profile, or with each instance in CONNECT_INSTANCES.',
      { cause: error },
    );
  }
  return new AwsConnect({ service: new Service(clients, options.around, observer), now, chainTasks });
}

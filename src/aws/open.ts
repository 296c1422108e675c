import { ConnectClient, type ConnectClientConfig } from '@aws-sdk/client-connect';
import type { AroundCall, CallObserver } from '../connect/api-call.js';
import { AwsConnect } from './aws-connect.js';
import { Service } from './service.js';
import { Clients, type InstanceRegion, sendTraceContext } from './transport/clients.js';
import { FastClient } from './transport/fast-client.js';
import { UndiciHandler } from './transport/undici-handler.js';

/** Options of the adapter to Amazon Connect. */
export interface OpenAwsConnectOptions {
  /** The instances with their regions; the first is the default instance. Default: all instances are in `region`. */
  readonly instances?: readonly InstanceRegion[];
  /**
   * The region of instances without one of their own. Default: the SDK's provider chain, which ends with the profile.
   */
  readonly region?: string | undefined;
  /** An endpoint that replaces the service's own. Default: the SDK's provider chain. */
  readonly endpoint?: string | undefined;
  /** Maximum number of linked tasks in a chain. */
  readonly chainTasks: number;
  /** The clock, in milliseconds since the epoch. Default: the system's clock. */
  readonly now?: () => number;
  /** Timeout of a call, in milliseconds. The SDK itself has none. */
  readonly callTimeoutMs: number;
  /** Middleware around each call. Default: each call is sent once, unchanged. */
  readonly around?: AroundCall;
  /** Receives the calls. Default: none. */
  readonly observer?: CallObserver | undefined;
  /** Further options of the SDK's client, for tests. */
  readonly client?: ConnectClientConfig;
}

/** Timeout of connecting, in milliseconds. The SDK's own within a region is 1,100. */
const CONNECTION_TIMEOUT_MS = 3_000;

/**
 * Maximum number of connections: the sum of all bulkheads of the policies, so no group waits for another's connections.
 */
const MAX_CONNECTIONS = 4_000;

/**
 * Opens the adapter, without a call.
 *
 * The SDK's own retries are off, because they would multiply with those of the policies, which count each call.
 * Creations always carry a client token, which a retry repeats, so none is executed twice.
 *
 * @throws an Error with a message for operators if no region is set
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
      'AWS_REGION: CONNECT_ADAPTER=aws needs the region of your instance, but none is set. Set AWS_REGION, or state the region in your AWS profile or with each instance in CONNECT_INSTANCES.',
      { cause: error },
    );
  }
  return new AwsConnect({ service: new Service(clients, options.around, observer), now, chainTasks });
}

import type { ConnectClient } from '@aws-sdk/client-connect';
import type { HttpRequest } from '@smithy/types';

/** The part of a client that calls use: the SDK has it, and so has the fast path of fast-client.ts. */
export type AnyClient = Pick<ConnectClient, 'send' | 'config' | 'destroy'>;

/** An instance with its region. */
export interface InstanceRegion {
  readonly id: string;
  /** Default: the region of the SDK's configuration. */
  readonly region?: string;
}

/** The clients of the SDK: one for each region, created for the first call to it. */
export class Clients {
  readonly #created = new Map<string | undefined, AnyClient>();
  readonly #create: (region: string | undefined) => AnyClient;
  readonly #regions: ReadonlyMap<string, string | undefined>;
  readonly #home: string | undefined;

  /**
   * @param make creates the client of a region; undefined is the region of the SDK's configuration
   * @param instances the instances with their regions. Calls without an instance go to the first one's region
   */
  constructor(make: (region: string | undefined) => AnyClient, instances: readonly InstanceRegion[] = []) {
    this.#create = make;
    this.#regions = new Map(instances.map(({ id, region }) => [id, region]));
    this.#home = instances[0]?.id;
  }

  /** Returns the client of an instance's region. An ARN contains its region. */
  of(instanceId = this.#home): AnyClient {
    const region = instanceId?.startsWith('arn:') ? instanceId.split(':')[3] : this.#regions.get(instanceId ?? '');
    const client = this.#created.get(region) ?? this.#create(region);
    this.#created.set(region, client);
    return client;
  }

  /** Closes all connections. */
  destroy(): void {
    for (const client of this.#created.values()) client.destroy();
  }
}

/**
 * Sends the trace context with each call of a client. The headers are added before the request is signed.
 *
 * @param traceHeaders returns the headers of the current call: `traceparent`, or none
 */
export function sendTraceContext(client: ConnectClient, traceHeaders: () => Readonly<Record<string, string>>): void {
  client.middlewareStack.add(
    (next) => (call) => {
      const { request } = call as { readonly request?: HttpRequest };
      if (request) Object.assign(request.headers, traceHeaders());
      return next(call);
    },
    { step: 'build', name: 'traceContext' },
  );
}

import type { ConnectClient } from '@aws-sdk/client-connect';
import type { HttpRequest } from '@smithy/types';

/** The part of a client that calls use: the SDK has it, and so has the fast path of fast-client.ts. */
export type AnyClient = Pick<ConnectClient, 'send' | 'config' | 'destroy'>;

/** An instance, and where it is. */
export interface InstanceRegion {
  readonly id: string;
  /** Omitted: the region that is meant where none is named. */
  readonly region?: string;
}

/** The clients of the SDK: one for each region, made when the first call goes there. */
export class Clients {
  readonly #made = new Map<string | undefined, AnyClient>();
  readonly #make: (region: string | undefined) => AnyClient;
  readonly #regions: ReadonlyMap<string, string | undefined>;
  readonly #home: string | undefined;

  /**
   * @param make makes the client of a region; undefined: of the one that is meant where none is named
   * @param instances where the instances are; the first is asked what names none
   */
  constructor(make: (region: string | undefined) => AnyClient, instances: readonly InstanceRegion[] = []) {
    this.#make = make;
    this.#regions = new Map(instances.map(({ id, region }) => [id, region]));
    this.#home = instances[0]?.id;
  }

  /** The client of the region that an instance is in. An ARN says it itself. */
  of(instanceId = this.#home): AnyClient {
    const region = instanceId?.startsWith('arn:') ? instanceId.split(':')[3] : this.#regions.get(instanceId ?? '');
    const client = this.#made.get(region) ?? this.#make(region);
    this.#made.set(region, client);
    return client;
  }

  /** Lets go of all connections. */
  destroy(): void {
    for (const client of this.#made.values()) client.destroy();
  }
}

/**
 * Sends the trace context with each call of a client. The headers are added before the request is signed.
 *
 * @param traceHeaders returns the headers of the call at hand: `traceparent`, or none
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

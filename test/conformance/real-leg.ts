import { ConnectClient, type ConnectClientConfig } from '@aws-sdk/client-connect';
import { AwsConnect } from '../../src/aws/aws-connect.js';
import { Clients } from '../../src/aws/transport/clients.js';
import { withoutPointlessRetries } from './retries.js';
import { Service } from '../../src/aws/service.js';
import { CHAIN_TASKS } from '../../src/connect/limits.js';
import { Cleanup } from './cleanup.js';
import type { Leg } from './describe-conformance.js';
import type { Fixtures } from './fixtures.js';
import { isLocalEndpoint, pace } from './pace.js';

/** How often a call is tried that the service refuses to serve for the moment: others may use up the account's rates. */
const ATTEMPTS = 5;

/**
 * A real instance, through the adapter; region, credentials and endpoint come from the SDK's own chain. What a rule made
 * is stopped after it.
 */
export function realLeg(fixtures: Fixtures, config: ConnectClientConfig = {}): Leg {
  return {
    fixtures,
    can: [],
    shouldsAreOpen: true,
    async open() {
      const client = new ConnectClient({ maxAttempts: ATTEMPTS, ...config });
      if (!isLocalEndpoint(process.env)) pace(client);
      const connect = new AwsConnect({
        service: new Service(new Clients(() => withoutPointlessRetries(client))),
        now: Date.now,
        chainTasks: CHAIN_TASKS,
      });
      const cleanup = new Cleanup(connect, fixtures.instanceId);
      return {
        ports: [cleanup.port],
        tidy: () => cleanup.tidy(),
        close: async () => {
          try {
            await cleanup.tidy();
          } finally {
            await connect.close();
          }
        },
      };
    },
  };
}

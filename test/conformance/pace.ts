import { setTimeout } from 'node:timers/promises';
import type { ConnectClient } from '@aws-sdk/client-connect';
import { isLoopback } from '../../src/loopback.js';
import { RATES } from '../../src/connect/rates.js';
import { type Bucket, takeTokens } from '../../src/connect/token-bucket.js';

/** Lets a client call each operation as often as the API allows, so that rules are not refused for their haste. */
export function pace(client: ConnectClient): void {
  const buckets = new Map<string, Bucket>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const rate = Reflect.get(RATES, commandName.replace(/Command$/, '')) as (typeof RATES)['ListInstances'];
        for (;;) {
          const { bucket, tokens, retryAfterMs } = takeTokens(buckets.get(commandName), rate, 1, Date.now());
          buckets.set(commandName, bucket);
          if (tokens === 1) return next(args);
          await setTimeout(retryAfterMs);
        }
      },
    // Within the SDK's retries: each attempt counts.
    { step: 'deserialize', priority: 'high' },
  );
}

/** Whether calls go to this machine, which has no rates to keep. */
export function isLocalEndpoint({
  AWS_ENDPOINT_URL_CONNECT: own,
  AWS_ENDPOINT_URL: common,
}: NodeJS.ProcessEnv): boolean {
  const endpoint = own ?? common;
  return endpoint !== undefined && URL.canParse(endpoint) && isLoopback(new URL(endpoint).hostname);
}

import { setTimeout } from 'node:timers/promises';
import type { ConnectClient } from '@aws-sdk/client-connect';
import { isLoopback } from '../../src/util/loopback.js';
import { RATES, type Rate } from '../../src/connect/rates.js';
import { type Bucket, takeTokens } from '../../src/connect/token-bucket.js';

/** The time that a pace is measured by. */
export interface Pacer {
  /** Milliseconds since the epoch. */
  now(): number;
  wait(ms: number): Promise<unknown>;
}

const BY_THE_SYSTEM: Pacer = { now: Date.now, wait: (ms) => setTimeout(ms) };

/** Lets a client call each operation as often as the API allows, so that rules are not refused for their haste. */
export function pace(client: ConnectClient, { now, wait }: Pacer = BY_THE_SYSTEM): void {
  const buckets = new Map<string, Bucket>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, '');
        const rate = (RATES as Readonly<Record<string, Rate>>)[operation];
        if (rate === undefined) return next(args);
        for (;;) {
          const { bucket, tokens, retryAfterMs } = takeTokens(buckets.get(commandName), rate, 1, now());
          buckets.set(commandName, bucket);
          if (tokens === 1) return next(args);
          await wait(retryAfterMs);
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

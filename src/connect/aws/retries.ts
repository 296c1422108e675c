import type { ConnectClient } from '@aws-sdk/client-connect';

/**
 * What the SDK takes for throttling by its status, and tries again in vain: a limit that waiting does not lift (PauseContact:
 * a contact may be paused 10 times).
 */
const POINTLESS = 'LimitExceededException';

/** Keeps a client's own way of trying again, but for what it would try in vain. */
export function withoutPointlessRetries(client: ConnectClient): ConnectClient {
  const { config } = client;
  const usual = config.retryStrategy;
  config.retryStrategy = async () => {
    const strategy = await usual();
    if (!('refreshRetryTokenForRetry' in strategy)) return strategy;
    return {
      acquireInitialRetryToken: (scope) => strategy.acquireInitialRetryToken(scope),
      recordSuccess: (token) => strategy.recordSuccess(token),
      // Thrown here, it ends the attempts with the answer as it came.
      refreshRetryTokenForRetry: async (token, info) => {
        if (info.error instanceof Error && info.error.name === POINTLESS) throw info.error;
        return strategy.refreshRetryTokenForRetry(token, info);
      },
    };
  };
  return client;
}

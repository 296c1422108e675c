import { createClient } from 'graphql-sse';
import { resultOf } from './response.js';

/**
 * Opens a subscription as server-sent events.
 *
 * @param {string} url
 * @param {object} operation
 * @param {Headers} headers
 * @param {(result: object) => void} [onResult] receives each result too
 * @returns {{ subscribe(observer: { next(result: object): void, error(error: Error): void, complete(): void }):
 *   { unsubscribe(): void } }} sends the request when subscribed; a refusal arrives as the only result
 */
export function openStream(url, operation, headers, onResult = () => {}) {
  return {
    subscribe(observer) {
      let refusal;
      const client = createClient({
        url,
        headers: Object.fromEntries(headers),
        // A second request would begin without the cursor, and so leave a gap.
        retryAttempts: 0,
        async fetchFn(target, request) {
          const response = await fetch(target, request);
          if (response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
          refusal = await resultOf(response);
          throw new Error('The gateway refused the subscription.');
        },
      });
      const unsubscribe = client.subscribe(operation, {
        next(result) {
          onResult(result);
          observer.next(result);
        },
        complete: observer.complete,
        error(error) {
          if (!refusal) return observer.error(error);
          observer.next(refusal);
          observer.complete();
        },
      });
      return { unsubscribe };
    },
  };
}

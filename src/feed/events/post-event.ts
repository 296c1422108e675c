import type { ContactEvent } from './write-event.js';

/** The header that carries the key of POST /events/connect. */
export const KEY_HEADER = 'x-api-key';

/** Time for one event, in milliseconds: EventBridge gives its API destinations 5 seconds. */
const TIMEOUT_MS = 5_000;

/**
 * Returns a function that sends an event to a URL, as an API destination of EventBridge does.
 *
 * @param key value of the header x-api-key. Default: the header is left out
 */
export function postEvents(url: string, key: string | undefined) {
  return async (event: ContactEvent, signal: AbortSignal): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...(key !== undefined && { [KEY_HEADER]: key }) },
      body: JSON.stringify(event),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The target answered with status ${response.status}`);
  };
}

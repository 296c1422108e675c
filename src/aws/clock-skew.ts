import type { AnyClient } from './transport/clients.js';

/** Names of errors that are about the time of a signature, beside those with status 401 and 403. */
const ABOUT_TIME: ReadonlySet<unknown> = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);

/**
 * Minimum clock skew that explains a refusal, in milliseconds. The service accepts signatures up to 5 minutes old; the
 * SDK uses 4 minutes too.
 */
const SKEW_MS = 4 * 60_000;

/** The parts of an SDK's error that show a wrong clock. */
interface SignedCallError {
  readonly name?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
}

/**
 * Corrects a client's clock by the response that refused a signature, if the two differ. The next attempt is then
 * signed with the time of the service.
 *
 * @param signedWith the offset that the call was signed with, in milliseconds. Another call may have corrected it since
 * @returns whether the clock was wrong, so that a repeat may succeed
 */
export function correctClock(error: unknown, { config }: Pick<AnyClient, 'config'>, signedWith: number): boolean {
  const { name, $metadata, $response } = (error ?? {}) as SignedCallError;
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  if (status !== 401 && status !== 403 && !ABOUT_TIME.has(name)) return false;
  const offset = Date.parse($response?.headers?.date ?? '') - Date.now();
  if (Number.isNaN(offset) || Math.abs(offset - signedWith) < SKEW_MS) return false;
  config.systemClockOffset = offset;
  return true;
}

import { setTimeout as delay } from 'node:timers/promises';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';

/** Where a router wants the results of a subscription. */
export interface Callback {
  readonly callbackUrl: string;
  readonly subscriptionId: string;
  /** Proves to the router that a message is of this subscription. */
  readonly verifier: string;
  /** 0: no heartbeats. */
  readonly heartbeatIntervalMs: number;
}

/** What a request says where a callback cannot be read. */
export interface BadCallback {
  readonly problem: string;
}

/** Maximum length of a member of a callback, in characters. */
const MAX_LENGTH = 2_000;

/** The shortest time between heartbeats, in milliseconds: a router must not make the gateway busy. */
const MIN_HEARTBEAT_MS = 1_000;

/** The default of the protocol, in milliseconds. */
const HEARTBEAT_MS = 5_000;

/**
 * Reads the callback that a request names in `extensions.subscription`.
 *
 * Source: https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/callback-protocol
 *
 * @param body the parsed JSON of a request
 * @returns undefined if the request names none
 */
export function readCallback(body: unknown): Callback | BadCallback | undefined {
  const extension = (body as { extensions?: { subscription?: unknown } | null } | null)?.extensions?.subscription;
  if (typeof extension !== 'object' || extension === null) return undefined;
  const {
    callbackUrl,
    subscriptionId,
    verifier,
    heartbeatIntervalMs = HEARTBEAT_MS,
  } = extension as Record<string, unknown>;
  for (const [name, value] of Object.entries({ callbackUrl, subscriptionId, verifier })) {
    if (typeof value !== 'string' || value === '' || value.length > MAX_LENGTH) {
      return { problem: `extensions.subscription.${name} is not a text of 1 to ${MAX_LENGTH} characters.` };
    }
  }
  if (typeof heartbeatIntervalMs !== 'number' || !(heartbeatIntervalMs >= 0)) {
    return { problem: 'extensions.subscription.heartbeatIntervalMs is not a number of milliseconds.' };
  }
  return {
    callbackUrl: callbackUrl as string,
    subscriptionId: subscriptionId as string,
    verifier: verifier as string,
    heartbeatIntervalMs: heartbeatIntervalMs === 0 ? 0 : Math.max(MIN_HEARTBEAT_MS, heartbeatIntervalMs),
  };
}

/** Whether a callback goes to one of the origins that the operator lists: a server must not call what a client names otherwise. */
export function isAllowed({ callbackUrl }: Callback, origins: readonly string[]): boolean {
  const url = URL.parse(callbackUrl);
  return url !== null && url.username === '' && url.password === '' && origins.includes(url.origin);
}

/** Attempts of one message, and the pauses between them in milliseconds. */
const PAUSES_MS = [100, 300, 1_000, 3_000];

/** Time for one attempt, in milliseconds. */
const TIMEOUT_MS = 5_000;

/** Heartbeats in a row that may fail before the subscription ends, as in Apollo Server. */
const MAX_FAILED_HEARTBEATS = 5;

type Message =
  | { readonly action: 'check' }
  | { readonly action: 'next'; readonly payload: FormattedExecutionResult }
  | { readonly action: 'complete'; readonly errors?: readonly GraphQLFormattedError[] | undefined };

/** Sends the results of a subscription to a router, message by message. */
export class CallbackSender {
  readonly #callback: Callback;
  readonly #ended: AbortSignal;
  readonly #end: () => void;

  /**
   * @param ended fires when the subscription has ended
   * @param end ends the subscription
   */
  constructor(callback: Callback, ended: AbortSignal, end: () => void) {
    this.#callback = callback;
    this.#ended = ended;
    this.#end = end;
  }

  /** Asks the router whether it knows the subscription. */
  async check(): Promise<boolean> {
    return (await this.#post({ action: 'check' })) === 'taken';
  }

  /** Sends results until they end, the router no longer takes them, or the subscription ends. */
  async send(results: AsyncIterable<FormattedExecutionResult>): Promise<void> {
    const heartbeat = this.#beat();
    try {
      for await (const payload of results) {
        if (this.#ended.aborted) return;
        if ((await this.#sendAgain({ action: 'next', payload })) !== 'taken') return this.#end();
      }
      if (!this.#ended.aborted) await this.complete();
    } finally {
      clearInterval(heartbeat);
    }
  }

  /**
   * Ends the subscription at the router.
   *
   * @param errors why it ends. Default: there is no more
   */
  async complete(errors?: readonly GraphQLFormattedError[]): Promise<void> {
    await this.#sendAgain({ action: 'complete', ...(errors && { errors }) });
    this.#end();
  }

  #beat(): NodeJS.Timeout | undefined {
    const { heartbeatIntervalMs } = this.#callback;
    if (heartbeatIntervalMs === 0) return undefined;
    let failed = 0;
    const timer = setInterval(async () => {
      if (this.#ended.aborted) return clearInterval(timer);
      const answer = await this.#post({ action: 'check' });
      failed = answer === 'failed' ? failed + 1 : 0;
      if (answer === 'refused' || failed === MAX_FAILED_HEARTBEATS) this.#end();
    }, heartbeatIntervalMs);
    return timer.unref();
  }

  /** Repeats a message that failed, since the router may be busy. */
  async #sendAgain(message: Message): Promise<'taken' | 'refused' | 'failed'> {
    for (const pause of PAUSES_MS) {
      const answer = await this.#post(message);
      if (answer !== 'failed') return answer;
      await delay(pause, undefined, { ref: false });
      if (this.#ended.aborted) return 'refused';
    }
    return this.#post(message);
  }

  async #post(message: Message): Promise<'taken' | 'refused' | 'failed'> {
    const { callbackUrl, subscriptionId: id, verifier } = this.#callback;
    try {
      const response = await fetch(callbackUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'subscription-protocol': 'callback/1.0' },
        body: JSON.stringify({ kind: 'subscription', id, verifier, ...message }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (response.ok) return 'taken';
      return response.status >= 500 ? 'failed' : 'refused';
    } catch {
      return 'failed';
    }
  }
}

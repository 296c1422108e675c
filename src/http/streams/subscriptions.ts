import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { Identity } from '../../graphql/identity.js';
import type { CallbackSender } from './callback.js';
import { StreamBody } from './stream-body.js';
import type { StreamFormat } from './stream-format.js';

/** The number of streams at once. */
export interface StreamLimits {
  readonly subscriptions: number;
  /** Of one caller. */
  readonly subscriptionsPerCaller: number;
}

/** Longest time that a timer can wait, in milliseconds. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The open streams of all subscriptions. */
export class Subscriptions {
  readonly #limits: StreamLimits;
  readonly #now: () => number;
  /** The ends of the open streams. */
  readonly #open = new Set<OpenStream>();
  readonly #callers = new Map<string, number>();
  #count = 0;

  /** @param now the clock of tokens, in milliseconds since the epoch */
  constructor(app: FastifyInstance, limits: StreamLimits, now: () => number = Date.now) {
    this.#limits = limits;
    this.#now = now;
    app.addHook('preClose', async () => {
      // A client continues at another gateway, by its cursor.
      await Promise.all([...this.#open].map((stream) => stream.complete()));
    });
  }

  /** How many streams are open. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes a place for one more stream of a caller, until that ends.
   *
   * @returns whether there was a place
   */
  admit(caller: string, ended: AbortSignal): boolean {
    const { subscriptions, subscriptionsPerCaller } = this.#limits;
    const ofCaller = this.#callers.get(caller) ?? 0;
    if (this.#count >= subscriptions || ofCaller >= subscriptionsPerCaller) return false;
    this.#count += 1;
    this.#callers.set(caller, ofCaller + 1);
    ended.addEventListener('abort', () => this.#leave(caller), { once: true });
    return true;
  }

  /** Sends results as a stream, until they end, the client hangs up, or the caller's token expires. */
  send(
    reply: FastifyReply,
    format: StreamFormat,
    results: AsyncIterable<FormattedExecutionResult>,
    { identity, ended, expired }: StreamOwner,
  ): StreamBody {
    const stream = new StreamBody(format, results);
    this.#add({ complete: () => stream.complete() }, identity, ended, () => stream.complete(expired()));
    // Some proxies gather a response before they pass it on.
    reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type(format.contentType);
    return stream;
  }

  /** Ends a subscription whose results go to a router's callback when the gateway ends, or the caller's token expires. */
  follow(sender: CallbackSender, { identity, ended, expired }: StreamOwner): void {
    this.#add({ complete: () => sender.complete() }, identity, ended, () => void sender.complete(expired().errors));
  }

  #add(open: OpenStream, identity: Identity | undefined, ended: AbortSignal, onExpiry: () => void): void {
    // The client may have hung up while the subscription began: such a signal does not fire again.
    if (ended.aborted) return;
    this.#open.add(open);
    const expiry = this.#atExpiry(identity, onExpiry);
    const remove = () => {
      clearTimeout(expiry);
      this.#open.delete(open);
    };
    ended.addEventListener('abort', remove, { once: true });
  }

  #leave(caller: string): void {
    this.#count -= 1;
    const left = (this.#callers.get(caller) ?? 1) - 1;
    if (left > 0) this.#callers.set(caller, left);
    else this.#callers.delete(caller);
  }

  #atExpiry(identity: Identity | undefined, end: () => void): NodeJS.Timeout | undefined {
    if (identity?.expiresAt === undefined) return undefined;
    const delay = Math.max(0, identity.expiresAt - this.#now());
    return setTimeout(end, Math.min(delay, MAX_DELAY_MS)).unref();
  }
}

/** A stream that can be ended. */
interface OpenStream {
  complete(): void | Promise<void>;
}

/** Whom a stream belongs to. */
export interface StreamOwner {
  readonly identity: Identity | undefined;
  /** Fires when the stream has ended. */
  readonly ended: AbortSignal;
  /** Makes the last result of a stream whose token has expired. */
  readonly expired: () => FormattedExecutionResult;
}

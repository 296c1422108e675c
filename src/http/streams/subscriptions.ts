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
    return this.#open.size;
  }

  /** Whether a caller may open one more stream. */
  admits(caller: string): boolean {
    const { subscriptions, subscriptionsPerCaller } = this.#limits;
    return this.#open.size < subscriptions && (this.#callers.get(caller) ?? 0) < subscriptionsPerCaller;
  }

  /** Sends results as a stream, until they end, the client hangs up, or the caller's token expires. */
  send(
    reply: FastifyReply,
    format: StreamFormat,
    results: AsyncIterable<FormattedExecutionResult>,
    { caller, identity, expired }: StreamOwner,
  ): StreamBody {
    const stream = new StreamBody(format, results);
    const close = this.#add({ complete: () => stream.complete() }, caller, identity, () => stream.complete(expired()));
    stream.once('close', close);
    // Some proxies gather a response before they pass it on.
    reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type(format.contentType);
    return stream;
  }

  /** Counts a subscription whose results go to a router's callback, until it ends. */
  follow(sender: CallbackSender, ended: AbortSignal, { caller, identity, expired }: StreamOwner): void {
    const open = { complete: () => sender.complete() };
    const close = this.#add(open, caller, identity, () => void sender.complete(expired().errors));
    ended.addEventListener('abort', close, { once: true });
  }

  /** @returns ends the count of the stream */
  #add(open: OpenStream, caller: string, identity: Identity | undefined, onExpiry: () => void): () => void {
    this.#open.add(open);
    this.#callers.set(caller, (this.#callers.get(caller) ?? 0) + 1);
    const expiry = this.#atExpiry(identity, onExpiry);
    return () => {
      clearTimeout(expiry);
      this.#open.delete(open);
      const left = (this.#callers.get(caller) ?? 1) - 1;
      if (left > 0) this.#callers.set(caller, left);
      else this.#callers.delete(caller);
    };
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
  /** Key of the caller. */
  readonly caller: string;
  readonly identity: Identity | undefined;
  /** Makes the last result of a stream whose token has expired. */
  readonly expired: () => FormattedExecutionResult;
}

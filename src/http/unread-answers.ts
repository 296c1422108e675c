import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Maximum bytes of answers that wait until their clients read them. */
export interface UnreadLimits {
  readonly unreadBytes: number;
  /** Of one caller. */
  readonly unreadBytesPerCaller: number;
  /** Of one connection. */
  readonly unreadBytesPerConnection: number;
}

/** Smallest answer that is counted, in bytes. Of smaller ones Node keeps few, because it reads no further requests then. */
const COUNTED_FROM = 16_384;

/** Counts the bytes of large answers until their clients have read them. */
export class UnreadAnswers {
  readonly #limits: UnreadLimits;
  readonly #connections = new Map<Socket | null, number>();
  readonly #callers = new Map<string, number>();
  #all = 0;

  constructor(limits: UnreadLimits) {
    this.#limits = limits;
  }

  /**
   * Counts an answer until its client has read it, or has disconnected.
   *
   * @returns false if the answer must not be sent, because too many bytes wait. An answer always fits if no other one waits
   */
  add(caller: string, response: ServerResponse, text: string): boolean {
    if (text.length < COUNTED_FROM) return true;
    const { socket, destroyed } = response;
    // Its client has disconnected, so that nothing is sent.
    if (destroyed) return true;
    const bytes = Buffer.byteLength(text);
    const { unreadBytes, unreadBytesPerCaller, unreadBytesPerConnection } = this.#limits;
    const fits =
      isWithin(this.#connections.get(socket) ?? 0, bytes, unreadBytesPerConnection) &&
      isWithin(this.#callers.get(caller) ?? 0, bytes, unreadBytesPerCaller) &&
      isWithin(this.#all, bytes, unreadBytes);
    if (!fits) return false;
    this.#change(caller, socket, bytes);
    response.once('close', () => this.#change(caller, socket, -bytes));
    return true;
  }

  #change(caller: string, socket: Socket | null, bytes: number): void {
    this.#all += bytes;
    change(this.#connections, socket, bytes);
    change(this.#callers, caller, bytes);
  }
}

function isWithin(waiting: number, bytes: number, limit: number): boolean {
  return waiting === 0 || waiting + bytes <= limit;
}

function change<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

/**
 * Disconnects clients that do not read their answers.
 *
 * @param timeoutMs time in which nothing of an answer is read, in milliseconds
 */
export function cutStalledReaders(app: FastifyInstance, timeoutMs: number): void {
  app.server.on('request', ({ socket }, response) => {
    // Node ends this time with the answer, and starts it again whenever the client reads a part of the answer.
    socket.setTimeout(timeoutMs);
    response.on('timeout', cutIfUnread);
  });
}

/** Keeps a connection whose request is still being executed. */
function cutIfUnread(this: ServerResponse, socket: Socket): void {
  if (this.writableLength > 0) socket.destroy();
}

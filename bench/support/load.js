/**
 * Sends one request again and again, over sockets: a client of HTTP would take more of the machine than the gateway
 * does. Closed: so many callers that each wait for an answer. Open: so many requests a second, whatever becomes of them.
 */
import { connect } from 'node:net';

/** A connection that is kept alive, with one request under way at most. */
class Connection {
  #socket;
  #read = '';
  #settle;

  constructor(url) {
    this.#socket = connect(Number(url.port), url.hostname).setNoDelay(true).setEncoding('latin1');
    this.#socket.on('data', (text) => this.#take(text));
    const fail = () => this.#answer({ status: 0, read: '' });
    this.#socket.on('error', fail).on('close', fail);
    this.isOpen = true;
    this.opened = new Promise((resolve) => this.#socket.once('connect', resolve));
  }

  /** Sends a request; answers its status, 0 where the connection was lost. */
  send(bytes) {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #take(text) {
    this.#read += text;
    const head = this.#read.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#read)?.[1] ?? 0);
    if (this.#read.length < head + 4 + length) return;
    const read = this.#read;
    this.#read = '';
    this.#answer({ status: Number(read.slice(9, 12)), read });
  }

  #answer(answer) {
    if (answer.status === 0) this.isOpen = false;
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(answer);
  }
}

function requestBytes(url, body) {
  return [
    'POST /graphql HTTP/1.1',
    `host: ${url.host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

/**
 * Callers that each wait for an answer before they ask again.
 *
 * @param body what each sends all the time; of several bodies, one after the other
 */
export async function closedLoad(address, body, callers, milliseconds) {
  const url = new URL(address);
  const requests = [body].flat().map((each) => requestBytes(url, each));
  const answers = [];
  const from = performance.now();
  const call = async () => {
    const connection = new Connection(url);
    while (performance.now() - from < milliseconds) {
      const at = performance.now();
      const { status } = await connection.send(requests[answers.length % requests.length]);
      answers.push({ at: at - from, status, took: performance.now() - at });
      if (status === 0) throw new Error('The gateway hung up');
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: callers }, call));
  return { answers, rate: (answers.length / (performance.now() - from)) * 1000 };
}

/**
 * Requests at a rate, each on a connection that is free. Connections are opened before: the kernel tries one that finds
 * no room in the queue again after a second, then three, which would tell of that queue and not of the gateway.
 *
 * @returns the answers, and how many requests were not sent because no connection was free
 */
export async function openLoad(address, body, rate, milliseconds, connections = 400) {
  const url = new URL(address);
  const bytes = requestBytes(url, body);
  const free = [];
  for (let opened = 0; opened < connections; opened++) {
    const connection = new Connection(url);
    await connection.opened;
    free.push(connection);
  }
  const answers = [];
  const underWay = new Set();
  const from = performance.now();
  let unsent = 0;
  const send = async (connection, at) => {
    const { status } = await connection.send(bytes);
    answers.push({ at, status, took: performance.now() - from - at });
    if (connection.isOpen) free.push(connection);
  };
  for (let sent = 0; ; ) {
    const elapsed = performance.now() - from;
    if (elapsed >= milliseconds) break;
    for (; (sent * 1000) / rate <= elapsed; sent++) {
      const connection = free.pop();
      if (connection === undefined) {
        unsent++;
        continue;
      }
      const sending = send(connection, performance.now() - from).finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
  await Promise.all(underWay);
  for (const connection of free) connection.close();
  return { answers, unsent };
}

/** The value that a share of the numbers do not exceed. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

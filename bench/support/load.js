/**
 * Sends one request again and again, over sockets: a client of HTTP would take more of the machine than the gateway
 * does. Closed: so many callers that each wait for an answer. Open: so many requests a second, whatever becomes of them.
 */
import { connect } from 'node:net';

/** The end of a head, and what stands before the length of a body. */
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('content-length: ');

/** Bytes of an answer, at most: those to a creation have some hundred. */
const MOST_BYTES = 64 * 1024;

/**
 * A connection that is kept alive, with one request under way at most. It reads into a buffer of its own: one made for each
 * read would have the collector stop the driver, which then catches up by a burst that no clients would send.
 */
class Connection {
  #socket;
  #buffer = Buffer.allocUnsafe(MOST_BYTES);
  #filled = 0;
  #settle;

  constructor(url) {
    const callback = (size, bytes) => {
      this.#take(bytes.subarray(0, size));
      return true;
    };
    const onread = { buffer: Buffer.allocUnsafe(MOST_BYTES), callback };
    this.#socket = connect({ port: Number(url.port), host: url.hostname, onread }).setNoDelay(true);
    const fail = () => this.#answer(0);
    this.#socket.on('error', fail).on('close', fail);
    this.isOpen = true;
    this.opened = new Promise((resolve) => this.#socket.once('connect', resolve));
  }

  /** Sends a request, then reports its status: 0 where the connection was lost. */
  send(bytes, settle) {
    this.#settle = settle;
    this.#socket.write(bytes);
  }

  close() {
    this.#socket.destroy();
  }

  #take(bytes) {
    this.#filled += bytes.copy(this.#buffer, this.#filled);
    const read = this.#buffer.subarray(0, this.#filled);
    const head = read.indexOf(END_OF_HEAD);
    if (head < 0) return;
    const at = read.indexOf(LENGTH);
    const length = at < 0 ? 0 : Number.parseInt(read.latin1Slice(at + LENGTH.length, at + LENGTH.length + 8), 10);
    if (this.#filled < head + END_OF_HEAD.length + length) return;
    this.#filled = 0;
    this.#answer(Number(read.latin1Slice(9, 12)));
  }

  #answer(status) {
    if (status === 0) this.isOpen = false;
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(status);
  }
}

function requestBytes(url, body) {
  const lines = [
    'POST /graphql HTTP/1.1',
    `host: ${url.host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ];
  return Buffer.from(lines.join('\r\n'));
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
      const request = requests[answers.length % requests.length];
      const status = await new Promise((resolve) => connection.send(request, resolve));
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
 * no room in the queue again after a second, then three, which would measure that queue instead of the gateway.
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
  // Numbers alone, and room for all of them from the beginning: nothing of the driver is to be collected meanwhile.
  const most = Math.ceil((rate * milliseconds) / 1000) + 1;
  const [ats, tooks, statuses] = [new Float64Array(most), new Float64Array(most), new Uint16Array(most)];
  const from = performance.now();
  let [sent, unsent, ended] = [0, 0, 0];
  let answered = () => {};
  const send = (connection) => {
    const at = performance.now() - from;
    connection.send(bytes, (status) => {
      ats[ended] = at;
      tooks[ended] = performance.now() - from - at;
      statuses[ended++] = status;
      if (connection.isOpen) free.push(connection);
      answered();
    });
  };
  for (;;) {
    const elapsed = performance.now() - from;
    if (elapsed >= milliseconds) break;
    for (; (sent * 1000) / rate <= elapsed; sent++) {
      const connection = free.pop();
      if (connection === undefined) unsent++;
      else send(connection);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
  while (ended < sent - unsent) {
    await new Promise((resolve) => {
      answered = resolve;
    });
  }
  for (const connection of free) connection.close();
  const answers = Array.from({ length: ended }, (_, index) => ({
    at: ats[index],
    status: statuses[index],
    took: tooks[index],
  }));
  return { answers, unsent };
}

/** The value that a share of the numbers do not exceed. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { HttpHandlerOptions, HttpRequest } from '@smithy/types';
import { UndiciHandler } from '../../../src/aws/transport/undici-handler.js';

/** A server, and what sends to it. */
async function opened(server: Server, requestTimeoutMs = 20_000) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const handler = new UndiciHandler({ connectionTimeoutMs: 3_000, requestTimeoutMs, maxConnections: 2 });
  return {
    connections: () => sockets.size,
    send: (request: Partial<HttpRequest> = {}, options?: HttpHandlerOptions) =>
      handler.handle(
        { protocol: 'http:', hostname: '127.0.0.1', port, method: 'GET', path: '/', headers: {}, ...request },
        options,
      ),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
    async [Symbol.asyncDispose]() {
      handler.destroy();
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const overHttp = (listener: RequestListener, requestTimeoutMs?: number) =>
  opened(createServer(listener), requestTimeoutMs);

describe('A request', () => {
  it('goes with its method, path, query, headers and body; its answer comes whole', async () => {
    await using server = await overHttp(async (request, response) => {
      let body = '';
      for await (const part of request.setEncoding('utf8')) body += part;
      response.writeHead(201, { 'X-Reported': 'yes', 'set-cookie': ['a', 'b'] });
      response.write(`${request.method} ${request.url} `);
      // In pieces of its own, so that it has to be put together.
      setImmediate(() => response.end(`${request.headers['x-sent']} ${body}`));
    });
    const query = { b: ['x', "it's"], a: '1/2', none: null };
    const headers = { 'x-sent': 'so', 'content-length': '4' };
    const { response } = await server.send({ method: 'PUT', path: '/p', query, headers, body: 'täg' });
    expect(response.statusCode).toBe(201);
    expect(response.headers).toMatchObject({ 'x-reported': 'yes', 'set-cookie': 'a,b' });
    expect(Buffer.from(response.body).toString()).toBe('PUT /p?a=1%2F2&b=x&b=it%27s&none so täg');
  });

  it('takes the connections of those before it, and no more than there may be', async () => {
    await using server = await overHttp((_, response) => response.end());
    for (let count = 0; count < 3; count++) await Promise.all(Array.from({ length: 6 }, () => server.send()));
    expect(server.connections()).toBe(2);
  });
});

describe('An answer that does not come', () => {
  it('names no party where nothing listens', async () => {
    await using server = await overHttp(() => {});
    await server.close();
    await expect(server.send()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    ['before a word of it', ''],
    ['in its headers', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['in its body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
    ['in a part of its body', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nha'],
  ])('is a broken connection where it is closed %s; it is not asked for again', async (_, text) => {
    let asked = 0;
    await using server = await opened(
      createTcpServer((socket) => {
        socket.once('data', () => {
          asked++;
          socket.end(text);
        });
      }),
    );
    await expect(server.send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(asked).toBe(1);
  });

  it('is a broken connection where it is reset', async () => {
    await using server = await opened(createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    await expect(server.send({ method: 'POST', body: 'x' })).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it.each([
    ['at all', () => {}],
    ['to its end', (_: unknown, response: { write(text: string): void }) => response.write('half')],
  ] as const)('%s is a time-out', async (_, listener) => {
    await using server = await overHttp(listener as RequestListener, 50);
    await expect(server.send()).rejects.toMatchObject({ name: 'TimeoutError', code: 'ETIMEDOUT' });
    await using patient = await overHttp(listener as RequestListener);
    await expect(patient.send({}, { requestTimeout: 50 })).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('A caller who breaks off', () => {
  it('is reported at once, and the connection is closed', async () => {
    const caller = new AbortController();
    let closed: Promise<unknown> | undefined;
    await using server = await overHttp(({ socket }) => {
      closed = once(socket, 'close');
      caller.abort(new Error('enough'));
    });
    const sent = server.send({}, { abortSignal: caller.signal });
    await expect(sent).rejects.toMatchObject({ name: 'AbortError', cause: { message: 'enough' } });
    await closed;
  });

  it('sends nothing if the caller aborts before the request is sent, also while it waits for a connection', async () => {
    let asked = 0;
    const answer = Promise.withResolvers<void>();
    const busy = Promise.withResolvers<void>();
    await using server = await overHttp(async (_, response) => {
      if (++asked === 2) busy.resolve();
      await answer.promise;
      response.end();
    });
    await expect(server.send({}, { abortSignal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    const others = [server.send(), server.send()];
    await busy.promise;
    const caller = new AbortController();
    const waiting = server.send({}, { abortSignal: caller.signal });
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    answer.resolve();
    await Promise.all(others);
    await server.send();
    expect(asked).toBe(3);
  });
});

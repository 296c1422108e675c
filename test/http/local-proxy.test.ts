import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startTestGateway } from '../support/gateway.js';
import { TestIssuer } from '../support/issuer.js';

/** A proxy on this machine as a bare `proxy_pass` makes it: the Host of the upstream, and no word of its own caller. */
async function startProxy(upstream: string) {
  const { port } = new URL(upstream);
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
    const passed = request({ host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers });
    passed.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const KEYS = { CONNECT_WIRE_ACCESS_KEY_ID: 'AKIDLOCAL', CONNECT_WIRE_SECRET_ACCESS_KEY: 'secret' };

describe('Behind a proxy on this machine', () => {
  it('shows callers of an authenticated gateway neither metrics, nor controls, nor an unsigned AWS API', async () => {
    await using issuer = await TestIssuer.start();
    const settings = { ...issuer.settings, ...KEYS, METRICS: 'on', METRICS_PORT: '0', CONNECT_WIRE_PORT: '0' };
    await using gateway = await startTestGateway({ settings });
    await using api = await startProxy(gateway.url);
    await using wire = await startProxy(gateway.wireUrl ?? '');
    const statusOf = async (url: string, method: string) => (await fetch(url, { method })).status;
    expect(await statusOf(`${api.url}/graphql`, 'POST')).toBe(401);
    expect(await statusOf(`${api.url}/metrics`, 'GET')).toBe(404);
    expect(await statusOf(`${api.url}/_emulator/clock`, 'POST')).toBe(404);
    expect(await statusOf(`${wire.url}/_emulator/clock`, 'POST')).toBe(403);
    expect(await statusOf(`${wire.url}/contact/task`, 'PUT')).toBe(403);
    expect((await fetch(gateway.metricsUrl ?? '')).status).toBe(200);
  });
});

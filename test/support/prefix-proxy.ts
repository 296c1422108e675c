import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reverse proxy that serves another server below a path prefix, as nginx does by `location /connect/ { proxy_pass URL/; }`. */
export interface PrefixProxy extends AsyncDisposable {
  /** URL with the prefix, such as http://127.0.0.1:8080/connect. */
  readonly url: string;
}

/** Starts a proxy that removes a prefix from each path, and replaces the header host, before it passes a request on. */
export async function startPrefixProxy(target: string, prefix = '/connect'): Promise<PrefixProxy> {
  const { hostname, port, host } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const { method, url = '', headers } = incoming;
    if (!url.startsWith(`${prefix}/`)) {
      outgoing.writeHead(404).end();
      return;
    }
    const passed = { hostname, port, method, path: url.slice(prefix.length), headers: { ...headers, host } };
    const onward = request(passed, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

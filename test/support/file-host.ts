import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host of files, as S3 is. */
export interface FileHost extends AsyncDisposable {
  readonly url: string;
  /** 127.0.0.1 and the port. */
  readonly host: string;
  /** Paths that were called. */
  readonly calls: readonly string[];
}

/** Starts a host that answers each path by a function. */
export async function startFileHost(answer: RequestListener): Promise<FileHost> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

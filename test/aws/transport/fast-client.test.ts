import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectClient, DescribeContactCommand, StartTaskContactCommand } from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { sendTraceContext } from '../../../src/aws/transport/clients.js';
import { FastClient, Sha256 } from '../../../src/aws/transport/fast-client.js';

interface Seen {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A client, and a server that answers it as the test sets. */
async function opened(answer: (index: number) => { status?: number; headers?: Record<string, string>; body?: string }) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    seen.push({ url: request.url, headers: request.headers, body });
    const { status = 200, headers = {}, body: text = '{}' } = answer(seen.length - 1);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sdk = new ConnectClient({
    region: 'eu-west-2',
    endpoint: `http://127.0.0.1:${port}/base`,
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' },
    maxAttempts: 1,
  });
  let calls = 0;
  sdk.middlewareStack.add(
    (next) => (given) => {
      calls++;
      return next(given);
    },
    { step: 'initialize' },
  );
  let traces = 0;
  const traceHeaders = () => ({ traceparent: `trace-${++traces}` });
  sendTraceContext(sdk, traceHeaders);
  const client = new FastClient(sdk, traceHeaders);
  return {
    client,
    seen,
    /** Calls that went the SDK's own way. */
    calls: () => calls,
    async [Symbol.asyncDispose]() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const read = () => new DescribeContactCommand({ InstanceId: 'i', ContactId: 'c' });
const create = () => new StartTaskContactCommand({ InstanceId: 'i', Name: 'Rückruf', ClientToken: 't' });

describe('The fast client', () => {
  it('sends the same requests as the SDK and reads the same responses; only the first call passes the SDK', async () => {
    await using aws = await opened(() => ({ body: '{"ContactId":"made"}', headers: { 'x-amzn-requestid': 'r' } }));
    const first = await aws.client.send(create());
    const second = await aws.client.send(create());
    expect(aws.calls()).toBe(1);
    expect(second).toMatchObject({ ContactId: 'made', $metadata: { httpStatusCode: 200, requestId: 'r' } });
    expect(second.ContactId).toBe(first.ContactId);
    const [theirs, ours] = aws.seen as [Seen, Seen];
    expect([ours.url, ours.body]).toEqual([theirs.url, theirs.body]);
    expect(ours.url).toBe('/base/contact/task');
    const ownOfEach = ['amz-sdk-invocation-id', 'x-amz-date', 'authorization', 'traceparent'];
    const without = ({ headers }: Seen) =>
      Object.entries(headers)
        .filter(([name]) => !ownOfEach.includes(name))
        .sort();
    expect(without(ours)).toEqual(without(theirs));
    expect(Object.keys(ours.headers).sort()).toEqual(Object.keys(theirs.headers).sort());
    const signedBy = ({ headers }: Seen) => headers.authorization?.replace(/Signature=.*/, '');
    expect(signedBy(ours)).toBe(signedBy(theirs));
    expect([theirs.headers.traceparent, ours.headers.traceparent]).toEqual(['trace-1', 'trace-2']);
    expect(ours.headers['amz-sdk-invocation-id']).not.toBe(theirs.headers['amz-sdk-invocation-id']);
  });

  it('throws the same errors as the SDK, with the response', async () => {
    await using aws = await opened(() => ({
      status: 429,
      headers: { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '3' },
      body: '{"Message":"Slow down"}',
    }));
    const errors = [];
    for (let count = 0; count < 2; count++) errors.push(await aws.client.send(read()).catch((error: unknown) => error));
    expect(aws.calls()).toBe(1);
    for (const error of errors) {
      expect(error).toMatchObject({
        name: 'ThrottlingException',
        message: 'Slow down',
        $metadata: { httpStatusCode: 429 },
        $response: { headers: { 'retry-after': '3' } },
      });
    }
  });

  it('cancels a call whose signal is aborted', async () => {
    await using aws = await opened(() => ({}));
    await aws.client.send(read());
    const signal = AbortSignal.abort();
    await expect(aws.client.send(read(), { abortSignal: signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(aws.seen).toHaveLength(1);
  });

  it('corrects its clock by a response that refuses a signature for its time', async () => {
    const ahead = 3_600_000;
    await using aws = await opened((index) =>
      index === 1 || index === 2
        ? {
            status: 403,
            headers: {
              'x-amzn-errortype': 'InvalidSignatureException',
              date: new Date(Date.now() + ahead).toUTCString(),
            },
          }
        : {},
    );
    await aws.client.send(read());
    for (let count = 0; count < 2; count++) await expect(aws.client.send(read())).rejects.toThrow();
    await aws.client.send(read());
    const [at, , , then] = aws.seen.map(({ headers }) => String(headers['x-amz-date']));
    const instant = (text = '') => Date.parse(text.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'));
    expect(instant(then) - instant(at)).toBeGreaterThan(ahead / 2);
  });
});

const DATA = new TextEncoder().encode('täglich');
const BYTES = new TextEncoder().encode('secret');

describe('The digest of the fast client', () => {
  it.each([
    ['without a secret', undefined, createHash('sha256')],
    ['with a text', 'secret', createHmac('sha256', 'secret')],
    ['with bytes', BYTES, createHmac('sha256', 'secret')],
    ['with the same bytes again', BYTES, createHmac('sha256', 'secret')],
    ['with other bytes', BYTES.slice(1), createHmac('sha256', 'ecret')],
    ['with a buffer', BYTES.buffer, createHmac('sha256', 'secret')],
  ])('%s equals that of Node, and starts anew after a reset', async (_, secret, expected) => {
    const digest = new Sha256(secret);
    digest.update(DATA);
    digest.reset();
    digest.update(DATA.subarray(0, 3));
    digest.update(DATA.subarray(3));
    expect(Buffer.from(await digest.digest())).toEqual(expected.update(DATA).digest());
  });
});

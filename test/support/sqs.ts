import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A queue that speaks the JSON protocol of SQS, as far as a reader needs it. */
export interface TestQueue extends AsyncDisposable {
  readonly url: string;
  /** The actions that were called, with their bodies. */
  readonly calls: readonly { readonly action: string; readonly body: Readonly<Record<string, unknown>> }[];
  add(...bodies: readonly string[]): void;
  /** Answers as many calls with an error before others. */
  fail(count: number): void;
  /** Makes the messages that were received, and not deleted, visible again. */
  expire(): void;
  /** Resolves when a condition holds, which is checked when a call arrives and when it is answered. */
  until(condition: () => boolean): Promise<void>;
  /** Bodies of the messages that are not deleted. */
  left(): readonly string[];
}

interface Message {
  readonly id: number;
  readonly body: string;
  isVisible: boolean;
}

export async function startTestQueue(): Promise<TestQueue> {
  const calls: { action: string; body: Record<string, unknown> }[] = [];
  const watchers = new Set<() => void>();
  let messages: Message[] = [];
  let arrived = Promise.withResolvers<void>();
  let failures = 0;
  let ids = 0;

  const receive = async (
    { MaxNumberOfMessages = 1, WaitTimeSeconds = 0 }: Record<string, unknown>,
    hungUp: Promise<void>,
  ) => {
    const visible = () => messages.filter(({ isVisible }) => isVisible).slice(0, Number(MaxNumberOfMessages));
    while (visible().length === 0 && Number(WaitTimeSeconds) > 0) {
      const isGone = await Promise.race([arrived.promise.then(() => false), hungUp.then(() => true)]);
      if (isGone) return {};
    }
    const Messages = visible().map((message) => {
      message.isVisible = false;
      const { id, body } = message;
      const MD5OfBody = createHash('md5').update(body).digest('hex');
      return { MessageId: `${id}`, ReceiptHandle: `receipt-${id}`, Body: body, MD5OfBody };
    });
    return { Messages };
  };
  const remove = ({ Entries }: Record<string, unknown>) => {
    const entries = Entries as readonly { readonly Id: string; readonly ReceiptHandle: string }[];
    const handles = new Set(entries.map(({ ReceiptHandle }) => ReceiptHandle));
    messages = messages.filter(({ id }) => !handles.has(`receipt-${id}`));
    return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] };
  };

  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
    const body = (await json(request)) as Record<string, unknown>;
    const hungUp = new Promise<void>((resolve) => response.once('close', resolve));
    calls.push({ action, body });
    for (const watcher of watchers) watcher();
    const isFailure = failures > 0;
    if (isFailure) failures -= 1;
    const answer = isFailure
      ? { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'No such queue' }
      : action === 'ReceiveMessage'
        ? await receive(body, hungUp)
        : remove(body);
    response
      .writeHead(isFailure ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(answer));
    for (const watcher of watchers) watcher();
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/111122223333/events`,
    calls,
    add(...bodies) {
      messages.push(...bodies.map((body) => ({ id: ids++, body, isVisible: true })));
      arrived.resolve();
      arrived = Promise.withResolvers();
    },
    fail(count) {
      failures = count;
    },
    expire() {
      for (const message of messages) message.isVisible = true;
      arrived.resolve();
      arrived = Promise.withResolvers();
    },
    async until(condition) {
      while (!condition()) {
        await new Promise<void>((resolve) => {
          const watcher = () => {
            watchers.delete(watcher);
            resolve();
          };
          watchers.add(watcher);
        });
      }
    },
    left: () => messages.map(({ body }) => body),
    async [Symbol.asyncDispose]() {
      server.close().closeAllConnections();
    },
  };
}

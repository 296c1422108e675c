import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** A message of a queue. */
export interface QueueMessage {
  readonly body: string;
  /** Names this delivery of the message, to delete it. */
  readonly receipt: string;
}

/** A queue of messages that other programs write. */
export interface MessageQueue {
  /** Waits for messages for up to 20 seconds. Rejects if the queue cannot be read, or if `signal` fires. */
  receive(signal: AbortSignal): Promise<readonly QueueMessage[]>;
  /** Deletes messages. One that cannot be deleted is received again. */
  delete(receipts: readonly string[]): Promise<void>;
  close(): void;
}

/** Options of {@link openEventQueue}. */
export interface EventQueueOptions {
  /** URL of the queue. */
  readonly url: string;
  /** Region of a queue whose URL names none. Default: as the SDK finds it. */
  readonly region?: string | undefined;
}

/** Maxima of ReceiveMessage (service model of SQS). */
const MAX_MESSAGES = 10;
const MAX_WAIT_SECONDS = 20;

/** Opens a queue of SQS. */
export function openEventQueue({ url, ...options }: EventQueueOptions): MessageQueue {
  const region = regionOf(url) ?? options.region;
  const client = new SQSClient({
    ...(region !== undefined && { region }),
    // The SDK would use the host of the URL too, with a warning on standard error at each call.
    endpoint: new URL(url).origin,
    useQueueUrlAsEndpoint: false,
  });
  return {
    async receive(abortSignal) {
      const input = { QueueUrl: url, MaxNumberOfMessages: MAX_MESSAGES, WaitTimeSeconds: MAX_WAIT_SECONDS };
      const { Messages = [] } = await client.send(new ReceiveMessageCommand(input), { abortSignal });
      return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: Body, receipt: ReceiptHandle }));
    },
    async delete(receipts) {
      const Entries = receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    },
    close: () => client.destroy(),
  };
}

/** The region in the URL of a queue: https://sqs.eu-west-2.amazonaws.com/111122223333/events. */
function regionOf(url: string): string | undefined {
  return /^https:\/\/sqs\.([\w-]+)\.amazonaws\.com/.exec(url)?.[1];
}

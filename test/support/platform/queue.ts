import { replaced } from "../records/replaced.ts";
import type { Invocation } from "./invocation.ts";
import { limits } from "./limits.ts";
import { refuse } from "./refusals.ts";
import { utf8Bytes } from "./size.ts";

/** The producer of a queue as one invocation has it; null where only what one call sends can be told. */
export function limitedQueue<Body>(queue: Queue<Body>, invocation: Invocation | null): Queue<Body> {
  return replaced(queue, {
    send: async (body: Body, options?: QueueSendOptions) => {
      invocation?.subrequest();
      messageBytes(body);
      checkDelay(options?.delaySeconds);
      return queue.send(body, options);
    },
    sendBatch: async (messages: Iterable<MessageSendRequest<Body>>, options?: QueueSendBatchOptions) => {
      const all = [...messages];
      invocation?.subrequest();
      checkBatch(all);
      checkDelay(options?.delaySeconds);
      return queue.sendBatch(all, options);
    },
  });
}

/** A batch as it is handed to its consumer, whose messages can be put off no longer than the platform allows. */
export function limitedBatch(batch: MessageBatch): MessageBatch {
  const messages = batch.messages.map((message) =>
    replaced(message, {
      retry: (options?: QueueRetryOptions) => {
        checkDelay(options?.delaySeconds);
        message.retry(options);
      },
    }),
  );
  return replaced(batch, { messages });
}

function checkBatch(messages: readonly MessageSendRequest[]): void {
  if (messages.length > limits.batchMessages) {
    refuse(`Queue sendBatch failed: batch message count of ${messages.length} exceeds limit of 100`);
  }
  let bytes = 0;
  for (const { body, delaySeconds } of messages) {
    bytes += messageBytes(body);
    checkDelay(delaySeconds);
  }
  if (bytes > limits.batchBytes) {
    refuse(`Queue sendBatch failed: batch size of ${bytes} bytes exceeds limit of ${limits.batchBytes}`);
  }
}

/** The bytes of a message, as JSON, which is how it travels. */
function messageBytes(body: unknown): number {
  const bytes = utf8Bytes(JSON.stringify(body) ?? "") + limits.messageOverheadBytes;
  if (bytes > limits.messageBytes) {
    refuse(`Queue send failed: message length of ${bytes} bytes exceeds limit of ${limits.messageBytes}`);
  }
  return bytes;
}

function checkDelay(seconds = 0): void {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > limits.delaySeconds) {
    refuse(`Invalid batch delay: ${seconds} seconds`);
  }
}

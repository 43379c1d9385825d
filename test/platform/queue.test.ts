import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { Invocation } from "../support/platform/invocation.ts";
import { limits } from "../support/platform/limits.ts";
import { limitedBatch, limitedQueue } from "../support/platform/queue.ts";
import { expectRefused, takeRefusals } from "../support/platform/refusals.ts";
import { replaced } from "../support/records/replaced.ts";
import { batchOf } from "../ingest/support/world.ts";

/** A queue as one invocation has it, from which nobody gets what is sent. */
function queue(): Queue {
  const swallow = async (): Promise<void> => undefined;
  return limitedQueue(replaced(env.INGEST_QUEUE, { send: swallow, sendBatch: swallow }), new Invocation());
}

/** A message that takes so many bytes, with what the queue adds to it. */
function message(bytes: number): string {
  return "x".repeat(bytes - limits.messageOverheadBytes - 2);
}

describe("an invocation's queue", () => {
  it("takes a message of 128,000 bytes, and refuses a longer one", async () => {
    await queue().send(message(limits.messageBytes));
    await expectRefused(queue().send(message(limits.messageBytes + 1)), "message length");
    await expectRefused(queue().sendBatch([{ body: message(limits.messageBytes + 1) }]), "message length");
  });

  it("takes 100 messages by a call, and refuses more", async () => {
    const messages = (count: number) => Array.from({ length: count }, () => ({ body: "x" }));
    await queue().sendBatch(messages(limits.batchMessages));
    await expectRefused(queue().sendBatch(messages(limits.batchMessages + 1)), "batch message count");
  });

  it("takes 256,000 bytes by a call, and refuses more", async () => {
    const body = message(limits.batchBytes / 4);
    await queue().sendBatch([{ body }, { body }, { body }, { body }]);
    await expectRefused(
      queue().sendBatch([{ body }, { body }, { body }, { body: `${body}x` }]),
      "batch size",
    );
  });

  it("holds a message back for 12 hours, and refuses to for longer", async () => {
    const tooLong = { delaySeconds: limits.delaySeconds + 1 };
    await queue().send("x", { delaySeconds: limits.delaySeconds });
    await expectRefused(queue().send("x", tooLong), "Invalid batch delay");
    await expectRefused(queue().sendBatch([{ body: "x", ...tooLong }]), "Invalid batch delay");
    await expectRefused(queue().sendBatch([{ body: "x" }], tooLong), "Invalid batch delay");
  });

  it("tries a message again after 12 hours at the most", () => {
    const waits: unknown[] = [];
    const held = {
      id: "1",
      timestamp: new Date(),
      attempts: 1,
      body: "x",
      ack: () => undefined,
      retry: (options?: QueueRetryOptions) => void waits.push(options?.delaySeconds),
    };
    const [limited] = limitedBatch(batchOf("any", [held])).messages;
    limited?.retry({ delaySeconds: limits.delaySeconds });
    expect(() => limited?.retry({ delaySeconds: limits.delaySeconds + 1 })).toThrow("Invalid batch delay");
    expect(waits).toEqual([limits.delaySeconds]);
    expect(takeRefusals()).toHaveLength(1);
  });
});

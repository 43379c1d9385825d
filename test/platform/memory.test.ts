import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";

import { ContentHashStream } from "../../src/storage/content-hash.ts";
import { Invocation } from "../support/platform/invocation.ts";
import { limitedEnv } from "../support/platform/env.ts";
import { limits } from "../support/platform/limits.ts";
import { platformMemory, serviceMemory } from "../support/platform/memory.ts";
import { limitedFetch } from "../support/platform/body.ts";
import { expectRefused } from "../support/platform/refusals.ts";
import { replaced } from "../support/records/replaced.ts";

const mib = 1024 * 1024;

let account = serviceMemory.newAccount();

/** What the service says that it holds. */
function reserve(bytes: number): void {
  account.take(bytes);
}

afterEach(() => {
  account.close();
  account = serviceMemory.newAccount();
});

/** Bindings whose originals say that they have so many bytes, though they have few. */
function withObjectsOf(bytes: number): Env {
  return {
    ...env,
    MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, {
      get: async (key: string) => {
        const object = await env.MEDIA_BUCKET.get(key);
        return object === null ? null : replaced(object, { size: bytes, range: undefined });
      },
    }),
  };
}

/** Reads so many objects into memory at the same time, none to its end before all have begun. */
async function readTogether(count: number, bytes: number): Promise<void> {
  await env.MEDIA_BUCKET.put("a", "0123456789");
  await Invocation.run(async (invocation) => {
    const { MEDIA_BUCKET: bucket } = limitedEnv(withObjectsOf(bytes), invocation);
    const opened = await Promise.all(Array.from({ length: count }, async () => bucket.get("a")));
    const readers = opened.map((object) => object?.body.getReader());
    try {
      for (const reader of readers) await reader?.read();
      for (const reader of readers) await reader?.read();
    } finally {
      await Promise.all(readers.map(async (reader) => reader?.cancel()));
    }
  });
}

async function expectTooMuch(work: Promise<unknown>): Promise<void> {
  await expectRefused(work, "Worker exceeded memory limit");
}

/** Asks D1 for a row of so many bytes, in an invocation. */
async function readRow(bytes: number): Promise<void> {
  await Invocation.run(async (invocation) => {
    const { DB: database } = limitedEnv(env, invocation);
    await database.prepare("SELECT hex(zeroblob(? / 2)) AS text").bind(bytes).all();
  });
}

/** Lists a bucket without an end, page by page, in one invocation. */
async function listOn(pages: number): Promise<void> {
  const objects = Array.from({ length: 1000 }, (_, index) => ({ key: `${index}`.padStart(50) }));
  const endless = replaced(env.MEDIA_BUCKET, { list: async () => ({ objects, truncated: true }) });
  await Invocation.run(async (invocation) => {
    const { MEDIA_BUCKET: bucket } = limitedEnv({ ...env, MEDIA_BUCKET: endless }, invocation);
    for (let page = 0; page < pages; page++) await bucket.list();
  });
}

describe("the isolate's memory", () => {
  it("has room for nineteen bodies of 5 MiB that are read together, and for no twentieth", async () => {
    reserve(95 * mib);
    await readTogether(19, 5 * mib);
    await expectTooMuch(readTogether(20, 5 * mib));
  });

  it("has room for no body that is read whole and was not reserved", async () => {
    await expectRefused(readTogether(1, 1), "that was not reserved");
    reserve(100);
    await readTogether(1, 100);
    await expectRefused(readTogether(1, 101), "that was not reserved");
    await expectRefused(readTogether(2, 51), "that was not reserved");
  });

  it("gives up a body that stands still for more than two minutes, as of a client that left", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    reserve(60);
    const left = platformMemory.beginRead(60, true);
    await expectRefused(readTogether(1, 10), "that was not reserved");
    vi.setSystemTime(Date.now() + 100_000);
    left.move(0);
    vi.setSystemTime(Date.now() + 100_000);
    await expectRefused(readTogether(1, 10), "that was not reserved");
    vi.setSystemTime(Date.now() + 30_000);
    await readTogether(1, 10);
  });

  it("has room for any number of bodies one after the other", async () => {
    reserve(5 * mib);
    for (let number = 0; number < 30; number++) await readTogether(1, 5 * mib);
    expect(platformMemory.peakBytes).toBe(5 * mib);
  });

  it("holds a body that is gathered behind a pipe like any other", async () => {
    await env.MEDIA_BUCKET.put("a", "0123456789");
    const gathered = Invocation.run(async (invocation) => {
      const object = await limitedEnv(withObjectsOf(97 * mib), invocation).MEDIA_BUCKET.get("a");
      const { readable, writable } = new FixedLengthStream(10);
      await Promise.all([new Response(readable).arrayBuffer(), object?.body.pipeTo(writable)]);
    });
    await expectTooMuch(gathered);
  });

  it("holds no body that goes on as it comes", async () => {
    await env.MEDIA_BUCKET.put("a", "0123456789");
    const bindings = withObjectsOf(100 * mib);
    await Invocation.run(async (invocation) => {
      const object = await limitedEnv(bindings, invocation).MEDIA_BUCKET.get("a");
      await object?.body.pipeThrough(new ContentHashStream()).pipeTo(new crypto.DigestStream("SHA-256"));
    });
    const answered = await Invocation.run(async (invocation) => {
      const object = await limitedEnv(bindings, invocation).MEDIA_BUCKET.get("a");
      return new Response(object?.body ?? null);
    });
    expect(await answered.text()).toBe("0123456789");
  });

  it("holds what comes over the network, as it comes", async () => {
    const read = async (bytes: number, chunks: number): Promise<void> =>
      Invocation.run(async () => {
        let left = chunks;
        const body = new ReadableStream({
          pull: (controller) => {
            if (left-- > 0) controller.enqueue(new Uint8Array(bytes));
            else controller.close();
          },
        });
        const send = limitedFetch(async () => new Response(body));
        const reader = (await send("https://example.test")).body?.getReader();
        while ((await reader?.read())?.done === false);
      });
    reserve(96 * mib);
    await read(mib, 96);
    await expectTooMuch(read(mib, 97));
  });

  it("holds rows beside what the service has on its account", async () => {
    reserve(95 * mib);
    await readRow(limits.uncountedBytes + mib - 200);
    await expectTooMuch(readRow(limits.uncountedBytes + mib + 200));
  });

  it("holds the pages of a listing together until their invocation has answered", async () => {
    reserve(90 * mib);
    for (let times = 0; times < 5; times++) await listOn(13);
    await expectTooMuch(listOn(15));
  });

  it("holds the pages of a listing that comes as JSON likewise", async () => {
    const read = async (bytes: number): Promise<string> =>
      Invocation.run(async () => {
        const send = limitedFetch(async () => Response.json("x".repeat(bytes)));
        return (await send("https://example.test")).text();
      });
    reserve(95 * mib);
    await read(limits.uncountedBytes + mib - 10);
    await expectTooMuch(read(limits.uncountedBytes + mib + 10));
  });
});

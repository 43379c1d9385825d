import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import type { UploadBody, UploadProgress } from "../../packages/client/src/index.ts";
import { clientOf, errorOf, problem, quickClock, replying, toService } from "../support/client/service.ts";
import { jpegBytes } from "../support/images/index.ts";
import "../support/setup.ts";

const photo = Uint8Array.from(jpegBytes({ width: 64, height: 48 }));
const size = photo.length;

/** The photo as a stream in small pieces. */
function streamed(bytes: Uint8Array = photo, piece = 100): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: (to) => {
      if (at >= bytes.length) to.close();
      else to.enqueue(bytes.slice(at, (at += piece)));
    },
  });
}

async function stored(key: string): Promise<Uint8Array | null> {
  const object = await env.MEDIA_BUCKET.get(key);
  return object === null ? null : new Uint8Array(await object.arrayBuffer());
}

test.each<[string, () => UploadBody]>([
  ["bytes", () => photo],
  ["a blob", () => new Blob([photo])],
  ["a file", () => new File([photo], "other.png", { type: "image/png" })],
  ["a stream", () => streamed()],
  ["a function that gives a stream", () => () => streamed()],
])("%s of a photo are stored as they are", async (_name, body) => {
  const media = await clientOf().upload({ object_key: "2024/ä b.jpg", body: body(), size });
  expect(media).toMatchObject({
    object_key: "2024/ä b.jpg",
    file_size: size,
    state: "pending",
    content_type: "image/jpeg",
  });
  expect(await stored("2024/ä b.jpg")).toEqual(photo);
});

test.each<[string, () => UploadBody]>([
  ["bytes", () => photo],
  ["a blob", () => new Blob([photo])],
  ["a stream", () => streamed()],
])("progress of %s grows from nothing to all bytes", async (_name, body) => {
  const heard: UploadProgress[] = [];
  await clientOf().upload({
    object_key: "a.jpg",
    body: body(),
    size,
    onProgress: (each) => void heard.push(each),
  });
  const sent = heard.map((each) => each.sent);
  expect(sent[0]).toBe(0);
  expect(sent.at(-1)).toBe(size);
  expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
  expect(new Set(heard.map(({ total }) => total))).toEqual(new Set([size]));
  expect(await stored("a.jpg")).toEqual(photo);
});

test("a key that is taken is an error, and with overwrite the photo is replaced", async () => {
  const archive = clientOf();
  const first = await archive.upload({ object_key: "a.jpg", body: photo });
  const other = Uint8Array.from(jpegBytes({ width: 32, height: 32 }));
  expect((await errorOf(archive.upload({ object_key: "a.jpg", body: other }))).code).toBe("object_exists");
  const second = await archive.upload({ object_key: "a.jpg", body: other, overwrite: true });
  expect(second.id).toBe(first.id);
  expect(await stored("a.jpg")).toEqual(other);
});

test("a provider is named, and one that is not there is refused", async () => {
  const error = await errorOf(clientOf().upload({ object_key: "a.jpg", body: photo, provider: "nowhere" }));
  expect(error).toMatchObject({ code: "validation_error", errors: [{ path: "provider" }] });
});

test("with the digest of other bytes nothing is stored", async () => {
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", photo));
  const wrong = sha256.map((byte) => byte ^ 1);
  const call = clientOf().upload({ object_key: "a.jpg", body: photo, sha256: wrong });
  expect((await errorOf(call)).code).toBe("digest_mismatch");
  expect(await stored("a.jpg")).toBeNull();
  await clientOf().upload({ object_key: "a.jpg", body: photo, sha256 });
  expect(await stored("a.jpg")).toEqual(photo);
});

test.each([
  [size + 1, /ended after \d+ of the \d+ bytes/],
  [size - 1, /more than the \d+ bytes/],
])(
  "a stream that has other than its size of %d bytes is an error of the caller, and stores nothing",
  async (wrong, why) => {
    const call = clientOf().upload({ object_key: "a.jpg", body: streamed(), size: wrong });
    await expect(call).rejects.toThrow(why);
    expect(await stored("a.jpg")).toBeNull();
  },
);

test.each([undefined, -1, 1.5, Number.NaN])(
  "a stream with the size %s is refused before anything is sent",
  async (wrong) => {
    const { fetch, sent } = replying();
    const options = wrong === undefined ? {} : { size: wrong };
    await expect(
      clientOf({ fetch }).upload({ object_key: "a.jpg", body: streamed(), ...options }),
    ).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  },
);

test("what a stream fails with is thrown as it is, and not tried again", async () => {
  const failure = new Error("the disk is gone");
  let opened = 0;
  const body = (): ReadableStream<Uint8Array> => {
    opened += 1;
    return new ReadableStream({ pull: (to) => to.error(failure) });
  };
  const call = clientOf({ retry: { repeats: () => true } }).upload({ object_key: "a.jpg", body, size });
  await expect(call).rejects.toBe(failure);
  expect(opened).toBe(1);
});

test("what a function cannot give is thrown as it is, and nothing is sent", async () => {
  const failure = new Error("no such file");
  let asked = 0;
  const body = (): Promise<Blob> => {
    asked += 1;
    return Promise.reject(failure);
  };
  const { fetch, sent } = replying();
  const archive = clientOf({ fetch, clock: quickClock(), retry: { repeats: () => true } });
  await expect(archive.upload({ object_key: "a.jpg", body, size })).rejects.toBe(failure);
  expect([asked, sent.length]).toEqual([1, 0]);
});

test("a function may give all bytes at once, and has to give as many as it said", async () => {
  await clientOf().upload({ object_key: "a.jpg", body: () => new Blob([photo]), size });
  expect(await stored("a.jpg")).toEqual(photo);
  const call = clientOf().upload({ object_key: "b.jpg", body: () => photo, size: size + 1 });
  await expect(call).rejects.toThrow(/ended after/);
});

const limited = () => problem(429, "rate_limited", { "retry-after": "1" });

test.each<[string, () => UploadBody]>([
  ["bytes", () => photo],
  ["a blob", () => new Blob([photo])],
  ["a function that gives a stream", () => () => streamed()],
])("%s are sent again after a refusal for too many requests", async (_name, body) => {
  const { fetch, sent } = replying(limited());
  await clientOf({ fetch, clock: quickClock() }).upload({ object_key: "a.jpg", body: body(), size });
  expect(sent).toHaveLength(2);
  expect(await stored("a.jpg")).toEqual(photo);
});

test("a stream is not sent again, since its beginning is gone", async () => {
  const { fetch, sent } = replying(limited());
  const call = clientOf({ fetch, clock: quickClock() }).upload({
    object_key: "a.jpg",
    body: streamed(),
    size,
  });
  expect((await errorOf(call)).code).toBe("rate_limited");
  expect(sent).toHaveLength(1);
});

test("progress begins anew when a photo is sent again", async () => {
  const heard: number[] = [];
  const taken = async (url: string, init: RequestInit): Promise<Response> => {
    await toService(url, init);
    return limited();
  };
  const { fetch } = replying(taken);
  await clientOf({ fetch, clock: quickClock() }).upload({
    object_key: "a.jpg",
    body: photo,
    overwrite: true,
    onProgress: ({ sent }) => void heard.push(sent),
  });
  expect(heard).toEqual([0, size, 0, size]);
});

/** A stream that never ends, and whether it was let go of. */
function endless(onPull: () => void = () => {}) {
  const left = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    pull: async (to) => {
      await scheduler.wait(1);
      onPull();
      to.enqueue(new Uint8Array(1));
    },
    cancel: () => left.resolve(),
  });
  return { body, left: left.promise };
}

test("a stream is let go of when its upload is stopped, also where the request reads on", async () => {
  const stop = new AbortController();
  const { body, left } = endless(() => stop.abort(new Error("enough")));
  const { fetch } = replying((_url, init) =>
    new Response(init.body ?? null).arrayBuffer().then(() => new Response()),
  );
  const call = clientOf({ fetch }).upload({ object_key: "a.jpg", body, size: 1e9, signal: stop.signal });
  await expect(call).rejects.toThrow("enough");
  await expect(left).resolves.toBeUndefined();
});

test.each([
  ["insufficient_scope", problem(403, "insufficient_scope")],
  ["unexpected_answer", new Response("<p>Welcome</p>", { headers: { "content-type": "text/html" } })],
])("a stream is let go of when an answer comes in its middle: %s", async (code, reply) => {
  const { body, left } = endless();
  const { fetch } = replying(reply);
  const error = await errorOf(clientOf({ fetch }).upload({ object_key: "a.jpg", body, size: 1e9 }));
  expect(error.code).toBe(code);
  await expect(left).resolves.toBeUndefined();
});

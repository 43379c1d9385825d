import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  ContentHasher,
  ContentHashStream,
  hashBlockBytes,
  hashContent,
} from "../../src/storage/content-hash.ts";

/** The rule, word by word: blocks of 4 MiB, the digest of each, the digest of all digests. */
async function plainHash(bytes: Uint8Array): Promise<string> {
  const digests: number[] = [];
  for (let at = 0; at < bytes.length; at += 4_194_304) {
    const digest = await crypto.subtle.digest("SHA-256", bytes.slice(at, at + 4_194_304));
    digests.push(...new Uint8Array(digest));
  }
  const all = await crypto.subtle.digest("SHA-256", Uint8Array.from(digests));
  const hex = [...new Uint8Array(all)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `dropbox:${hex.join("")}`;
}

function bytesOf(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 251) bytes[at] = (at * 31 + seed) & 255;
  return bytes;
}

/** The bytes in pieces whose lengths are taken in turn. */
function* piecesOf(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? bytes.length;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

const around = (middle: number) => fc.integer({ min: Math.max(0, middle - 2), max: middle + 2 });
const lengths = fc.oneof(
  fc.integer({ min: 0, max: 200_000 }),
  around(hashBlockBytes),
  around(2 * hashBlockBytes),
  fc.integer({ min: 0, max: 3 * hashBlockBytes }),
);
const pieceLengths = fc.array(
  fc.oneof(fc.integer({ min: 10_000, max: 100_000 }), around(hashBlockBytes), around(65_536)),
  { minLength: 1, maxLength: 5 },
);

describe("the content hash", () => {
  it("is that of nothing for nothing", async () => {
    expect(await new ContentHasher().finish()).toBe(
      "dropbox:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  it("is the plain rule's, in whatever pieces the bytes come", async () => {
    await fc.assert(
      fc.asyncProperty(lengths, pieceLengths, fc.nat(255), async (length, pieces, seed) => {
        const bytes = bytesOf(length, seed);
        const hasher = new ContentHasher();
        for (const piece of piecesOf(bytes, pieces)) await hasher.write(piece);
        expect(await hasher.finish()).toBe(await plainHash(bytes));
      }),
      { numRuns: 40 },
    );
  });

  it("is that of a stream", async () => {
    const bytes = bytesOf(100_000, 7);
    expect(await hashContent(new Blob([bytes]).stream())).toBe(await plainHash(bytes));
  });
});

describe("a stream that hashes on the way", () => {
  it("passes the bytes on as they are, and has the hash at the end", async () => {
    const bytes = bytesOf(300_000, 3);
    const hashing = new ContentHashStream();
    const passed = new Blob([bytes]).stream().pipeThrough(hashing);
    expect(hashing.contentHash).toBeNull();
    expect(new Uint8Array(await new Response(passed).arrayBuffer())).toEqual(bytes);
    expect(hashing.contentHash).toBe(await plainHash(bytes));
  });

  it("has no hash of what has broken off", async () => {
    const hashing = new ContentHashStream();
    const writer = hashing.writable.getWriter();
    const reading = new Response(hashing.readable).arrayBuffer();
    const writing = writer.write(new Uint8Array(10)).then(async () => writer.abort(new Error("lost")));
    await expect(Promise.all([reading, writing])).rejects.toThrow("lost");
    expect(hashing.contentHash).toBeNull();
  });
});

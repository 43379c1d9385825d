import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mediaTypes } from "../../../src/core/media-type.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import {
  type HeaderResult,
  readImageHeader,
  readImageHeaderWith,
} from "../../../src/metadata/headers/header.ts";
import { bigEndian, joined, jpegBytes, jpegSegment, latin1, testImage } from "../../support/images/index.ts";

const orientedTypes = mediaTypes.filter((type) => type !== "image/gif" && type !== "image/bmp");
const orientations = [1, 2, 3, 4, 5, 6, 7, 8];

/** Reads from a file of which only the head is there at first, and counts what is read beside it. */
async function readInParts(file: Uint8Array, headBytes: number) {
  const read: number[] = [];
  const parts = new FileParts(file.subarray(0, headBytes), file.length);
  const result = await readImageHeaderWith(parts, async ({ offset, length }) => {
    read.push(length);
    return file.subarray(offset, offset + length);
  });
  return { result, reads: read.length, bytesRead: read.reduce((sum, length) => sum + length, 0) };
}

describe("readImageHeader", () => {
  it.each(mediaTypes)("tells type and size of %s", async (mediaType) => {
    const image = await testImage({ width: 50, height: 37, mediaType });
    expect(readImageHeader(FileParts.whole(image))).toMatchObject({
      kind: "header",
      header: { mediaType, width: 50, height: 37, shownWidth: 50, shownHeight: 37, orientation: null },
    });
  });

  it.each(orientedTypes)("tells each orientation of %s, and the size as shown", async (mediaType) => {
    for (const orientation of orientations) {
      const image = await testImage({ width: 50, height: 37, mediaType, orientation });
      const [shownWidth, shownHeight] = orientation >= 5 ? [37, 50] : [50, 37];
      expect(readImageHeader(FileParts.whole(image))).toMatchObject({
        header: { width: 50, height: 37, shownWidth, shownHeight, orientation },
      });
    }
  });

  it.each(mediaTypes)(
    "tells the same of %s from a short head and the ranges it asks for",
    async (mediaType) => {
      const image = await testImage({ width: 50, height: 37, mediaType, orientation: 6 });
      const whole = readImageHeader(FileParts.whole(image));
      for (const headBytes of [0, 1, 16, 64, 256]) {
        const { result, reads } = await readInParts(image, headBytes);
        expect(result).toStrictEqual(whole);
        expect(reads).toBeLessThanOrEqual(2);
      }
    },
  );

  it.each(mediaTypes)("answers for %s cut off after any byte", async (mediaType) => {
    const image = await testImage({ width: 9, height: 5, mediaType, orientation: 6 });
    for (let length = 0; length <= image.length; length++) {
      const result = readImageHeader(FileParts.whole(image.slice(0, length)));
      expect(["header", "invalid", "unsupported"]).toContain(result.kind);
    }
  });

  it("takes what is of no accepted type for unsupported", () => {
    for (const bytes of [latin1("%PDF-1.7"), new Uint8Array(0)])
      expect(readImageHeader(FileParts.whole(bytes))).toMatchObject({
        kind: "unsupported",
        reason: { code: "not_an_image" },
      });
  });

  it("reads a few kilobytes of a large file, however it begins", async () => {
    const photo = jpegBytes({ width: 4000, height: 3000, orientation: 6 });
    const { result, bytesRead } = await readInParts(photo, 0);
    expect(result.kind).toBe("header");
    expect(bytesRead).toBeLessThanOrEqual(16 * 1024);
  });

  it("gets over megabytes of application segments in a few reads", async () => {
    const segments = joined(...Array.from({ length: 80 }, () => jpegSegment(0xe5, new Uint8Array(65_000))));
    const { result, reads } = await readInParts(jpegBytes({ width: 8, height: 8, extra: segments }), 65_536);
    expect(result.kind).toBe("header");
    expect(reads).toBeLessThanOrEqual(10);
  });

  it("gives up on a file that sends it from place to place without end", async () => {
    const box = (length: number) => joined(bigEndian(4, 10_000_000), "free", new Uint8Array(length - 8));
    const head = joined(bigEndian(4, 16), "ftypheic", bigEndian(4, 0), box(256));
    let reads = 0;
    const result = await readImageHeaderWith(new FileParts(head, 1_000_000_000), async ({ length }) => {
      reads++;
      return box(length);
    });
    expect(result).toStrictEqual({
      kind: "invalid",
      mediaType: "image/heic",
      reason: "has its header scattered over too many places",
    });
    expect(reads).toBeLessThan(40);
  });

  it("takes a shorter answer than asked for as the end of the file", async () => {
    const image = jpegBytes({ width: 8, height: 8 });
    const parts = new FileParts(image.subarray(0, 4), 1_000_000);
    const result = await readImageHeaderWith(parts, async ({ offset }) => image.subarray(offset, 50));
    expect(result).toMatchObject({ kind: "invalid", mediaType: "image/jpeg" });
  });
});

describe("readImageHeader on damaged files", () => {
  /** What is wrong with an answer: nothing may be. */
  function fault(result: HeaderResult): string | null {
    if (result.kind === "need_range") return "wants more of a file that is there as a whole";
    if (result.kind !== "header") return null;
    const { width, height, shownWidth, shownHeight } = result.header;
    const isSide = (side: number) => Number.isInteger(side) && side > 0;
    return [width, height, shownWidth, shownHeight].every(isSide) ? null : "tells a size that is none";
  }

  it.each(mediaTypes)("never throws and keeps to sane sizes on mutations of %s", async (mediaType) => {
    const image = await testImage({ width: 9, height: 5, mediaType, orientation: 6 });
    const mutation = fc.record({
      edits: fc.array(fc.tuple(fc.nat(image.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
      length: fc.nat(image.length),
    });
    fc.assert(
      fc.property(mutation, ({ edits, length }) => {
        const damaged = image.slice(0, length);
        for (const [at, value] of edits) damaged[at] = value;
        expect(fault(readImageHeader(FileParts.whole(damaged)))).toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it("never throws on noise behind a signature", () => {
    const signatures = [
      "\xff\xd8\xff",
      "\x89PNG\r\n\x1a\n",
      "GIF89a",
      "RIFF\0\0\0\0WEBPVP8X",
      "II*\0",
      "\0\0\0\x18ftypheic",
    ];
    const noisy = fc.tuple(fc.constantFrom(...signatures), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(noisy, ([signature, noise]) => {
        expect(fault(readImageHeader(FileParts.whole(joined(signature, noise))))).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { PictureError } from "../../../src/thumbnail/types.ts";
import { frameFile, readWebpFile, type WebpFile } from "../../../src/thumbnail/webp/container.ts";
import {
  joined,
  littleEndian,
  riffChunk,
  webpAnimation,
  webpBytes,
  webpFile,
  webpFrame,
  webpPicture,
} from "../../support/images/index.ts";
import { losslessDisc, lossyDisc, lossyQuadrants } from "../support/webp-fixtures.ts";

const size = { width: 24, height: 18 };
const files = [
  lossyQuadrants,
  lossyDisc,
  losslessDisc,
  webpBytes({ ...size, chunksBefore: [riffChunk("ICCP", "odd")], flags: 0x20 }),
  webpAnimation({ width: 60, height: 50 }, webpFrame({ x: 30, y: 20, ...size }, webpPicture(size))),
  webpAnimation(
    { width: 60, height: 50 },
    webpFrame({ x: 2, y: 4, width: 32, height: 32 }, lossyDisc.subarray(30)),
  ),
];

test("a frame as a file of its own is read as the same frame", () => {
  for (const file of files) {
    const { frame } = readWebpFile(file);
    const alone = readWebpFile(joined(...frameFile(frame)));
    expect(alone.frame).toEqual(frame);
    expect(alone).toMatchObject({ width: frame.width, height: frame.height, x: 0, y: 0 });
  }
});

/** The file, or the reader's own refusal; any other error is thrown. */
function readOrRefusal(bytes: Uint8Array): WebpFile | PictureError {
  try {
    return readWebpFile(bytes);
  } catch (error) {
    if (error instanceof PictureError) return error;
    throw error;
  }
}

test("spoilt files are read with their frame on the canvas, or are corrupt", () => {
  const spoilt = fc.record({
    file: fc.constantFrom(...files),
    changes: fc.array(fc.tuple(fc.nat({ max: 80 }), fc.nat({ max: 255 })), { maxLength: 4 }),
    end: fc.nat({ max: 300 }),
  });
  fc.assert(
    fc.property(spoilt, ({ file, changes, end }) => {
      const bytes = file.slice(0, end);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      const read = readOrRefusal(bytes);
      if (read instanceof PictureError) return;
      const { width, height, x, y, frame } = read;
      const isOnCanvas = x + frame.width <= width && y + frame.height <= height;
      if (!isOnCanvas || Math.min(frame.width, frame.height) < 1) throw new Error(JSON.stringify(read));
    }),
    { numRuns: 2000 },
  );
});

test("a million chunks of no length are passed over in linear time", () => {
  const chunks = new Uint8Array(8 * 1024 * 1024).fill(0);
  const start = performance.now();
  expect(() => readWebpFile(webpFile(chunks))).toThrow(PictureError);
  expect(performance.now() - start).toBeLessThan(5000);
});

test("a chunk that says to be longer than the file ends with it", () => {
  const long = joined("ICCP", littleEndian(4, 0xffffffff), webpPicture(size));
  expect(() => readWebpFile(webpFile(long))).toThrow("no picture");
});

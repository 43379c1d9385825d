import { expect, test } from "vitest";
import { bigEndian, isoBox } from "../../support/images/index.ts";
import { hevcTile, writeHeif } from "../support/heif-writer.ts";
import { mustMake } from "../support/make.ts";

const heic = { contentType: "image/heic", width: 64, height: 64 };

/** The pixels of a picture whose container tells primaries and transfer; the matrix is BT.601's, of full range. */
async function pixelsOf(primaries: number, transfer: number): Promise<Uint8Array> {
  const properties = [isoBox("colr", "nclx", bigEndian(2, primaries, transfer, 6), bigEndian(1, 0x80))];
  return (await mustMake(writeHeif({ tile: hevcTile, properties }), heic)).pixels;
}

test("code points of video, or none, change nothing", async () => {
  const plain = (await mustMake(writeHeif({ tile: hevcTile }), heic)).pixels;
  expect(await pixelsOf(1, 13)).toEqual(plain);
  expect(await pixelsOf(1, 1)).toEqual(plain);
  expect(await pixelsOf(2, 2)).toEqual(plain);
});

test.each([
  ["BT.2020", 9, 1],
  ["P3 of cinemas", 11, 13],
  ["BT.601 of Europe", 5, 6],
  ["a power of 2.8", 1, 5],
  ["PQ", 9, 16],
  ["HLG", 9, 18],
] as const)("code points of %s are converted", async (_, primaries, transfer) => {
  expect(await pixelsOf(primaries, transfer)).not.toEqual(await pixelsOf(1, 13));
});

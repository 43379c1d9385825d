import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import { bmpBytes, joined, littleEndian } from "../../support/images/index.ts";

/** A bitmap's headers with no picture behind. */
function headers(fields: {
  width?: number;
  height?: number;
  bits?: number;
  compression?: number;
  masks?: number[];
}) {
  const { width = 20, height = 10, bits = 24, compression = 0, masks = [] } = fields;
  const dibBytes = masks.length === 0 ? 40 : 56;
  const head = [
    littleEndian(4, dibBytes, width, height),
    littleEndian(2, 1, bits),
    littleEndian(4, compression),
  ];
  return joined("BM", new Uint8Array(12), ...head, new Uint8Array(20), littleEndian(4, ...masks));
}

const header = (bytes: Uint8Array) => readImageHeader(FileParts.whole(bytes));

describe("the header of a bitmap", () => {
  it.each([
    ["rows from the bottom", bmpBytes({ width: 20, height: 10 })],
    ["rows from the top", bmpBytes({ width: 20, height: 10, topDown: true })],
    ["OS/2's short header", bmpBytes({ width: 20, height: 10, core: true })],
  ])("tells the size with %s", (_, bytes) => {
    expect(header(bytes)).toMatchObject({ header: { width: 20, height: 10, bitDepth: 8, channels: 3 } });
  });

  it("tells of palettes, and of alpha where a mask is given for it", () => {
    expect(header(headers({ bits: 4 }))).toMatchObject({
      header: { bitDepth: 4, channels: 1, hasAlpha: false },
    });
    expect(header(headers({ bits: 32 }))).toMatchObject({ header: { channels: 4, hasAlpha: false } });
    const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
    expect(header(headers({ bits: 32, compression: 3, masks }))).toMatchObject({
      header: { hasAlpha: true },
    });
    expect(header(headers({ bits: 32, compression: 6, masks }))).toMatchObject({
      header: { hasAlpha: true },
    });
    expect(header(headers({ bits: 32, compression: 3, masks: [1, 2, 4, 0] }))).toMatchObject({
      header: { hasAlpha: false },
    });
  });

  it.each([{ width: 0 }, { width: -20 }, { height: 0 }])("is invalid with the size %j", (fields) => {
    expect(header(headers(fields))).toMatchObject({ kind: "invalid", mediaType: "image/bmp" });
  });
});

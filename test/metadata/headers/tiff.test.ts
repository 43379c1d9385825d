import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import {
  latin1,
  tiffBytes,
  type TiffContent,
  type TiffFieldContent,
  tiffStructureBytes,
} from "../../support/images/index.ts";

const size = { width: 20, height: 10 };
const header = (content: Partial<TiffContent>) =>
  readImageHeader(FileParts.whole(tiffBytes({ ...size, ...content })));
const number = (tag: number, type: number, ...values: number[]): TiffFieldContent => ({
  tag,
  value: { type, values },
});
const directory = (...fields: TiffFieldContent[]) =>
  readImageHeader(FileParts.whole(tiffStructureBytes({ directories: [fields] })));

describe("the header of a TIFF", () => {
  it.each([
    { littleEndian: true, big: false },
    { littleEndian: false, big: false },
    { littleEndian: true, big: true },
    { littleEndian: false, big: true },
  ])("is read with %j", (form) => {
    expect(header({ ...form, orientation: 6 })).toMatchObject({
      header: { width: 20, height: 10, orientation: 6, bitDepth: 8, channels: 3, variant: "uncompressed" },
    });
  });

  it("is read from short, byte and 64-bit numbers alike", () => {
    expect(directory(number(256, 3, 20), number(257, 1, 10))).toMatchObject({
      header: { width: 20, height: 10, bitDepth: 1, channels: 1, variant: "uncompressed" },
    });
    const big = tiffStructureBytes({ big: true, directories: [[number(256, 16, 20), number(257, 16, 10)]] });
    expect(readImageHeader(FileParts.whole(big))).toMatchObject({ header: { width: 20, height: 10 } });
  });

  it("takes the first of two fields with one tag", () => {
    expect(directory(number(256, 4, 20), number(256, 4, 99), number(257, 4, 10))).toMatchObject({
      header: { width: 20 },
    });
  });

  it("tells compression and alpha", () => {
    const fields = [number(256, 4, 20), number(257, 4, 10)];
    expect(directory(...fields, number(259, 3, 5))).toMatchObject({ header: { variant: "lzw" } });
    expect(directory(...fields, number(259, 3, 50_000))).toMatchObject({
      header: { variant: "compression 50000" },
    });
    expect(directory(...fields, number(338, 3, 2))).toMatchObject({ header: { hasAlpha: true } });
    expect(directory(...fields, number(338, 3, 1, 0, 0))).toMatchObject({ header: { hasAlpha: true } });
    expect(directory(...fields, number(338, 3, 0))).toMatchObject({ header: { hasAlpha: false } });
  });

  it("says where its metadata lies", () => {
    const fields: TiffFieldContent[] = [
      { tag: 700, value: { type: 1, bytes: latin1("<packet/>") } },
      number(33_723, 4, 1, 2, 3),
      { tag: 34_377, value: latin1("8BIM resources") },
    ];
    const result = header({ fields });
    const blocks = result.kind === "header" ? result.header.metadataBlocks : [];
    expect(blocks.map(({ kind, length }) => [kind, length])).toStrictEqual([
      ["exif", tiffBytes({ ...size, fields }).length],
      ["xmp", 9],
      ["iptc", 12],
      ["photoshop", 14],
    ]);
  });

  it("leaves metadata out whose place is beyond the file", () => {
    const bytes = tiffStructureBytes({ directories: [[number(256, 4, 20), number(257, 4, 10)]] });
    const withBlock = tiffStructureBytes({
      directories: [[number(256, 4, 20), number(257, 4, 10), { tag: 700, value: new Uint8Array(99) }]],
    });
    const fieldAt = withBlock.length - 4 - 12;
    withBlock.fill(0xff, fieldAt + 8, fieldAt + 12);
    const result = readImageHeader(FileParts.whole(withBlock));
    expect(result).toMatchObject({ header: { metadataBlocks: [{ kind: "exif" }] } });
    expect(readImageHeader(FileParts.whole(bytes)).kind).toBe("header");
  });

  it.each([
    ["without a directory", latin1("II*\0\0\0\0\0")],
    ["whose directory is beyond its end", latin1("II*\0\xff\0\0\0")],
    ["with offsets of another width than BigTIFF's", latin1("II+\0\x08\0\0\0\0\0\0\0\0\0\0\0")],
    ["without a size", tiffStructureBytes({ directories: [[number(259, 3, 1)]] })],
    [
      "whose size is a text",
      tiffStructureBytes({ directories: [[{ tag: 256, value: "20" }, number(257, 4, 1)]] }),
    ],
  ])("is invalid in a file %s", (_, bytes) => {
    expect(readImageHeader(FileParts.whole(bytes))).toMatchObject({
      kind: "invalid",
      mediaType: "image/tiff",
    });
  });
});

import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import {
  bigEndian,
  joined,
  jpegBytes,
  type JpegContent,
  jpegSegment,
  latin1,
} from "../../support/images/index.ts";

const size = { width: 20, height: 10 };
const header = (content: Partial<JpegContent>) =>
  readImageHeader(FileParts.whole(jpegBytes({ ...size, ...content })));

/** A JPEG that ends behind its frame header. */
function frameOnly(marker: number, lines = 10, precision = 8): Uint8Array {
  const frame = joined(bigEndian(1, precision), bigEndian(2, lines, 20), bigEndian(1, 1, 1, 0x11, 0));
  return joined("\xff\xd8", jpegSegment(marker, frame));
}

describe("the header of a JPEG", () => {
  it("is read through fill bytes, garbage and lone markers between its segments", () => {
    const extra = joined(
      "\xff\xff\xff",
      jpegSegment(0xfe, "a comment"),
      "garbage\xff\0",
      "\xff\xd0\xff\x01",
      "\xff",
    );
    expect(header({ orientation: 6, extra })).toMatchObject({
      header: { width: 20, height: 10, orientation: 6 },
    });
  });

  it("tells an orientation of either byte order", () => {
    expect(header({ orientation: 8, littleEndian: false })).toMatchObject({ header: { orientation: 8 } });
    expect(header({ orientation: 8, littleEndian: true })).toMatchObject({ header: { orientation: 8 } });
  });

  it.each([0, 9, 65_535])("tells no orientation where the file says %d", (orientation) => {
    expect(header({ orientation })).toMatchObject({ header: { orientation: null } });
  });

  it.each([
    ["no TIFF header", latin1("what is this?")],
    ["a directory outside of it", latin1("II*\0\xff\xff\0\0")],
    ["a directory in its own header", latin1("II*\0\0\0\0\0")],
    ["a directory without fields", latin1("II*\0\x08\0\0\0\0\0")],
    ["a directory of too many fields", latin1("II*\0\x08\0\0\0\xff\xff")],
    ["an orientation that is a text", joined("II*\0\x08\0\0\0\x01\0", "\x12\x01\x02\0\x01\0\0\0\x06\0\0\0")],
  ])("tells no orientation of an EXIF block with %s", (_, exif) => {
    expect(header({ exif })).toMatchObject({ kind: "header", header: { orientation: null } });
  });

  it("takes the orientation from the first of two EXIF blocks that tells one", () => {
    const second = jpegBytes({ ...size, orientation: 3 }).subarray(2, 2 + 2 + 2 + 6 + 26);
    expect(header({ exif: latin1("nothing"), extra: second })).toMatchObject({ header: { orientation: 3 } });
  });

  it("says where its metadata lies", () => {
    const content = {
      exif: latin1("exif block"),
      xmp: "<x/>",
      photoshop: latin1("8BIM"),
      icc: latin1("profile"),
    };
    const bytes = jpegBytes({ ...size, ...content });
    const result = readImageHeader(FileParts.whole(bytes));
    const blocks = result.kind === "header" ? result.header.metadataBlocks : [];
    const texts = blocks.map(({ kind, offset, length }) => [
      kind,
      String.fromCharCode(...bytes.subarray(offset, offset + length)),
    ]);
    expect(texts).toStrictEqual([
      ["exif", "exif block"],
      ["xmp", "<x/>"],
      ["photoshop", "8BIM"],
      ["icc", "profile"],
    ]);
  });

  it.each([
    [0xc0, "baseline"],
    [0xc2, "progressive"],
    [0xc3, "lossless"],
    [0xc9, "arithmetic"],
    [0xcf, "arithmetic hierarchical lossless"],
  ])("names the frame type %s", (marker, variant) => {
    expect(readImageHeader(FileParts.whole(frameOnly(marker)))).toMatchObject({ header: { variant } });
  });

  it("tells precision and components", () => {
    expect(readImageHeader(FileParts.whole(frameOnly(0xc1, 10, 12)))).toMatchObject({
      header: { bitDepth: 12, channels: 1 },
    });
    expect(header({ grey: true })).toMatchObject({ header: { channels: 1 } });
  });

  it.each([
    ["before its frame header", joined("\xff\xd8", jpegSegment(0xfe, "comment"))],
    ["within its frame header", frameOnly(0xc0).subarray(0, 10)],
    ["with its end marker at once", latin1("\xff\xd8\xff\xd9")],
    ["with its scan at once", joined("\xff\xd8", jpegSegment(0xda, "\0"))],
    ["in a segment shorter than its own length", latin1("\xff\xd8\xff\xe0\0\x01")],
    ["in garbage", joined("\xff\xd8\xff\xff", new Uint8Array(70_000), jpegSegment(0xc0, "too far"))],
    ["in a lone 0xFF", latin1("\xff\xd8\xff\xff")],
  ])("is missed in a file that ends %s", (_, bytes) => {
    expect(readImageHeader(FileParts.whole(bytes))).toMatchObject({
      kind: "invalid",
      mediaType: "image/jpeg",
    });
  });

  it("is refused where the number of lines follows only after the scan", () => {
    expect(readImageHeader(FileParts.whole(frameOnly(0xc0, 0)))).toStrictEqual({
      kind: "invalid",
      mediaType: "image/jpeg",
      reason: "does not tell its height before the picture (DNL)",
    });
  });

  it("is given up after thousands of segments", () => {
    const extra = joined(...Array.from({ length: 5000 }, () => "\xff\xe5\0\x02"));
    expect(header({ extra })).toMatchObject({ kind: "invalid" });
  });
});

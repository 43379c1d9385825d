import { describe, expect, it } from "vitest";
import { decodeExif } from "../../../src/metadata/blocks/exif.ts";
import { copyExif } from "../../../src/metadata/blocks/exif-copy.ts";
import { advance, FileParts } from "../../../src/metadata/file-parts.ts";
import { exifBytes, joined, latin1, littleEndian, tiffStructureBytes } from "../../support/images/index.ts";

/** The copy of a block that is in memory. */
function copy(block: Uint8Array): Uint8Array | null {
  const progress = advance(copyExif({ offset: 0, length: block.length }), FileParts.whole(block));
  return progress.kind === "done" ? progress.value : null;
}

/** A directory of fields of twelve bytes, as they are. */
function rawBlock(...fields: Uint8Array[]): Uint8Array {
  return joined("II*\0\x08\0\0\0", littleEndian(2, fields.length), ...fields, littleEndian(4, 0));
}

const field = (tag: number, type: number, count: number, value: number) =>
  joined(littleEndian(2, tag, type), littleEndian(4, count, value));

describe("copyExif", () => {
  it("keeps what facts are made of, and leaves the rest behind", () => {
    const exif = exifBytes({ make: "Maker", takenAt: "2024:07:14 16:03:11" });
    const noise = { tag: 0x9286, value: new Uint8Array(100_000) };
    const withNoise = tiffStructureBytes({
      directories: [[{ tag: 0x010f, value: "Maker" }, noise, { tag: 0x8769, value: { directory: [noise] } }]],
    });
    expect(copy(withNoise)?.length).toBeLessThan(200);
    expect(copy(exif)?.length).toBeLessThan(exif.length + 40);
  });

  it("cuts a value of a huge count, and one that reaches beyond the block", () => {
    const huge = exifBytes({ description: "a".repeat(100_000) });
    expect(copy(huge)?.length).toBeLessThan(67_000);
    const cut = joined(rawBlock(field(0x010e, 2, 100, 26)), "a caption that is cut");
    expect(decodeExif(copy(cut) ?? cut).text("ImageDescription")).toBe("a caption that is cut");
  });

  it.each([
    ["a directory that points to itself", rawBlock(field(0x8769, 4, 1, 8))],
    ["pointers beyond the block", rawBlock(field(0x8769, 4, 1, 0xffffffff), field(0x8825, 4, 1, 99_999))],
    ["a pointer that is a text", rawBlock(field(0x8769, 2, 4, 0x41414141))],
    ["values beyond the block", rawBlock(field(0x010f, 2, 0xffffffff, 0xfffffff0))],
    ["a type that there is not", rawBlock(field(0x010f, 99, 4, 0x41414141))],
    ["no values at all", rawBlock(field(0x010f, 2, 0, 0))],
    [
      "the same tag a thousand times",
      rawBlock(...Array.from({ length: 1000 }, () => field(0x010f, 2, 0xffff, 8))),
    ],
  ])("makes a small structure of a block with %s", (_, block) => {
    const structure = copy(block);
    expect(structure?.length).toBeLessThan(20_000);
    const tags = decodeExif(structure ?? block);
    expect(tags.numbers("ExposureTime")).toStrictEqual([]);
  });

  it.each([
    ["no TIFF structure", latin1("Exif")],
    ["no directory", latin1("II*\0\0\0\0\0")],
  ])("answers null for %s", (_, block) => {
    expect(copy(block)).toBeNull();
  });
});

describe("decodeExif", () => {
  it("tells nothing of what is no structure", () => {
    const tags = decodeExif(latin1("nothing of the kind"));
    expect(tags.text("Make")).toBeNull();
    expect(tags.numbers("ExposureTime")).toStrictEqual([]);
  });
});

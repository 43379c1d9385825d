import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import { latin1, type TiffFieldContent, tiffStructureBytes } from "../../support/images/index.ts";

const field = (tag: number, type: number, ...values: number[]): TiffFieldContent => ({
  tag,
  value: { type, values },
});
/** A directory with nothing but a size, and what is given. */
const page = (width: number, height: number, ...more: TiffFieldContent[]): TiffFieldContent[] =>
  [field(256, 4, width), field(257, 4, height), ...more].toSorted((a, b) => a.tag - b.tag);
const reduced = field(254, 4, 1);
const header = (...directories: TiffFieldContent[][]) =>
  readImageHeader(FileParts.whole(tiffStructureBytes({ directories })));
const sized = (width: number, height: number) => ({ kind: "header", header: { width, height } });
const raw = { kind: "unsupported", reason: { code: "camera_raw" } };

describe("the page whose picture a TIFF shows", () => {
  it("is the first of several", () => {
    expect(header(page(20, 10), page(200, 100))).toMatchObject(sized(20, 10));
  });

  it.each([
    ["a reduced copy", reduced],
    ["a reduced copy by the older field", field(255, 3, 2)],
    ["a mask", field(254, 4, 4)],
  ])("is the one behind a first that is %s", (_, kind) => {
    expect(header(page(20, 10, kind), page(200, 100))).toMatchObject(sized(200, 100));
    expect(header(page(20, 10, kind), page(40, 20, kind), page(200, 100))).toMatchObject(sized(200, 100));
  });

  it("is one below a first that is a reduced copy", () => {
    const below = { tag: 330, value: { directory: page(200, 100) } };
    expect(header(page(20, 10, reduced, below))).toMatchObject(sized(200, 100));
  });

  it("is the first where all are reduced copies", () => {
    expect(header(page(20, 10, reduced), page(10, 5, reduced))).toMatchObject(sized(20, 10));
  });

  it("stays the first of a pyramid, whose lower levels lie below it", () => {
    const below = { tag: 330, value: { directory: page(10, 5, reduced) } };
    expect(header(page(20, 10, below))).toMatchObject(sized(20, 10));
  });

  it("has its own orientation and metadata, and the first page's where it has none", () => {
    const first = page(20, 10, reduced, field(274, 3, 6), { tag: 700, value: latin1("<first/>") });
    const result = header(first, page(200, 100, { tag: 34_675, value: latin1("profile") }));
    expect(result).toMatchObject({ header: { orientation: 6, shownWidth: 100 } });
    const blocks = result.kind === "header" ? result.header.metadataBlocks : [];
    expect(blocks.map(({ kind }) => kind)).toEqual(["exif", "icc", "xmp"]);
    expect(header(first, page(200, 100, field(274, 3, 3)))).toMatchObject({ header: { orientation: 3 } });
  });

  it("is found in a chain that leads round in a circle", () => {
    const bytes = tiffStructureBytes({ directories: [page(20, 10, reduced)] });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    view.setUint32(bytes.length - 4, view.getUint32(4, true), true);
    expect(readImageHeader(FileParts.whole(bytes))).toMatchObject(sized(20, 10));
  });
});

describe("a camera raw that is a TIFF structure", () => {
  const below = (...fields: TiffFieldContent[]) => ({
    tag: 330,
    value: { directory: page(200, 100, ...fields) },
  });

  it.each([
    ["the version of DNG", field(50_706, 1, 1, 4, 0, 0)],
    ["a colour filter array", field(262, 3, 32_803)],
    ["linear raw", field(262, 3, 34_892)],
    ["the pattern of a filter array", field(33_421, 3, 2, 2)],
    ["Nikon's coding", field(259, 3, 34_713)],
    ["Sony's coding", field(259, 3, 32_767)],
    ["Pentax's coding", field(259, 3, 65_535)],
    ["Samsung's coding", field(259, 3, 32_770)],
    ["Kodak's coding", field(259, 3, 65_000)],
  ])("is known by %s in its first directory, below it, and behind it", (_, mark) => {
    expect(header(page(200, 100, mark))).toMatchObject(raw);
    expect(header(page(20, 10, reduced, below(mark)))).toMatchObject(raw);
    expect(header(page(20, 10, below(mark)))).toMatchObject(raw);
    expect(header(page(20, 10, reduced), page(200, 100, mark))).toMatchObject(raw);
  });

  it("is known by several directories below the first, of which one is the preview", () => {
    const bytes = tiffStructureBytes({ directories: [page(160, 120, field(262, 3, 32_803))] });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const at = view.getUint32(4, true);
    expect(header(page(20, 10, reduced, field(330, 4, 0, at, 7)))).toMatchObject(sized(20, 10));
    const both = { tag: 330, value: { directory: page(160, 120, below(), field(262, 3, 32_803)) } };
    expect(header(page(20, 10, reduced, both))).toMatchObject(raw);
  });

  it.each([
    "II*\0\x10\0\0\0CR\x02\0",
    "\0\0\0\x18ftypcrx \0\0\0\x01",
    "II\x1a\0\0\0HEAPCCDR",
    "IIU\0\x18\0\0\0",
    "IIRO\x08\0\0\0",
    "IIRS\x08\0\0\0",
    "MMOR\0\0\0\x08",
    "FUJIFILMCCD-RAW 0201",
    "FOVb\0\0\x02\0",
    "\0MRM\0\0\0\0",
    "II*\0\x08\0\0\0IIII",
    "MM\0*\0\0\0\x08MMMM",
  ])("or begins in its own way is told as such: %j", (head) => {
    expect(readImageHeader(FileParts.whole(latin1(head)))).toMatchObject(raw);
  });

  it("is not taken for one because of other bytes", () => {
    expect(readImageHeader(FileParts.whole(latin1("FOVX12345678")))).toMatchObject({
      kind: "unsupported",
      reason: { code: "not_an_image" },
    });
  });
});

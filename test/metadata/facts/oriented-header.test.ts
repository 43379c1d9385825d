import { describe, expect, it } from "vitest";
import { readFacts } from "../../../src/metadata/facts/facts.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import { type OrientedHeader, settledHeader } from "../../../src/metadata/facts/oriented-header.ts";
import {
  avifBytes,
  gifBytes,
  gifXmp,
  heicBytes,
  irot,
  jpegBytes,
  orientationExif,
  pngBytes,
  pngChunk,
  tiffBytes,
  webpBytes,
  xmpPacket,
} from "../../support/images/index.ts";
import { numberField, rawExif, textField } from "./facts-of.ts";

const size = { width: 16, height: 8 };
const xmp = xmpPacket("", 'tiff:Orientation="6"');
const packet = new TextEncoder().encode(xmp);

/** The header as the metadata complete it. */
async function oriented(file: Uint8Array): Promise<OrientedHeader> {
  const parts = FileParts.whole(file);
  const result = readImageHeader(parts);
  if (result.kind !== "header") throw new Error("the image has no header");
  const read = readFacts(parts, result.header);
  if (read.kind !== "facts") throw new Error("wants more of a file that is there as a whole");
  return read.header;
}

describe("an orientation that only XMP tells", () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ["JPEG", () => jpegBytes({ ...size, xmp })],
    [
      "JPEG with EXIF",
      () => jpegBytes({ ...size, xmp, exif: rawExif({ main: [textField(0x010f, 2, "A\0")] }) }),
    ],
    [
      "PNG",
      () => pngBytes({ ...size, chunksBefore: [pngChunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0", packet)] }),
    ],
    ["WebP", () => webpBytes({ ...size, xmp })],
    ["TIFF", () => tiffBytes({ ...size, fields: [{ tag: 700, value: { type: 1, bytes: packet } }] })],
    ["GIF", () => gifBytes({ ...size, extensions: [gifXmp(xmp)] })],
  ])("counts in %s", async (_, file) => {
    expect(await oriented(await file())).toMatchObject({
      orientation: 6,
      width: 16,
      height: 8,
      shownWidth: 8,
      shownHeight: 16,
    });
  });

  it.each([0, 9, 65_535])("counts where EXIF tells %d, which is none", async (invalid) => {
    expect(await oriented(jpegBytes({ ...size, xmp, orientation: invalid }))).toMatchObject({
      orientation: 6,
    });
  });

  it("does not count where EXIF tells 1", async () => {
    expect(await oriented(jpegBytes({ ...size, xmp, orientation: 1 }))).toMatchObject({
      orientation: 1,
      shownWidth: 16,
    });
  });

  it("does not count in HEIC and AVIF, which their container turns", async () => {
    for (const file of [heicBytes({ ...size, xmp }), avifBytes({ ...size, xmp })]) {
      expect(await oriented(file)).toMatchObject({ orientation: null, shownWidth: 16 });
    }
    const turned = heicBytes({ ...size, xmp, properties: [irot(2)] });
    expect(await oriented(turned)).toMatchObject({ orientation: 3, shownWidth: 16 });
  });

  it.each(["0", "9", "-1", "6.0", "sixth", ""])("does not count where it is %j", async (text) => {
    const packet = xmpPacket("", `tiff:Orientation="${text}"`);
    expect(await oriented(jpegBytes({ ...size, xmp: packet }))).toMatchObject({ orientation: null });
  });
});

describe("an orientation in EXIF", () => {
  const tag = 0x0112;

  it.each<[string, number, readonly number[]]>([
    ["BYTE", 1, [6]],
    ["SHORT", 3, [6]],
    ["LONG", 4, [6]],
    ["RATIONAL", 5, [6, 1]],
    ["SBYTE", 6, [6]],
    ["SSHORT", 8, [6]],
    ["SLONG", 9, [6]],
    ["FLOAT", 11, [6]],
    ["DOUBLE", 12, [6]],
    ["LONG8", 16, [6]],
  ])("counts in the type %s", async (_, type, values) => {
    for (const littleEndian of [true, false]) {
      const exif = rawExif({ main: [numberField(tag, type, ...values)], littleEndian });
      expect(await oriented(jpegBytes({ ...size, exif, xmp: xmpPacket("") }))).toMatchObject({
        orientation: 6,
        shownWidth: 8,
      });
    }
  });

  it("counts as the text of a digit, and in the directory of EXIF", async () => {
    const text = rawExif({ main: [textField(tag, 2, "6\0")] });
    expect(await oriented(jpegBytes({ ...size, exif: text }))).toMatchObject({ orientation: 6 });
    const elsewhere = rawExif({ photo: [numberField(tag, 3, 6)] });
    expect(await oriented(jpegBytes({ ...size, exif: elsewhere }))).toMatchObject({ orientation: 6 });
  });

  it("is none where it has three values", async () => {
    const exif = rawExif({ main: [numberField(tag, 3, 6, 0, 0)] });
    expect(await oriented(jpegBytes({ ...size, exif }))).toMatchObject({ orientation: null });
  });
});

describe("settledHeader", () => {
  const settled = (file: Uint8Array) => {
    const result = readImageHeader(FileParts.whole(file));
    return result.kind === "header" ? settledHeader(result.header) : null;
  };

  it("is the header itself where nothing else can tell the orientation", () => {
    expect(settled(jpegBytes(size))).toMatchObject({ orientation: null, isOriented: true });
    expect(settled(jpegBytes({ ...size, exif: orientationExif(6), xmp }))).toMatchObject({ orientation: 6 });
    expect(settled(heicBytes({ ...size, xmp }))).toMatchObject({ isOriented: true });
  });

  it("is null where metadata may", () => {
    expect(settled(jpegBytes({ ...size, xmp }))).toBeNull();
  });
});

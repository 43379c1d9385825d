import { describe, expect, test } from "vitest";
import {
  joined,
  type TiffFieldContent,
  type TiffPicture,
  tiffDirectory,
  tiffPictureBytes,
  tiffStructureBytes,
} from "../../support/images/index.ts";
import { make, mustMake } from "../support/make.ts";

const tiff = { contentType: "image/tiff" };
const colour = [200, 100, 50];
const picture: TiffPicture = {
  width: 20,
  height: 16,
  photometric: 2,
  bits: 8,
  samples: 3,
  values: Array.from({ length: 320 }, () => colour).flat(),
};

/** The picture's directory with fields replaced, added, or, where null, left out. */
async function changed(
  fields: Readonly<Record<number, TiffFieldContent["value"] | null>>,
  more: Partial<TiffPicture> = {},
) {
  const directory = await tiffDirectory({ ...picture, ...more });
  const kept = directory.filter(({ tag }) => !(tag in fields));
  const added = Object.entries(fields).flatMap(([tag, value]) =>
    value === null ? [] : [{ tag: Number(tag), value }],
  );
  const all = [...kept, ...added].toSorted((a, b) => a.tag - b.tag);
  return tiffStructureBytes({ directories: [all] });
}
const short = (...values: number[]) => ({ type: 3, values });
const long = (...values: number[]) => ({ type: 4, values });

describe("what is sound and not decoded is unsupported and says why", () => {
  test.each([
    ["fax", { 259: short(4) }, "unsupported_coding", "TIFF with fax coding is not decoded here."],
    [
      "old-style JPEG",
      { 259: short(6) },
      "unsupported_coding",
      "TIFF with old-style JPEG coding is not decoded here.",
    ],
    [
      "Zstandard",
      { 259: long(50_000) },
      "unsupported_coding",
      "TIFF with Zstandard coding is not decoded here.",
    ],
    [
      "a coding that nobody knows",
      { 259: short(999) },
      "unsupported_coding",
      "TIFF with compression 999 coding is not decoded here.",
    ],
    [
      "floats",
      { 339: short(3, 3, 3) },
      "unsupported_coding",
      "TIFF with signed or floating-point samples is not decoded here.",
    ],
    [
      "32 bits",
      { 258: short(32, 32, 32) },
      "sample_precision",
      "TIFF with 32 bits a sample is not decoded here.",
    ],
    [
      "samples of different bits",
      { 258: short(5, 6, 5) },
      "unsupported_coding",
      "TIFF with samples of different bits is not decoded here.",
    ],
    [
      "a mask",
      { 262: short(4) },
      "unsupported_coding",
      "TIFF with photometric interpretation 4 is not decoded here.",
    ],
    [
      "a measurement",
      { 277: short(200) },
      "component_count",
      "TIFF with 200 samples a pixel is not decoded here.",
    ],
    [
      "inks other than CMYK",
      { 262: short(5), 277: short(4), 332: short(2) },
      "unsupported_coding",
      "TIFF with inks other than CMYK is not decoded here.",
    ],
    [
      "the floating-point predictor",
      { 259: short(8), 317: short(3) },
      "unsupported_coding",
      "TIFF with predictor 3 is not decoded here.",
    ],
  ] as const)("%s", async (_, fields, code, detail) => {
    expect(await make(await changed(fields), tiff)).toEqual({
      outcome: "unsupported",
      reason: { code, detail },
    });
  });

  test("LZW as it was before TIFF 6.0", async () => {
    const old = await changed({
      259: short(5),
      273: { data: new Uint8Array([0, 0x33, 1, 2, 3, 4]) },
      279: long(6),
    });
    expect(await make(old, tiff)).toMatchObject({
      outcome: "unsupported",
      reason: { code: "unsupported_coding" },
    });
  });
});

describe("what is no file as it should be is corrupt", () => {
  test.each([
    ["strips beyond the end", { 273: long(9_999_999) }],
    ["a strip of no bytes", { 279: long(0) }],
    ["fewer strips than rows need", { 278: long(4) }],
    ["no strips", { 273: null }],
    ["no size", { 256: null }],
    ["strips of no rows", { 278: long(0) }],
    ["tiles of no width", { 322: long(0), 323: long(16) }],
    ["fewer samples than colours", { 277: short(2) }],
    ["a palette that is missing", { 262: short(3), 277: short(1) }],
    [
      "a count beyond the file",
      { 258: { type: 3, bytes: new Uint8Array(0) }, 273: long(8, 8, 8), 278: long(1) },
    ],
    ["an impossible chroma resolution", { 262: short(6), 530: short(3, 7) }],
  ] as const)("%s", async (_, fields) => {
    const result = await make(await changed(fields), tiff);
    expect(result).toMatchObject({ outcome: "failed", reason: { code: "corrupt" } });
  });

  test.each([5, 8, 32_773] as const)("data of compression %i that ends too early", async (compression) => {
    const file = await tiffPictureBytes({
      ...picture,
      compression,
      values: picture.values.map((_, i) => (i * 7919) % 251),
    });
    const short = await changed({
      259: { type: 3, values: [compression] },
      273: { data: file.subarray(8, 60) },
      279: long(52),
    });
    expect(await make(short, tiff)).toMatchObject({ outcome: "failed", reason: { code: "corrupt" } });
  });

  test("blocks that all lie over one another, for more work than the file has bytes", async () => {
    const strip = joined("\x80".repeat(10_000), "\x3b", new Uint8Array(60));
    const rows = 2000;
    const trap = (place: number) =>
      changed({
        257: long(rows),
        259: short(32_773),
        273: long(...Array.from({ length: rows }, () => place)),
        278: long(1),
        279: long(...Array.from({ length: rows }, () => strip.length)),
      });
    const { length } = await trap(0);
    expect(await make(joined(await trap(length), strip), tiff)).toEqual({
      outcome: "failed",
      reason: { code: "corrupt", detail: "The parts of the TIFF lie over one another." },
    });
  });
});

describe("what writers leave out or tell wrong is made good", () => {
  const shown = async (bytes: Uint8Array) => [...(await mustMake(bytes, tiff)).pixels.subarray(0, 3)];

  test("byte counts that are missing", async () => {
    expect(await shown(await changed({ 279: null }))).toEqual(colour);
    expect(await shown(await changed({ 279: null }, { compression: 5, rowsPerStrip: 5 }))).toEqual(colour);
    expect(await shown(await changed({ 279: null }, { compression: 32_773, tile: [16, 16] }))).toEqual(
      colour,
    );
  });

  test("byte counts of plain strips that are too small", async () => {
    expect(await shown(await changed({ 279: long(5) }))).toEqual(colour);
  });

  test("rows a strip without a limit", async () => {
    expect(await shown(await changed({ 278: long(0xff_ff_ff_ff) }))).toEqual(colour);
    expect(await shown(await changed({ 278: null }))).toEqual(colour);
  });

  test("a meaning of samples that is missing", async () => {
    expect(await shown(await changed({ 262: null }))).toEqual(colour);
  });
});

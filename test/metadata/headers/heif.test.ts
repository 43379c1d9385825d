import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader, readImageHeaderWith } from "../../../src/metadata/headers/header.ts";
import {
  avifBytes,
  bigEndian,
  clap,
  heicBytes,
  type HeifContent,
  imir,
  irot,
  isoBox,
  isoFullBox,
  joined,
  latin1,
  orientationExif,
} from "../../support/images/index.ts";

const size = { width: 40, height: 30 };
const fileType = isoBox("ftyp", "heic", bigEndian(4, 0), "mif1heic");
const read = (...pieces: Uint8Array[]) => readImageHeader(FileParts.whole(joined(...pieces)));
const header = (content: Partial<HeifContent>) => read(heicBytes({ ...size, ...content }));

const extents = isoFullBox("ispe", 0, 0, bigEndian(4, 40, 30));
const primary = isoFullBox("pitm", 0, 0, bigEndian(2, 1));
const associations = isoFullBox("ipma", 0, 0, bigEndian(4, 1), bigEndian(2, 1), bigEndian(1, 1, 1));
const meta = (...boxes: Uint8Array[]) => isoFullBox("meta", 0, 0, ...boxes);
const properties = isoBox("iprp", isoBox("ipco", extents), associations);

describe("the header of HEIC and AVIF", () => {
  it.each([
    [[irot(0)], 1],
    [[irot(1)], 8],
    [[irot(2)], 3],
    [[irot(3)], 6],
    [[imir(0)], 4],
    [[imir(1)], 2],
    [[irot(1), imir(1)], 7],
    [[imir(1), irot(1)], 5],
    [[], null],
  ])("tells what the container's turns amount to, in their order (%#)", (turns, orientation) => {
    expect(header({ properties: turns })).toMatchObject({ header: { orientation } });
    expect(read(avifBytes({ ...size, properties: turns }))).toMatchObject({ header: { orientation } });
  });

  it("never takes the orientation that EXIF tells", () => {
    expect(header({ exif: orientationExif(6) })).toMatchObject({
      header: { orientation: null, shownWidth: 40 },
    });
  });

  it("tells the size as shown after the clean aperture, and leaves out one that makes no sense", () => {
    expect(header({ properties: [clap(38, 20), irot(1)] })).toMatchObject({
      header: { width: 40, height: 30, shownWidth: 20, shownHeight: 38 },
    });
    expect(header({ properties: [clap(41, 20)] })).toMatchObject({
      header: { shownWidth: 40, shownHeight: 30 },
    });
    expect(header({ properties: [clap(0, 20)] })).toMatchObject({ header: { shownWidth: 40 } });
    expect(header({ properties: [isoBox("clap", new Uint8Array(32))] })).toMatchObject({
      header: { shownWidth: 40 },
    });
  });

  it("tells depth, channels, alpha and profile from their properties", () => {
    const pixels = isoFullBox("pixi", 0, 0, bigEndian(1, 3, 10, 10, 10));
    const alpha = isoFullBox("auxC", 0, 0, "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0");
    const profile = isoBox("colr", "prof", "a profile");
    expect(header({ properties: [pixels, alpha, profile] })).toMatchObject({
      header: { bitDepth: 10, channels: 3, hasAlpha: true, metadataBlocks: [{ kind: "icc", length: 9 }] },
    });
    expect(header({ properties: [isoBox("colr", "nclx", bigEndian(2, 1, 13, 6))] })).toMatchObject({
      header: { hasAlpha: false, metadataBlocks: [] },
    });
    const older = isoFullBox("auxC", 0, 0, "urn:mpeg:hevc:2015:auxid:1\0");
    expect(header({ properties: [older] })).toMatchObject({ header: { hasAlpha: true } });
  });

  it("says where EXIF and XMP lie, also at the end of a large file", async () => {
    const file = heicBytes({ ...size, exif: orientationExif(1), xmp: "<x/>", dataBytes: 500_000 });
    let bytesRead = 0;
    const result = await readImageHeaderWith(
      new FileParts(file.subarray(0, 64), file.length),
      async (range) => {
        bytesRead += range.length;
        return file.subarray(range.offset, range.offset + range.length);
      },
    );
    expect(bytesRead).toBeLessThan(64 * 1024);
    expect(result).toMatchObject({
      header: {
        metadataBlocks: [
          { kind: "exif", coding: "heif_item", offset: file.length - 4 - 36, length: 36 },
          { kind: "xmp", coding: "plain", offset: file.length - 4, length: 4 },
        ],
      },
    });
  });

  it("is found behind the picture data, and behind boxes of 64-bit sizes", () => {
    const data = joined(bigEndian(4, 1), "mdat", bigEndian(8, 116), new Uint8Array(100));
    expect(read(fileType, data, meta(primary, properties))).toMatchObject({
      header: { width: 40, height: 30 },
    });
  });

  it("is read from the wider forms of its boxes", () => {
    const widePrimary = isoFullBox("pitm", 1, 0, bigEndian(4, 70_000));
    const wideAssociations = isoFullBox(
      "ipma",
      1,
      1,
      bigEndian(4, 1, 70_000),
      bigEndian(1, 2),
      bigEndian(2, 0x8001, 2),
    );
    const wide = isoBox("iprp", isoBox("ipco", extents, irot(3)), wideAssociations);
    const info = isoFullBox("infe", 3, 0, bigEndian(4, 9), bigEndian(2, 0), "Exif\0");
    const infos = isoFullBox("iinf", 1, 0, bigEndian(4, 1), info);
    const location = joined(
      bigEndian(4, 9),
      bigEndian(2, 1, 0),
      bigEndian(8, 2),
      bigEndian(2, 1),
      bigEndian(8, 0, 3, 7),
    );
    const locations = isoFullBox("iloc", 2, 0, bigEndian(2, 0x88_88), bigEndian(4, 1), location);
    const itemData = isoBox("idat", "0123456789abc");
    const file = joined(fileType, meta(widePrimary, wide, infos, locations, itemData));
    const result = readImageHeader(FileParts.whole(file));
    expect(result).toMatchObject({
      header: { orientation: 6, metadataBlocks: [{ kind: "exif", length: 7 }] },
    });
    const offset = result.kind === "header" ? (result.header.metadataBlocks[0]?.offset ?? 0) : 0;
    expect(String.fromCharCode(...file.subarray(offset, offset + 7))).toBe("56789ab");
  });

  it.each([
    ["of an older version", isoFullBox("infe", 0, 0, bigEndian(2, 9, 0), "Exif\0"), 0],
    ["of another type", isoFullBox("infe", 2, 0, bigEndian(2, 9, 0), "hvc1\0"), 0],
    ["of another content", isoFullBox("infe", 2, 0, bigEndian(2, 9, 0), "mime\0text/plain\0"), 0],
    ["without a name's end", isoFullBox("infe", 2, 0, bigEndian(2, 9, 0), "mimename"), 0],
    ["in another file", isoFullBox("infe", 2, 0, bigEndian(2, 9, 0), "Exif\0"), 1],
    ["with no location", isoFullBox("infe", 2, 0, bigEndian(2, 8, 0), "Exif\0"), 0],
  ])("finds no metadata in an item %s", (_, info, dataReference) => {
    const infos = isoFullBox("iinf", 0, 0, bigEndian(2, 1), info);
    const location = joined(bigEndian(2, 9, dataReference, 1), bigEndian(4, 10, 4));
    const locations = isoFullBox("iloc", 0, 0, bigEndian(2, 0x44_00, 1), location);
    expect(read(fileType, meta(primary, properties, infos, locations))).toMatchObject({
      header: { metadataBlocks: [] },
    });
    expect(read(fileType, meta(primary, properties, infos))).toMatchObject({
      header: { metadataBlocks: [] },
    });
  });

  it.each([
    ["a construction of other items", 2, 1],
    ["item data that is not there", 1, 1],
  ])("finds no metadata in an item of %s", (_, method, extentCount) => {
    const infos = isoFullBox(
      "iinf",
      0,
      0,
      bigEndian(2, 1),
      isoFullBox("infe", 2, 0, bigEndian(2, 9, 0), "Exif\0"),
    );
    const extentFields = Array.from({ length: extentCount }, () => bigEndian(4, 10, 4));
    const location = joined(bigEndian(2, 9, method, 0, extentCount), ...extentFields);
    const locations = isoFullBox("iloc", 1, 0, bigEndian(2, 0x44_00, 1), location);
    expect(read(fileType, meta(primary, properties, infos, locations))).toMatchObject({
      header: { metadataBlocks: [] },
    });
  });

  it("is read from the first track of a sequence without a picture of its own", () => {
    const track = (version: number) =>
      isoBox(
        "trak",
        isoFullBox("tkhd", version, 7, new Uint8Array(version === 1 ? 84 : 72), bigEndian(2, 40, 0, 30, 0)),
      );
    for (const version of [0, 1]) {
      const movie = isoBox("moov", isoBox("trak"), isoBox("trak", isoFullBox("tkhd", 0, 7)), track(version));
      expect(read(fileType, movie)).toMatchObject({ header: { width: 40, height: 30, animated: true } });
    }
    expect(read(fileType, meta(primary, properties), isoBox("moov"))).toMatchObject({
      header: { animated: true },
    });
    expect(read(fileType, isoBox("moov", isoBox("trak")))).toMatchObject({ kind: "invalid" });
  });

  it.each([
    ["without any box but its type", fileType],
    ["without a primary item", joined(fileType, meta(properties))],
    ["whose primary item has no properties", joined(fileType, meta(primary))],
    [
      "whose primary item is another",
      joined(fileType, meta(isoFullBox("pitm", 0, 0, bigEndian(2, 5)), properties)),
    ],
    ["whose size is none", heicBytes({ width: 0, height: 30 })],
    ["with a box smaller than its own header", joined(fileType, bigEndian(4, 4), latin1("meta"))],
  ])("is invalid in a file %s", (_, bytes) => {
    expect(read(bytes)).toMatchObject({ kind: "invalid", mediaType: "image/heic" });
  });

  it("is read in no time from tables that are made to be endless", () => {
    const infos = Array.from({ length: 4000 }, () => isoFullBox("infe", 2, 0, bigEndian(2, 9, 0), "Exif\0"));
    const locations = isoFullBox(
      "iloc",
      2,
      0,
      bigEndian(2, 0),
      bigEndian(4, 0xffffffff),
      new Uint8Array(400_000).fill(255),
    );
    const endless = isoFullBox("ipma", 0, 0, new Uint8Array(400_000).fill(255));
    const iprp = isoBox("iprp", isoBox("ipco", extents), associations, endless);
    const iinf = isoFullBox("iinf", 0, 0, bigEndian(2, 4000), ...infos);
    expect(read(fileType, meta(primary, iprp, iinf, locations))).toMatchObject({
      header: { metadataBlocks: [] },
    });
  });
});

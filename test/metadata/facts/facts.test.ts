import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFacts, readFactsWith } from "../../../src/metadata/facts/facts.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import {
  avifBytes,
  exifBytes,
  gifBytes,
  gifXmp,
  heicBytes,
  iptcDataset,
  joined,
  jpegBytes,
  jpegSegment,
  latin1,
  photoshopResources,
  pngBytes,
  pngChunk,
  tiffBytes,
  webpBytes,
  xmpPacket,
  zlibBytes,
} from "../../support/images/index.ts";
import { factsOf, nothing } from "./facts-of.ts";

const size = { width: 8, height: 8 };
const exif = exifBytes({ make: "Maker", takenAt: "2024:07:14 16:03:11" });
const iptc = iptcDataset(2, 120, "From IPTC");
const xmp = xmpPacket("<dc:description>From XMP</dc:description>");
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const profile = (name: string, bytes: Uint8Array) =>
  `\n${name}\n      ${bytes.length}\n${hex(bytes).replaceAll(/.{72}/gu, "$&\n")}\n`;

const told = {
  camera: { make: "Maker", model: null, lens: null },
  takenAt: { local: "2024-07-14T16:03:11.000", offset: null, precision: "second", source: "exif" },
};

describe("readFacts", () => {
  it("tells nothing of a file without metadata", async () => {
    expect(await factsOf(jpegBytes(size))).toStrictEqual(nothing);
  });

  it("reads EXIF and XMP of every format that carries them", async () => {
    const files = [
      jpegBytes({ ...size, exif, xmp }),
      await pngBytes({
        ...size,
        chunksBefore: [pngChunk("eXIf", exif), pngChunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0", xmpBytes())],
      }),
      webpBytes({ ...size, exif, xmp }),
      heicBytes({ ...size, exif, xmp }),
      avifBytes({ ...size, exif, xmp }),
    ];
    for (const file of files)
      expect(await factsOf(file)).toStrictEqual({ ...nothing, ...told, caption: "From XMP" });
  });

  it("reads the fields of a TIFF itself, with its IPTC and XMP", async () => {
    const fields = [
      { tag: 700, value: { type: 1, bytes: xmpBytes() } },
      { tag: 33_723, value: joined(iptc, iptcDataset(2, 25, "word")) },
    ];
    for (const big of [false, true]) {
      expect(await factsOf(tiffBytes({ ...size, big, fields }))).toMatchObject({
        caption: "From XMP",
        keywords: ["word"],
      });
    }
  });

  it("reads XMP of a GIF", async () => {
    expect(await factsOf(gifBytes({ ...size, extensions: [gifXmp(xmp)] }))).toMatchObject({
      caption: "From XMP",
    });
  });

  it("reads IPTC of image resources, also where they go on in the next segment", async () => {
    const resources = photoshopResources(iptc);
    expect(await factsOf(jpegBytes({ ...size, photoshop: resources }))).toMatchObject({
      caption: "From IPTC",
    });
    const rest = jpegSegment(0xed, "Photoshop 3.0\0", resources.subarray(30));
    const split = jpegBytes({ ...size, photoshop: resources.subarray(0, 30), extra: rest });
    expect(await factsOf(split)).toMatchObject({ caption: "From IPTC" });
  });

  it("reads what other programs keep in texts of PNG, compressed or not", async () => {
    const plain = [
      pngChunk("tEXt", "Raw profile type exif\0", profile("exif", joined("Exif\0\0", exif))),
      pngChunk("tEXt", "Raw profile type iptc\0", profile("iptc", photoshopResources(iptc))),
    ];
    expect(await factsOf(await pngBytes({ ...size, chunksBefore: plain }))).toMatchObject({
      ...told,
      caption: "From IPTC",
    });
    const compressed = [
      pngChunk("zTXt", "Raw profile type APP1\0\0", await zlibBytes(latin1(profile("APP1", exif)))),
      pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0\0\0", await zlibBytes(xmpBytes())),
    ];
    expect(await factsOf(await pngBytes({ ...size, chunksBefore: compressed }))).toMatchObject({
      ...told,
      caption: "From XMP",
    });
  });

  it("inflates no more than a block may have, and survives one that is broken", async () => {
    const bomb = await zlibBytes(...Array.from({ length: 64 }, () => new Uint8Array(1_000_000)));
    const chunksBefore = [
      pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0\0\0", bomb),
      pngChunk("zTXt", "Raw profile type exif\0\0", "no zlib stream"),
      pngChunk("tEXt", "Raw profile type iptc\0", "no profile"),
    ];
    expect(await factsOf(await pngBytes({ ...size, chunksBefore }))).toStrictEqual(nothing);
  });

  it("finds the EXIF structure of an HEIF item by its offset or, where that is wrong, by itself", async () => {
    for (const prefix of ["\0\0\0\x06Exif\0\0", "\0\0\0\0Exif\0\0", "\0\0\0\x09", "\0\0\0\0"]) {
      const file = heicBytes({ ...size, exifItem: joined(prefix, exif) });
      expect(await factsOf(file)).toMatchObject(told);
    }
    expect(await factsOf(heicBytes({ ...size, exifItem: latin1("nothing of the kind") }))).toStrictEqual(
      nothing,
    );
  });

  it("takes the first EXIF block that holds something", async () => {
    const second = jpegSegment(0xe1, "Exif\0\0", exif);
    expect(await factsOf(jpegBytes({ ...size, exif: latin1("nothing"), extra: second }))).toMatchObject(told);
  });

  it("asks for the ranges in which the metadata lies, wherever that is", async () => {
    const file = heicBytes({ ...size, exif, xmp, dataBytes: 900_000 });
    const result = readImageHeader(FileParts.whole(file));
    if (result.kind !== "header") throw new Error("the image has no header");
    const parts = new FileParts(file.subarray(0, 1000), file.length);
    expect(readFacts(parts, result.header)).toMatchObject({ kind: "need_range" });
    let bytesRead = 0;
    const { facts } = await readFactsWith(parts, result.header, async ({ offset, length }) => {
      bytesRead += length;
      return file.subarray(offset, offset + length);
    });
    expect(facts).toMatchObject({ ...told, caption: "From XMP" });
    expect(bytesRead).toBeLessThan(20_000);
  });

  it("tells nothing where the metadata is scattered over too many places", async () => {
    const resources = Array.from({ length: 60 }, () =>
      jpegSegment(0xed, "Photoshop 3.0\0", new Uint8Array(60_000)),
    );
    const file = jpegBytes({ ...size, exif, extra: joined(...resources) });
    const result = readImageHeader(FileParts.whole(file));
    if (result.kind !== "header") throw new Error("the image has no header");
    const parts = new FileParts(new Uint8Array(0), file.length);
    for (let count = 0; count < 40; count++) parts.add({ offset: 0, length: 1 }, file.subarray(0, 1));
    expect(readFacts(parts, result.header)).toMatchObject({ kind: "facts", facts: nothing });
    expect(await factsOf(file)).toMatchObject(told);
  });
});

describe("readFacts on damaged metadata", () => {
  const rich = jpegBytes({
    ...size,
    exif: exifBytes({
      make: "Maker",
      description: "A caption",
      takenAt: "2024:07:14 16:03:11",
      subSeconds: "12",
      offset: "+02:00",
      exposureTime: [1, 500],
      iso: 80,
      windowsKeywords: "one;two",
      position: {
        latitude: [48, 1, 51, 1, 0, 1],
        latitudeRef: "N",
        longitude: [2, 1, 21, 1, 0, 1],
        longitudeRef: "E",
        altitude: [351, 10],
      },
    }),
    photoshop: photoshopResources(
      joined(iptc, iptcDataset(2, 25, "word"), iptcDataset(2, 55, "20240714"), iptcDataset(2, 80, "Ann")),
    ),
    xmp: xmpPacket(
      "<dc:subject><rdf:Bag><rdf:li>one</rdf:li></rdf:Bag></dc:subject><dc:rights>Ann</dc:rights>",
      'exif:GPSLatitude="48,51N" exif:GPSLongitude="2.35E" photoshop:DateCreated="2024-07" xmp:Rating="4" tiff:Orientation="6"',
    ),
  });

  it("answers for a file cut off after any byte", async () => {
    for (let length = 0; length < rich.length; length += 3) {
      await expect(factsOf(rich.slice(0, length))).resolves.toHaveProperty("camera");
    }
  });

  it("never throws, and tells nothing absurd, on mutations", async () => {
    const edits = fc.array(fc.tuple(fc.nat(rich.length - 1), fc.nat(255)), { minLength: 1, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const damaged = rich.slice();
        for (const [at, value] of changes) damaged[at] = value;
        const { location, exposure, takenAt, iptcCore } = await factsOf(damaged);
        expect([null, 1, 2, 3, 4, 5]).toContain(iptcCore?.rating ?? null);
        expect(Math.abs(location?.latitude ?? 0)).toBeLessThanOrEqual(90);
        expect(Math.abs(location?.longitude ?? 0)).toBeLessThanOrEqual(180);
        expect(
          Object.values(exposure ?? {}).every(
            (value) => value === null || (value > 0 && Number.isFinite(value)),
          ),
        ).toBe(true);
        expect(takenAt?.local ?? "2024-07-14T16:03:11.120").toMatch(
          /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/u,
        );
      }),
      { numRuns: 500 },
    );
  });
});

function xmpBytes(): Uint8Array {
  return new TextEncoder().encode(xmp);
}

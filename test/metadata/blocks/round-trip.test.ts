import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inflate } from "../../../src/metadata/blocks/inflate.ts";
import { rawProfile } from "../../../src/metadata/blocks/raw-profile.ts";
import { parseXmp } from "../../../src/metadata/blocks/xmp/xmp.ts";
import {
  avifBytes,
  extendedXmpSegments,
  gifBytes,
  gifXmp,
  heicBytes,
  iptcDataset,
  joined,
  jpegBytes,
  latin1,
  photoshopResources,
  pngBytes,
  pngChunk,
  rawProfile as writtenProfile,
  tiffBytes,
  webpBytes,
  xmpPacket,
  zlibBytes,
} from "../../support/images/index.ts";
import { factsOf } from "../facts/facts-of.ts";

const size = { width: 8, height: 8 };
/** Words as people write them: without control characters, and with something beside white space at both ends. */
const words = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
  .map((text) => text.replaceAll(/\p{Cc}/gu, ""))
  .filter((text) => text.trim() === text && text !== "" && text.isWellFormed());

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const captioned = (text: string) =>
  xmpPacket(
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt></dc:description>`,
  );
const guid = "0123456789ABCDEF0123456789ABCDEF";
const naming = xmpPacket(
  "",
  `xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="${guid}"`,
);

const carriers: Record<string, (packet: string, record: Uint8Array) => Promise<Uint8Array> | Uint8Array> = {
  "XMP of a JPEG": (xmp) => jpegBytes({ ...size, xmp }),
  "extended XMP of a JPEG": (xmp) =>
    jpegBytes({ ...size, xmp: naming, extra: joined(...extendedXmpSegments(encoded(xmp), guid, 97)) }),
  "XMP of a PNG": async (xmp) =>
    pngBytes({ ...size, chunksBefore: [pngChunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0", encoded(xmp))] }),
  "compressed XMP of a PNG": async (xmp) =>
    pngBytes({
      ...size,
      chunksBefore: [pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0\0\0", await zlibBytes(encoded(xmp)))],
    }),
  "XMP of a profile": async (xmp) =>
    pngBytes({
      ...size,
      chunksBefore: [pngChunk("tEXt", "Raw profile type xmp\0", writtenProfile("xmp", encoded(xmp)))],
    }),
  "XMP of a WebP": (xmp) => webpBytes({ ...size, xmp }),
  "XMP of a GIF": (xmp) => gifBytes({ ...size, extensions: [gifXmp(xmp)] }),
  "XMP of a TIFF": (xmp) =>
    tiffBytes({ ...size, fields: [{ tag: 700, value: { type: 1, bytes: encoded(xmp) } }] }),
  "XMP of an HEIC": (xmp) => heicBytes({ ...size, xmp }),
  "XMP of an AVIF": (xmp) => avifBytes({ ...size, xmp }),
  "IPTC of a JPEG": (_, record) => jpegBytes({ ...size, photoshop: photoshopResources(record) }),
  "IPTC of a PNG": async (_, record) =>
    pngBytes({
      ...size,
      chunksBefore: [
        pngChunk(
          "zTXt",
          "Raw profile type iptc\0\0",
          await zlibBytes(latin1(writtenProfile("IPTC profile", record))),
        ),
      ],
    }),
  "IPTC of a TIFF": (_, record) => tiffBytes({ ...size, fields: [{ tag: 33_723, value: record }] }),
};

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe("any words", () => {
  it.each(Object.entries(carriers))("are read back from %s", async (_, file) => {
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const record = joined(iptcDataset(1, 90, "\x1b%G"), iptcDataset(2, 120, text));
        expect((await factsOf(await file(captioned(text), record))).caption).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  it("are read back from an attribute of XMP", () => {
    fc.assert(
      fc.property(words, (text) => {
        const packet = parseXmp(encoded(xmpPacket("", `dc:description="${escaped(text)}"`)));
        expect(packet?.items("http://purl.org/dc/elements/1.1/", "description")[0]?.text).toBe(text);
      }),
    );
  });
});

describe("any bytes", () => {
  it("are read back from a zlib stream, up to a bound", async () => {
    const piece = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(piece, fc.nat(400), fc.nat(2000), async (bytes, count, most) => {
        const whole = joined(...Array.from({ length: count }, () => bytes), "end");
        const stream = await zlibBytes(whole);
        expect(inflate(stream, whole.length + 10)).toStrictEqual(whole);
        expect(inflate(stream, most)).toStrictEqual(whole.subarray(0, most));
      }),
      { numRuns: 200 },
    );
  });

  it("that are no zlib stream, or a spoilt one, give no more than was asked for", async () => {
    const stream = await zlibBytes(encoded(captioned("words")));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(stream.length), (bytes, at) => {
        for (const data of [
          bytes,
          joined(stream.subarray(0, 2), bytes),
          joined(stream.subarray(0, at), bytes),
        ]) {
          expect(inflate(data, 5000).length).toBeLessThanOrEqual(5000);
        }
      }),
    );
  });

  it("are read back from a raw profile", () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.integer({ min: 1, max: 100 }),
        fc.boolean(),
        (bytes, lineLength, isUpperCase) => {
          const text = writtenProfile("some name", bytes, { lineLength, isUpperCase });
          expect(rawProfile(latin1(text))).toStrictEqual(bytes);
        },
      ),
    );
  });

  it("are a packet or none, and never more than they are", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...Array.from("<>/?!-[]&;#\"'= \n"), "rdf:li", "rdf:RDF", "a", "\0"),
        }),
        (text) => {
          const items =
            parseXmp(encoded(xmpPacket(`${text}<dc:description>x</dc:description>`)))?.items(
              "http://purl.org/dc/elements/1.1/",
              "description",
            ) ?? [];
          expect(items.reduce((sum, item) => sum + item.text.length, 0)).toBeLessThanOrEqual(
            2 * text.length + 500,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { type MediaType, mediaTypes } from "../../../src/core/media-type.ts";
import { sniffBytes, sniffMediaType } from "../../../src/metadata/headers/sniff.ts";
import { bigEndian, bmpBytes, heicBytes, joined, latin1, testImage } from "../../support/images/index.ts";

const size = { width: 4, height: 4 };

function branded(brand: string, ...compatibleBrands: string[]): Uint8Array {
  return heicBytes({ ...size, brand, compatibleBrands });
}

describe("sniffMediaType", () => {
  it.each(mediaTypes)("tells %s by its first bytes", async (mediaType) => {
    const image = await testImage({ ...size, mediaType });
    expect(sniffMediaType(image)).toBe(mediaType);
    expect(sniffMediaType(image.subarray(0, sniffBytes))).toBe(mediaType);
  });

  it.each<[string, Uint8Array, MediaType | null]>([
    ["an AVIF sequence", branded("avis", "msf1"), "image/avif"],
    ["a structural brand with HEVC behind", branded("mif1", "miaf", "heic"), "image/heic"],
    ["a structural brand with AV1 behind", branded("mif1", "avif"), "image/avif"],
    ["a structural brand alone", branded("msf1", "iso8"), "image/heif"],
    ["an unknown brand that is compatible with HEIF", branded("xxxx", "mif1", "heix"), "image/heic"],
    ["a movie", branded("isom", "mp41"), null],
    ["a movie that lists an image brand alone", branded("qt  ", "heic"), null],
    ["OS/2's bitmap", bmpBytes({ ...size, core: true }), "image/bmp"],
    ["a big-endian TIFF", latin1("MM\0*\0\0\0\x08"), "image/tiff"],
    ["a BigTIFF", latin1("MM\0+\0\x08\0\0"), "image/tiff"],
    ["Canon's raw", latin1("II*\0\x10\0\0\0CR\x02\0"), null],
    ["a text that begins with BM", latin1("BM is how a bitmap begins, and this is none"), null],
    ["JPEG XL", latin1("\xff\x0a\xfa\x1f"), null],
    ["JPEG 2000", joined(bigEndian(4, 12), "jP  \r\n\x87\n"), null],
    ["an icon", latin1("\0\0\x01\0\x01\0"), null],
    ["PDF", latin1("%PDF-1.7"), null],
    ["SVG", latin1('<svg xmlns="http://www.w3.org/2000/svg"/>'), null],
    ["HTML", latin1("<!doctype html>"), null],
    ["a RIFF of something else", latin1("RIFF\0\0\0\0WAVEfmt "), null],
    ["zeros", new Uint8Array(64), null],
    ["nothing", new Uint8Array(0), null],
  ])("takes %s for what it is", (_, bytes, mediaType) => {
    expect(sniffMediaType(bytes)).toBe(mediaType);
  });

  it("does not look beyond the file type box for brands", () => {
    const bytes = joined(bigEndian(4, 16), "ftyp", "mif1", bigEndian(4, 0), "avif");
    expect(sniffMediaType(bytes)).toBe("image/heif");
  });
});

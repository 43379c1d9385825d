import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import {
  bigEndian,
  joined,
  latin1,
  orientationExif,
  pngBytes,
  pngChunk,
  type PngContent,
} from "../../support/images/index.ts";

const size = { width: 20, height: 10 };

async function header(content: Partial<PngContent>) {
  return readImageHeader(FileParts.whole(await pngBytes({ ...size, ...content })));
}

/** Kinds and codings of the metadata blocks, with their bytes as text. */
async function blocks(content: Partial<PngContent>) {
  const bytes = await pngBytes({ ...size, ...content });
  const result = readImageHeader(FileParts.whole(bytes));
  return (result.kind === "header" ? result.header.metadataBlocks : []).map(
    ({ kind, coding, offset, length }) => [
      kind,
      coding,
      String.fromCharCode(...bytes.subarray(offset, offset + length)),
    ],
  );
}

/** Picture data that no decoder would take, but as many bytes as are asked for. */
const bulk = (bytes: number) => pngChunk("IDAT", new Uint8Array(bytes));
const signature = "\x89PNG\r\n\x1a\n";
const imageHeader = (...fields: number[]) => pngChunk("IHDR", bigEndian(4, 20, 10), bigEndian(1, ...fields));

describe("the header of a PNG", () => {
  it.each([
    ["grey", [1, 0, 0, 0, 0], { bitDepth: 1, channels: 1, hasAlpha: false }],
    ["a palette", [8, 3, 0, 0, 0], { bitDepth: 8, channels: 1, hasAlpha: false }],
    ["grey with alpha", [16, 4, 0, 0, 0], { bitDepth: 16, channels: 2, hasAlpha: true }],
    [
      "colours with alpha, interlaced",
      [8, 6, 0, 0, 1],
      { channels: 4, hasAlpha: true, variant: "interlaced" },
    ],
    ["a colour type that there is not", [8, 9, 0, 0, 0], { channels: null }],
  ])("tells of %s", (_, fields, told) => {
    const bytes = joined(signature, imageHeader(...fields), pngChunk("IEND"));
    expect(readImageHeader(FileParts.whole(bytes))).toMatchObject({ kind: "header", header: told });
  });

  it("tells transparency and animation from their chunks", async () => {
    expect(await header({ chunksBefore: [pngChunk("tRNS", "\0\0")] })).toMatchObject({
      header: { hasAlpha: true },
    });
    const animated = await header({ chunksBefore: [pngChunk("acTL", bigEndian(4, 2, 0))] });
    expect(animated).toMatchObject({ header: { animated: true } });
  });

  it("tells an orientation whose chunk follows the picture", async () => {
    const chunksBehind = [pngChunk("eXIf", orientationExif(6))];
    expect(await header({ chunksBehind })).toMatchObject({ header: { orientation: 6, shownWidth: 10 } });
  });

  it("tells it from the end of a file that is too large to be walked", async () => {
    const noise = pngChunk("IDAT", "not a chunk: eXIf", new Uint8Array(40), "tEXt");
    const chunksBehind = [bulk(300_000), noise, pngChunk("eXIf", orientationExif(6))];
    expect(await header({ chunksBehind })).toMatchObject({ header: { orientation: 6 } });
    expect(await header({ chunksBehind: [bulk(300_000)] })).toMatchObject({ header: { orientation: null } });
  });

  it("looks at a bounded number of places that might be chunks", async () => {
    const decoys = pngChunk("IDAT", "tEXt".repeat(1000));
    const chunksBehind = [bulk(300_000), decoys, pngChunk("eXIf", orientationExif(6))];
    expect(await header({ chunksBehind })).toMatchObject({ header: { orientation: null } });
  });

  it("says where its metadata lies, whichever chunk writers keep it in", async () => {
    const chunksBefore = [
      pngChunk("iCCP", "a profile\0\0deflated"),
      pngChunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0<plain/>"),
      pngChunk("iTXt", "XML:com.adobe.xmp\0\x01\0en\0title\0deflated"),
      pngChunk("zTXt", "Raw profile type iptc\0\0deflated"),
      pngChunk("tEXt", "Raw profile type APP1\0\nexif\n"),
    ];
    expect(await blocks({ chunksBefore })).toStrictEqual([
      ["icc", "deflate", "deflated"],
      ["xmp", "plain", "<plain/>"],
      ["xmp", "deflate", "deflated"],
      ["photoshop", "hex_deflate", "deflated"],
      ["exif", "hex", "\nexif\n"],
    ]);
  });

  it.each([
    ["a keyword of another kind", pngChunk("tEXt", "Comment\0nice")],
    ["a keyword without an end", pngChunk("tEXt", "XML:com.adobe.xmp")],
    ["an international text of another kind", pngChunk("iTXt", "Comment\0\0\0\0\0nice")],
    ["an international text without its tags", pngChunk("iTXt", "XML:com.adobe.xmp\0\0\0")],
    ["a keyword in a chunk that is no text", pngChunk("prIV", "Raw profile type exif\0text")],
  ])("finds no metadata in %s", async (_, chunk) => {
    expect(await blocks({ chunksBefore: [chunk] })).toStrictEqual([]);
  });

  it.each([
    ["whose first chunk is another", joined(signature, pngChunk("CgBI", "\0"), imageHeader(8, 2, 0, 0, 0))],
    ["that ends in it", joined(signature, imageHeader(8, 2, 0, 0, 0).subarray(0, 18))],
    ["that is nothing but its signature", latin1(signature)],
    ["of no width", joined(signature, pngChunk("IHDR", bigEndian(4, 0, 10), bigEndian(1, 8, 2, 0, 0, 0)))],
  ])("is invalid in a file %s", (_, bytes) => {
    expect(readImageHeader(FileParts.whole(bytes))).toMatchObject({
      kind: "invalid",
      mediaType: "image/png",
    });
  });

  it("is read past thousands of chunks only so far", async () => {
    const chunksBefore = Array.from({ length: 1100 }, () => pngChunk("prIV", ""));
    expect(
      await header({ chunksBefore, chunksBehind: [pngChunk("eXIf", orientationExif(6))] }),
    ).toMatchObject({
      header: { width: 20, orientation: null },
    });
  });
});

import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import {
  joined,
  latin1,
  littleEndian,
  orientationExif,
  riffChunk,
  webpBytes,
  type WebpContent,
  webpFile,
} from "../../support/images/index.ts";

const size = { width: 20, height: 10 };
const header = (content: Partial<WebpContent>) =>
  readImageHeader(FileParts.whole(webpBytes({ ...size, ...content })));
const animation = 0x02;
const extended = (flags: number) => riffChunk("VP8X", littleEndian(4, flags), littleEndian(3, 19, 9));

describe("the header of a WebP", () => {
  it("tells of a lossless picture", () => {
    expect(header({})).toMatchObject({
      header: { width: 20, height: 10, variant: "lossless", hasAlpha: false },
    });
  });

  it("tells of a lossy picture, without its scaling bits", () => {
    const picture = riffChunk(
      "VP8 ",
      "\0\0\0\x9d\x01\x2a",
      littleEndian(2, 20 | 0x4000, 10 | 0x8000),
      "data",
    );
    expect(readImageHeader(FileParts.whole(webpFile(picture)))).toMatchObject({
      header: { width: 20, height: 10, variant: "lossy", channels: 3 },
    });
  });

  it("tells of alpha by the extended header", () => {
    expect(header({ flags: 0x10 })).toMatchObject({ header: { hasAlpha: true, channels: 4 } });
  });

  it("tells an orientation, with and without JPEG's prefix before the block", () => {
    expect(header({ orientation: 6 })).toMatchObject({ header: { orientation: 6, shownWidth: 10 } });
    const exif = joined("Exif\0\0", orientationExif(6));
    expect(header({ exif })).toMatchObject({ header: { orientation: 6 } });
  });

  it("says where profile and XMP lie", () => {
    const bytes = webpBytes({ ...size, xmp: "<x/>", chunksBefore: [riffChunk("ICCP", "profile")] });
    const result = readImageHeader(FileParts.whole(bytes));
    const blocks = result.kind === "header" ? result.header.metadataBlocks : [];
    expect(
      blocks.map(({ kind, offset, length }) => [
        kind,
        String.fromCharCode(...bytes.subarray(offset, offset + length)),
      ]),
    ).toStrictEqual([
      ["icc", "profile"],
      ["xmp", "<x/>"],
    ]);
  });

  it("finds the metadata behind an animation's frames", () => {
    const frames = Array.from({ length: 40 }, () =>
      riffChunk("ANMF", "EXIF or XMP ? neither", new Uint8Array(4000)),
    );
    const exif = riffChunk("EXIF", orientationExif(6));
    const xmp = riffChunk("XMP ", "<x/>");
    const file = (...chunks: Uint8Array[]) =>
      FileParts.whole(webpFile(extended(animation), ...frames, ...chunks));
    expect(readImageHeader(file(exif, xmp))).toMatchObject({ header: { animated: true, orientation: 6 } });
    expect(readImageHeader(file(exif))).toMatchObject({ header: { orientation: 6 } });
    expect(readImageHeader(file())).toMatchObject({ header: { animated: true, metadataBlocks: [] } });
    expect(readImageHeader(file(latin1("EXIF")))).toMatchObject({ header: { metadataBlocks: [] } });
  });

  it.each([
    ["without a picture", webpFile(riffChunk("JUNK", "nothing"))],
    ["whose lossless picture lacks its signature", webpFile(riffChunk("VP8L", "nothing"))],
    ["whose lossy picture is no key frame", webpFile(riffChunk("VP8 ", "nothing at all"))],
    ["that ends in its extended header", webpFile(extended(0)).subarray(0, 27)],
    ["that ends in its lossless header", webpBytes(size).subarray(0, 23)],
  ])("is invalid in a file %s", (_, bytes) => {
    expect(readImageHeader(FileParts.whole(bytes))).toMatchObject({
      kind: "invalid",
      mediaType: "image/webp",
    });
  });
});

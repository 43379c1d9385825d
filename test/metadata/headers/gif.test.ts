import { describe, expect, it } from "vitest";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import {
  gifBytes,
  type GifContent,
  gifSubBlocks,
  gifXmp,
  joined,
  latin1,
} from "../../support/images/index.ts";

const size = { width: 6, height: 4 };
const header = (content: Partial<GifContent>) =>
  readImageHeader(FileParts.whole(gifBytes({ ...size, ...content })));

describe("the header of a GIF", () => {
  it("tells the size of the logical screen, not of the first frame", () => {
    expect(header({ screen: { width: 10, height: 12 } })).toMatchObject({
      header: { width: 10, height: 12 },
    });
  });

  it("tells the size of the first frame where the screen has none", () => {
    expect(header({ screen: { width: 0, height: 0 } })).toMatchObject({ header: { width: 6, height: 4 } });
  });

  it("tells transparency from the extension before the first frame", () => {
    const transparent = latin1("!\xf9\x04\x01\0\0\0\0");
    const opaque = latin1("!\xf9\x04\0\0\0\0\0");
    expect(header({ extensions: [transparent] })).toMatchObject({ header: { hasAlpha: true } });
    expect(header({ extensions: [opaque] })).toMatchObject({ header: { hasAlpha: false } });
  });

  it("says where its XMP lies", () => {
    const comment = joined("!\xfe", gifSubBlocks(latin1("a comment")));
    const bytes = gifBytes({ ...size, extensions: [comment, gifXmp("<x/>")] });
    const result = readImageHeader(FileParts.whole(bytes));
    const block = result.kind === "header" ? result.header.metadataBlocks[0] : undefined;
    expect(block).toMatchObject({ kind: "xmp", coding: "plain" });
    expect(String.fromCharCode(...bytes.subarray(block?.offset, (block?.offset ?? 0) + 4))).toBe("<x/>");
  });

  it("is read without the frame where too much stands before it", () => {
    const large = joined("!\xfe", gifSubBlocks(new Uint8Array(70_000)));
    expect(header({ extensions: [large] })).toMatchObject({ header: { width: 6, height: 4 } });
    expect(header({ extensions: [large], screen: { width: 0, height: 0 } })).toMatchObject({
      kind: "invalid",
    });
  });

  it.each([
    ["without a frame", gifBytes({ ...size, frames: 0 })],
    ["that ends before its first frame", gifBytes({ ...size, frames: 0 }).subarray(0, 25)],
    ["whose frame and screen have no size", gifBytes({ width: 0, height: 0 })],
  ])("is invalid in a file %s", (_, bytes) => {
    expect(readImageHeader(FileParts.whole(bytes))).toMatchObject({
      kind: "invalid",
      mediaType: "image/gif",
    });
  });
});

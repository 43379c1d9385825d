import { describe, expect, it } from "vitest";
import { extensionOf, kindOfKey, isMediaType } from "../../src/core/media-type.ts";

describe("extensionOf", () => {
  it.each([
    ["2024/beach/IMG_0042.JPG", "jpg"],
    ["photo.tar.gz", "gz"],
    [".DS_Store", "ds_store"],
    ["a.b/no-extension", null],
    ["ends-with-a-dot.", null],
    ["Mr. Smith at the beach", null],
    ["", null],
  ])("of %j is %j", (key, extension) => {
    expect(extensionOf(key)).toBe(extension);
  });
});

describe("kindOfKey", () => {
  it.each("jpg jpeg jpe jfif png apng gif webp heic heif hif avif avifs tif tiff bmp dib".split(" "))(
    "takes in .%s, in either case",
    (extension) => {
      expect(kindOfKey(`folder/name.${extension}`)).toBe("image");
      expect(kindOfKey(`folder/name.${extension.toUpperCase()}`)).toBe("image");
    },
  );

  it.each(["notes.txt", "clip.mov", "page.svg", "scan.pdf", "raw.cr2", "picture.jxl", ".DS_Store"])(
    "leaves %s out",
    (key) => {
      expect(kindOfKey(key)).toBe("other");
    },
  );

  it("leaves a name without an extension to its bytes", () => {
    expect(kindOfKey("2024.07/IMG_0042")).toBe("unknown");
  });
});

describe("isMediaType", () => {
  it("tells accepted types from others", () => {
    expect(isMediaType("image/heic")).toBe(true);
    expect(isMediaType("image/svg+xml")).toBe(false);
    expect(isMediaType("toString")).toBe(false);
  });
});

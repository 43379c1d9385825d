import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { originalUrl, sizeFor, thumbnailSizes, thumbnailUrl } from "../../../console/src/service/pictures.ts";

describe("the address of a thumbnail", () => {
  it("names the version, so that the browser keeps the picture for good", () => {
    const url = thumbnailUrl({ id: "0193", thumbnailVersion: "a-1" }, { size: 256, fit: "cover" });
    expect(url).toBe("/v1/media/0193/thumbnail?size=256&fit=cover&v=a-1");
  });

  it("is none for a photo without a thumbnail", () => {
    expect(thumbnailUrl({ id: "0193", thumbnailVersion: null }, { size: 256, fit: "cover" })).toBe(null);
  });
});

describe("the address of the original", () => {
  it("shows the file, or saves it", () => {
    expect(originalUrl("a/b")).toBe("/v1/media/a%2Fb/data");
    expect(originalUrl("0193", { download: true })).toBe("/v1/media/0193/data?download=true");
  });
});

describe("the size for a place on the screen", () => {
  it("has a pixel for each pixel of the screen, and is the smallest that has", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 512 }), fc.constantFrom(1, 1.5, 2), (pixels, ratio) => {
        const size = sizeFor(pixels, ratio);
        expect(size).toBeGreaterThanOrEqual(pixels * ratio);
        const smaller = thumbnailSizes.filter((each) => each < size);
        expect(smaller.filter((each) => each >= pixels * ratio)).toEqual([]);
      }),
    );
  });

  it("is the largest allowed where none is large enough", () => {
    expect(sizeFor(3000, 2)).toBe(1024);
    expect(sizeFor(3000, 2, 2048)).toBe(2048);
    expect(sizeFor(900, 1, 256)).toBe(256);
  });
});

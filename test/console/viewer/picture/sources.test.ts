import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Pictured } from "../../../../console/src/viewer/photos/pictured.ts";
import {
  canShowOriginal,
  pixelsOf,
  sourceFor,
  sources,
  urlOf,
} from "../../../../console/src/viewer/picture/sources.ts";
import { photoWith } from "../support/photo.ts";

function picturedWith(given: Partial<Pictured> = {}): Pictured {
  return { ...photoWith({ id: "a", width: 4032, height: 3024 }), fileSize: 3_000_000, ...given };
}

describe("the source of a picture", () => {
  test.each([
    [1024, false, "thumbnail-1024"],
    [1280, false, "thumbnail-1024"],
    [1281, false, "thumbnail-2048"],
    [4000, false, "thumbnail-2048"],
    [2560, true, "thumbnail-2048"],
    [2561, true, "original"],
  ])("for %d pixels, enlarged: %j, is %s", (pixels, isZoomed, source) => {
    expect(sourceFor(picturedWith(), { pixels, isZoomed })).toBe(source);
  });

  test.each([
    ["has no more pixels than the smallest", { width: 640, height: 1024 }, "thumbnail-1024"],
    ["has no more pixels than the largest thumbnail", { width: 2048, height: 1000 }, "thumbnail-2048"],
    ["is missing", { missingSince: "2026-11-22T10:38:00.000Z" }, "thumbnail-1024"],
    ["is of a type that browsers do not show", { contentType: "image/heic" }, "thumbnail-2048"],
    ["is larger than anybody waits for", { fileSize: 50_000_001 }, "thumbnail-2048"],
    ["has a size that nobody knows yet", { fileSize: null }, "thumbnail-2048"],
    ["has a width and a height that nobody knows", { width: null, height: null }, "original"],
  ] as const)("of a photo that %s", (_, given, source) => {
    expect(sourceFor(picturedWith(given), { pixels: 10_000, isZoomed: true })).toBe(source);
  });

  it("never gets worse with more pixels", () => {
    const amounts = fc.double({ min: 0, max: 20_000, noNaN: true });
    const pictures = fc.record({
      width: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: null }),
      height: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: null }),
      contentType: fc.constantFrom("image/jpeg", "image/heic"),
    });
    fc.assert(
      fc.property(pictures, amounts, amounts, fc.boolean(), (given, one, other, isZoomed) => {
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)].map((pixels) =>
          sources.indexOf(sourceFor(picturedWith(given), { pixels, isZoomed })),
        );
        expect(fewer).toBeLessThanOrEqual(more ?? -1);
      }),
    );
  });
});

it("shows an original of 50 MB, and none of a missing photo", () => {
  expect(canShowOriginal(picturedWith({ fileSize: 50_000_000 }))).toBe(true);
  expect(canShowOriginal(picturedWith({ missingSince: "2026-11-22T10:38:00.000Z" }))).toBe(false);
});

it("loads each source from its address", () => {
  expect(sources.map((source) => urlOf(picturedWith(), source))).toEqual([
    "/v1/media/a/thumbnail?size=1024&fit=contain&v=v1",
    "/v1/media/a/thumbnail?size=2048&fit=contain&v=v1",
    "/v1/media/a/data",
  ]);
});

it("has no address for the thumbnail of a photo that can have none", () => {
  expect(urlOf(picturedWith({ thumbnailVersion: null }), "thumbnail-1024")).toBeNull();
});

test.each([
  [4032, 3024, [1024, 2048, 4032]],
  [640, 480, [640, 640, 640]],
  [null, null, [1024, 2048, 2048]],
])("tells how many pixels each source of a picture of %j × %j has", (width, height, pixels) => {
  expect(sources.map((source) => pixelsOf(picturedWith({ width, height }), source))).toEqual(pixels);
});

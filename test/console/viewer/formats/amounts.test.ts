import fc from "fast-check";
import { expect, it, test } from "vitest";
import {
  countText,
  dimensionsText,
  fileSizeText,
  megapixelsText,
} from "../../../../console/src/viewer/formats/amounts.ts";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [812, "812 bytes"],
  [1_000, "1 kB"],
  [45_678, "45.7 kB"],
  [161_713, "162 kB"],
  [999_949, "1 MB"],
  [3_145_728, "3.1 MB"],
  [104_857_600, "105 MB"],
  [5_000_000_000_000_000, "5,000 TB"],
])("tells %d bytes as %s", (bytes, text) => {
  expect(fileSizeText(bytes)).toBe(text);
});

it("has one to three digits before the point, whatever the size below a thousand terabytes", () => {
  fc.assert(
    fc.property(fc.nat({ max: 999_000_000_000_000 }), (bytes) => {
      expect(fileSizeText(bytes)).toMatch(/^\d{1,3}(?:\.\d)? (?:bytes?|[kMGT]B)$/);
    }),
  );
});

it("counts with the separators of the language", () => {
  expect(countText(8312)).toBe("8,312");
});

it("tells the size of a picture in pixels, and in millions of them", () => {
  expect([dimensionsText(4032, 3024), megapixelsText(4032, 3024), megapixelsText(640, 480)]).toEqual([
    "4032 × 3024",
    "12.2",
    "0.3",
  ]);
});

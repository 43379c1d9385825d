import fc from "fast-check";
import { expect, it, test } from "vitest";
import { exposureTexts } from "../../../../console/src/viewer/formats/exposure.ts";

const nothing = { time: null, f_number: null, iso: null, focal_length: null };

it("tells an exposure as photographers write it", () => {
  expect(exposureTexts({ time: 0.002, f_number: 1.8, iso: 80, focal_length: 6.86 })).toEqual([
    "1/500 s",
    "f/1.8",
    "ISO 80",
    "6.86 mm",
  ]);
});

test.each([
  [0.0125, "1/80 s"],
  [0.01333333333, "1/75 s"],
  [0.25, "1/4 s"],
  [0.3333, "0.3 s"],
  [0.5, "0.5 s"],
  [1, "1 s"],
  [30, "30 s"],
  [1 / 8000, "1/8000 s"],
])("tells %d seconds as %s", (time, text) => {
  expect(exposureTexts({ ...nothing, time })).toEqual([text]);
});

it("tells a high sensitivity without separators, as cameras do", () => {
  expect(exposureTexts({ ...nothing, iso: 12_800 })).toEqual(["ISO 12800"]);
});

it("leaves out what the file does not tell, and what no camera has", () => {
  expect(exposureTexts({ time: 0, f_number: Number.NaN, iso: -1, focal_length: null })).toEqual([]);
});

it("tells something sane of any numbers", () => {
  const any = fc.option(fc.double(), { nil: null });
  fc.assert(
    fc.property(any, any, any, any, (time, f_number, iso, focal_length) => {
      const texts = exposureTexts({ time, f_number, iso, focal_length });
      expect(texts.join()).not.toMatch(/NaN|∞|null|-/);
    }),
  );
});

import { expect, it } from "vitest";
import { photosText } from "../../../../console/src/find/chips/count.ts";

it.each([
  [0, false, "0 photos"],
  [1, false, "1 photo"],
  [8312, false, "8,312 photos"],
  [10_000, true, "more than 10,000 photos"],
  [0, true, "0 photos"],
])("%i photos, with more: %s, are told as %s", (count, isMore, text) => {
  expect(photosText(count, { isMore })).toBe(text);
});

it("photos are all that there are unless it is said otherwise", () => {
  expect(photosText(2)).toBe("2 photos");
});

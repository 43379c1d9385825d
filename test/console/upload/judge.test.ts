import { expect, it } from "vitest";
import { judge } from "../../../console/src/upload/judge.ts";

it.each([
  ["a/IMG_1.JPG", 10, null],
  ["IMG_1.heic", 10, null],
  ["IMG_1", 10, null],
  ["Mr. Smith", 10, null],
  ["IMG_1.jpg.xmp", 10, "sidecar"],
  ["IMG_1.XMP", 10, "sidecar"],
  ["film.mov", 10, "noPhoto"],
  ["a.b/notes.txt", 10, "noPhoto"],
  ["IMG_1.jpg", 0, "empty"],
  ["IMG_1.jpg", 101, "tooLarge"],
  ["IMG_1.jpg", 100, null],
])("knows of %s with %i bytes whether it can come in", (path, size, unfit) => {
  expect(judge({ path, size }, 100)).toBe(unfit);
});

it("leaves the size to the service while the limit is not known", () => {
  expect(judge({ path: "a.jpg", size: 2 ** 40 }, null)).toBe(null);
});

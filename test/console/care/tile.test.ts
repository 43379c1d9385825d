import { expect, it } from "vitest";
import { folderOf, tileOf } from "../../../console/src/care/tile.ts";
import { intrinsicWith, mediaWith } from "../viewer/support/media.ts";

it("tells of a photo what tells it from another", () => {
  const media = mediaWith({
    intrinsic: intrinsicWith({ width: 400, height: 300 }),
    object_metadata: { description: "At the sea" },
    taken: { at: "2024-07-14T00:00:00.000", offset: null, precision: "day", source: "person" },
  });
  expect(tileOf(media)).toEqual({
    name: "At the sea",
    objectKey: "2024/beach/IMG_0042.jpg",
    facts: "14 July 2024, 400 × 300, 3.1 MB",
  });
});

it("says of a photo without a date that it has none", () => {
  expect(tileOf(mediaWith()).facts).toBe("No date, 3.1 MB");
});

it.each([
  ["2024/beach/a.jpg", "2024/beach/"],
  ["a.jpg", ""],
])("finds the folder of %s", (key, folder) => {
  expect(folderOf(key)).toBe(folder);
});

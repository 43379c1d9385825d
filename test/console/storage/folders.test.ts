import { expect, it } from "vitest";
import { byFolder } from "../../../console/src/storage/folders.ts";
import { mediaWith } from "../viewer/support/media.ts";

it("puts photos together that lie directly in one folder, in the order of the folders", () => {
  const media = ["b/1.jpg", "top.jpg", "a/x/2.jpg", "a/3.jpg", "b/4.jpg"].map((object_key) =>
    mediaWith({ object_key }),
  );
  const groups = byFolder(media).map(({ path, media }) => [path, media.map((each) => each.object_key)]);
  expect(groups).toEqual([
    ["", ["top.jpg"]],
    ["a/", ["a/3.jpg"]],
    ["a/x/", ["a/x/2.jpg"]],
    ["b/", ["b/1.jpg", "b/4.jpg"]],
  ]);
});

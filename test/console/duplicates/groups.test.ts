import { expect, it } from "vitest";
import {
  groupTitle,
  shownGroup,
  withMedia,
  without,
  writtenOf,
  type CopyGroup,
} from "../../../console/src/duplicates/groups.ts";
import { mediaWith } from "../viewer/support/media.ts";

const [one, two] = [mediaWith({ id: "1" }), mediaWith({ id: "2" })];
const pair: CopyGroup = {
  kind: "equal",
  content_hash: "md5:x",
  file_size: 3_145_728,
  count: 2,
  capped: false,
  media: [one, two],
};

it("tells how many copies there are, and the size that all of them have", () => {
  expect(groupTitle(pair)).toBe("2 copies, 3.1 MB each");
  expect(groupTitle({ ...pair, file_size: null, count: 1000, capped: true })).toBe("more than 1,000 copies");
});

it("has a photo less that was deleted, and says where one is left", () => {
  const left = without(pair, "1");
  expect(left.media).toEqual([two]);
  expect(groupTitle(left)).toBe("Only this one is left");
});

it("is left as it is by a photo of another group", () => {
  expect(without(pair, "3")).toBe(pair);
  expect(withMedia(pair, [mediaWith({ id: "3" })])).toBe(pair);
});

it("shows a photo as it is now", () => {
  const now = mediaWith({ id: "2", object_metadata: { title: "Sea" } });
  expect(withMedia(pair, [now]).media).toEqual([one, now]);
});

it("is the same group on the page when photos leave it, and another one of another kind", () => {
  expect(shownGroup(pair).id).not.toBe(shownGroup({ ...pair, kind: "same" }).id);
});

it("has the words of a photo, those first that are read first", () => {
  const media = mediaWith({
    object_metadata: { shelf_mark: 7, keywords: ["sea", "boat"], title: "Sea", city: "", creator: "Ann" },
  });
  expect(writtenOf(media).map(({ label, text }) => `${label}: ${text}`)).toEqual([
    "Title: Sea",
    "Keywords: sea, boat",
    "Creator: Ann",
    "Shelf mark: 7",
  ]);
});

import { expect, it, test } from "vitest";
import { noticesOf } from "../../../../console/src/viewer/picture/notices.ts";
import { photoWith } from "../support/photo.ts";

it("has nothing to say of a photo as it should be", () => {
  expect(noticesOf(photoWith())).toEqual([]);
});

test.each([
  ["pending", "This photo is still being processed. The page looks again by itself."],
  ["failed", "This photo could not be processed."],
  ["unsupported", "This photo has no thumbnail."],
] as const)("says that a photo is %s, and why", (state, text) => {
  expect(noticesOf(photoWith({ state, problem: "The file is damaged." }))).toEqual([
    { text, detail: "The file is damaged." },
  ]);
});

it("says first since when a photo is missing", () => {
  const notices = noticesOf(photoWith({ state: "pending", missingSince: "2026-11-22T10:38:00.000Z" }));
  expect(notices).toHaveLength(2);
  expect(notices[0]?.text).toContain("22 November 2026");
});

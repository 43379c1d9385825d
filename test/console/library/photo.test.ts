import { expect, it } from "vitest";
import { photoOf } from "../../../console/src/library/photo.ts";

it("is read out of an item of a list", () => {
  const photo = photoOf({
    id: "1",
    provider: "r2",
    object_key: "2024/a.jpg",
    content_type: "image/jpeg",
    state: "failed",
    error: { code: "damaged", detail: "The file ends early." },
    missing_since: "2024-01-01T00:00:00.000Z",
    taken: { at: "1962-01-01T00:00:00.000", precision: "year", offset: null, source: "person" },
    intrinsic: { width: 3, height: 2, thumbhash: "AAAA" },
    thumbnail_version: "v-3",
    object_metadata: { title: "A title", description: "A description" },
    highlight: { title: "A title" },
    source: "suggestion",
  });
  expect(photo).toEqual({
    id: "1",
    provider: "r2",
    objectKey: "2024/a.jpg",
    contentType: "image/jpeg",
    state: "failed",
    problem: "The file ends early.",
    missingSince: "2024-01-01T00:00:00.000Z",
    taken: { at: "1962-01-01T00:00:00.000", precision: "year" },
    width: 3,
    height: 2,
    thumbhash: "AAAA",
    thumbnailVersion: "v-3",
    title: "A title",
    description: "A description",
    highlight: { title: "A title" },
    isSuggested: true,
  });
});

it("knows nothing of what is not told", () => {
  expect(photoOf({ id: "1", taken: null })).toMatchObject({
    taken: null,
    width: null,
    title: null,
    highlight: null,
    isSuggested: false,
  });
});

it("takes words of an older archive that are no words for none", () => {
  const words: object = { title: 7, description: "  " };
  expect(
    photoOf({ id: "1", taken: { at: "2024-01-01T00:00:00.000" }, object_metadata: { ...words } }),
  ).toMatchObject({
    title: null,
    description: null,
    taken: { precision: "second" },
  });
});

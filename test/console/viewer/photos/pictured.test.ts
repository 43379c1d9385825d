import { describe, expect, it, test } from "vitest";
import {
  alternativeOf,
  fileNameOf,
  nameOf,
  picturedOfMedia,
  picturedOfPhoto,
} from "../../../../console/src/viewer/photos/pictured.ts";
import { intrinsicWith, mediaWith } from "../support/media.ts";
import { photoWith } from "../support/photo.ts";

describe("a picture", () => {
  it("is known from the grid but for the size of its file", () => {
    const photo = photoWith({ id: "1", width: 4032, height: 3024, title: "Harbour" });
    expect(picturedOfPhoto(photo)).toMatchObject({
      id: "1",
      width: 4032,
      height: 3024,
      title: "Harbour",
      fileSize: null,
    });
  });

  it("is known wholly from what the service knows of a photo", () => {
    const media = mediaWith({
      intrinsic: intrinsicWith({ width: 4032, height: 3024, thumbhash: "aGFzaA==" }),
      object_metadata: { title: "Harbour", description: "  " },
      state: "failed",
      error: { code: "corrupt", detail: "The file is damaged." },
    });
    expect(picturedOfMedia(media)).toEqual({
      id: media.id,
      objectKey: "2024/beach/IMG_0042.jpg",
      contentType: "image/jpeg",
      state: "failed",
      problem: "The file is damaged.",
      missingSince: null,
      width: 4032,
      height: 3024,
      thumbhash: "aGFzaA==",
      thumbnailVersion: "v1",
      title: "Harbour",
      description: null,
      fileSize: 3_145_728,
    });
  });

  it("has no title where an older value of the title is no text", () => {
    expect(picturedOfMedia(mediaWith({ object_metadata: { title: 5 } })).title).toBeNull();
  });
});

test.each([
  ["2024/beach/IMG_0042.jpg", "IMG_0042.jpg"],
  ["IMG_0042.jpg", "IMG_0042.jpg"],
])("the name of the file of %s is %s", (key, name) => {
  expect(fileNameOf(key)).toBe(name);
});

test.each([
  ["Harbour", "Boats.", "Harbour", "Boats."],
  [null, "Boats.", "Boats.", "Boats."],
  ["Harbour", null, "Harbour", "Harbour"],
  [null, null, "c.jpg", "c.jpg"],
])(
  "a photo with the title %j and the description %j is called %s, and told as %s",
  (title, description, name, alternative) => {
    const photo = photoWith({ objectKey: "a/b/c.jpg", title, description });
    expect([nameOf(photo), alternativeOf(photo)]).toEqual([name, alternative]);
  },
);

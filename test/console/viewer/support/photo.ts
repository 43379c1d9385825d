import type { Photo } from "../../../../console/src/library/photo.ts";

/** A photo as the grid knows it; `given` says what is known of it. */
export function photoWith(given: Partial<Photo> = {}): Photo {
  return {
    id: "0193b3f2-7a11-7c3e-8a55-1f2e3d4c5b6a",
    provider: "r2",
    objectKey: "2024/beach/IMG_0042.jpg",
    contentType: "image/jpeg",
    state: "ready",
    problem: null,
    missingSince: null,
    taken: null,
    width: null,
    height: null,
    thumbhash: null,
    thumbnailVersion: "v1",
    title: null,
    description: null,
    highlight: null,
    isSuggested: false,
    ...given,
  };
}

import type { MediaObject } from "tagline-client";

/** A photo of which nothing is known but what every photo has; `given` says what else. */
export function mediaWith(given: Partial<MediaObject> = {}): MediaObject {
  return {
    id: "0193b3f2-7a11-7c3e-8a55-1f2e3d4c5b6a",
    provider: "r2",
    object_key: "2024/beach/IMG_0042.jpg",
    content_type: "image/jpeg",
    file_size: 3_145_728,
    content_hash: null,
    last_modified: null,
    state: "ready",
    error: null,
    missing_since: null,
    intrinsic: intrinsicWith(),
    taken: null,
    place: null,
    object_metadata: {},
    suggestions: null,
    thumbnail_version: "v1",
    sidecar: null,
    revision: 0,
    created_at: "2026-11-22T10:38:00.000Z",
    updated_at: "2026-11-22T10:38:00.000Z",
    ...given,
  };
}

/** What a file tells that tells nothing; `given` says what it tells. */
export function intrinsicWith(given: Partial<MediaObject["intrinsic"]> = {}): MediaObject["intrinsic"] {
  return {
    width: null,
    height: null,
    orientation: null,
    taken_at: null,
    taken_at_offset: null,
    camera: null,
    exposure: null,
    location: null,
    thumbhash: null,
    caption: null,
    ...given,
  };
}

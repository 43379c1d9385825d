import type { components } from "tagline-client";

type Fields = components["schemas"]["MediaObject"];

/** What the grid knows of a photo, before anybody has opened it. */
export interface Photo {
  readonly id: string;
  readonly provider: string;
  readonly objectKey: string;
  readonly contentType: string;
  readonly state: Fields["state"];
  /** Why there is no thumbnail; null where nothing went wrong. */
  readonly error: Fields["error"];
  readonly missingSince: string | null;
  readonly taken: Fields["taken"];
  /** In pixels, as the photo is shown; null where the file does not tell. */
  readonly width: number | null;
  readonly height: number | null;
  /** Base64; null where there is no thumbnail. */
  readonly thumbhash: string | null;
  readonly thumbnailVersion: string | null;
  readonly title: string | null;
  readonly description: string | null;
  /** Where a search has found its words, by field, with the matches between U+E000 and U+E001; null without a search. */
  readonly highlight: Readonly<Record<string, string>> | null;
}

/** `fields` of the API's lists for a {@link Photo}. */
export const photoFields = [
  "provider",
  "object_key",
  "content_type",
  "state",
  "error",
  "missing_since",
  "taken",
  "intrinsic.width",
  "intrinsic.height",
  "intrinsic.thumbhash",
  "thumbnail_version",
  "object_metadata.title",
  "object_metadata.description",
].join(",");

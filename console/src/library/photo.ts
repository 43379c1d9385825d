import type { components } from "tagline-client";

type Fields = components["schemas"]["MediaObject"];

/** When a photo was taken, as far as it is known. */
export interface Taken {
  /** The first moment of what is known, as the clock of the camera said it: `2024-07-14T16:03:11.000`. */
  readonly at: string;
  readonly precision: "year" | "month" | "day" | "second";
}

/** What the grid knows of a photo, before anybody has opened it. */
export interface Photo {
  readonly id: string;
  readonly provider: string;
  readonly objectKey: string;
  readonly contentType: string;
  readonly state: Fields["state"];
  /** Why there is no thumbnail, in the words of the service; null where nothing went wrong. */
  readonly problem: string | null;
  readonly missingSince: string | null;
  readonly taken: Taken | null;
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
  /** Whether a search has found it by what a machine suggests alone. */
  readonly isSuggested: boolean;
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

/** A photo as a list with `fields` answers it, and a search with its highlights. */
type Listed = components["schemas"]["PartialMediaObject"] & {
  readonly highlight?: Readonly<Record<string, string>> | undefined;
  readonly source?: string | undefined;
};

/** The {@link Photo} of an item of a list that was asked for {@link photoFields}. */
export function photoOf(item: Listed): Photo {
  const { intrinsic, object_metadata: words = {}, taken } = item;
  return {
    id: item.id,
    provider: item.provider ?? "",
    objectKey: item.object_key ?? "",
    contentType: item.content_type ?? "",
    state: item.state ?? "pending",
    problem: item.error?.detail ?? null,
    missingSince: item.missing_since ?? null,
    taken: taken?.at === undefined ? null : { at: taken.at, precision: taken.precision ?? "second" },
    width: intrinsic?.width ?? null,
    height: intrinsic?.height ?? null,
    thumbhash: intrinsic?.thumbhash ?? null,
    thumbnailVersion: item.thumbnail_version ?? null,
    title: textOf(words.title),
    description: textOf(words.description),
    highlight: item.highlight ?? null,
    isSuggested: item.source === "suggestion",
  };
}

/** A field of an older record may hold anything. */
function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

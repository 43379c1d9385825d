import type { ShownMedia, takenPrecisions } from "../../db/media/record.ts";
import { parseWrittenTime } from "../../core/text/local-time.ts";
import { writtenLocation } from "./known-fields.ts";

type Facts = ShownMedia["intrinsic"];

/** The best that is known of when a photo was taken. */
export interface Taken {
  /** Local time, `YYYY-MM-DDTHH:MM:SS.mmm`: the first moment of what is known. */
  readonly at: string;
  /** From UTC, `+HH:MM` or `-HH:MM`; null where it is not known. */
  readonly offset: string | null;
  readonly precision: (typeof takenPrecisions)[number];
  readonly source: "person" | NonNullable<Facts["taken"]>["source"];
}

/** The best that is known of where a photo was taken: degrees north and east, and metres above the sea. */
export interface BestPlace {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude: number | null;
  readonly source: "person" | NonNullable<Facts["location"]>["source"];
}

/** The time that a person wrote, else the time that the file tells; lists use the same (src/db/media/best-known.ts). */
export function takenOf(
  media: Pick<ShownMedia, "objectMetadata" | "takenAt" | "takenAtOffset" | "intrinsic">,
): Taken | null {
  const written = media.objectMetadata["taken_at"];
  const time = typeof written === "string" ? parseWrittenTime(written) : null;
  if (time !== null) return { at: time.at, offset: null, precision: time.precision, source: "person" };
  if (media.takenAt === null) return null;
  const { precision, source } = media.intrinsic.taken ?? { precision: "second", source: "exif" };
  return { at: media.takenAt, offset: media.takenAtOffset, precision, source };
}

/** The place that a person wrote, else the place that the file tells. */
export function placeOf({
  objectMetadata,
  intrinsic,
}: Pick<ShownMedia, "objectMetadata" | "intrinsic">): BestPlace | null {
  const written = writtenLocation(objectMetadata["location"]);
  if (written !== null) return { ...written, altitude: null, source: "person" };
  return intrinsic.location;
}

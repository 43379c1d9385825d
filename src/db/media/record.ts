import { z } from "zod";

import type { LocationSource, TakenPrecision, TakenSource } from "../../core/provenance.ts";
import { createdAtOf } from "../../core/media-id.ts";
import type { MediaRow } from "../schema.ts";

const nullableText = z.string().nullable().default(null);
/** How exactly a time is known; a time to the minute counts as one to the second. */
export const takenPrecisions = [
  "year",
  "month",
  "day",
  "second",
] as const satisfies readonly TakenPrecision[];

/** Where in a file its time is found; `digitized` is the time of a scan, or of the making of a picture. */
export const takenSources = ["exif", "xmp", "iptc", "digitized"] as const satisfies readonly TakenSource[];

/** Where in a file its place is found. */
export const placeSources = ["exif", "xmp"] as const satisfies readonly LocationSource[];

const nullableNumber = z.number().nullable().default(null);

/** The facts that nothing sorts or filters by, as the column `intrinsic` holds them. */
export const intrinsicFacts = z.object({
  camera: z.object({ make: nullableText, model: nullableText, lens: nullableText }).nullable().default(null),
  exposure: z
    .object({
      time: nullableNumber,
      f_number: nullableNumber,
      iso: nullableNumber,
      focal_length: nullableNumber,
    })
    .nullable()
    .default(null),
  location: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      altitude: nullableNumber,
      source: z.enum(placeSources).default("exif"),
    })
    .nullable()
    .default(null),
  /** How exactly the file's time is known, and from where; null for a time to the second by EXIF, and for none. */
  taken: z
    .object({ precision: z.enum(takenPrecisions), source: z.enum(takenSources) })
    .nullable()
    .default(null),
  thumbhash: nullableText,
  /** The file's caption, where it is longer than a description may be. */
  caption: nullableText,
});

/** See {@link intrinsicFacts}. */
export type IntrinsicFacts = z.infer<typeof intrinsicFacts>;

/** What people wrote about a photo: any JSON object that keeps the rules of src/media/metadata/rules.ts. */
export type ObjectMetadata = Readonly<Record<string, unknown>>;

const storedMetadata = z.record(z.string(), z.unknown());

/** A row without the columns that serve search and indexes alone. */
export type StoredMedia = Omit<
  MediaRow,
  | "foldedKeywords"
  | "keywordSpellings"
  | "keywordText"
  | "customText"
  | "wordsText"
  | "fieldsText"
  | "keyText"
  | "cameraText"
  | "camera"
  | "textVersion"
  | "writtenLatitude"
  | "writtenLongitude"
  | "isMissing"
  | "writtenTakenAt"
  | "isTakenInYear"
  | "bestLatitude"
  | "bestLongitude"
  | "known"
  | "lackingWords"
  | "lacksLocation"
  | "createdOn"
>;

/** A row whose JSON is parsed, with the time of creation that its id tells. */
interface ParsedColumns {
  readonly intrinsic: IntrinsicFacts;
  readonly objectMetadata: ObjectMetadata;
  readonly createdAt: number;
}

/** A row with its JSON parsed and the time of creation told from its id. */
export type MediaObject = Readonly<Omit<StoredMedia, keyof ParsedColumns> & ParsedColumns>;

/** The columns of a record that clients see, with the columns for its entity tag, its links and its place in a list. */
export type ShownMedia = Omit<
  MediaObject,
  | "pathKey"
  | "providerRef"
  | "version"
  | "portableHash"
  | "wordsFromFile"
  | "runId"
  | "runChange"
  | "vanishedRun"
  | "listedRun"
  | "factsVersion"
  | "observedAt"
  | "sidecarRead"
  | "pictureHash"
  | "pictureInnerHash"
  | "pictureQuality"
>;

/** What of a record clients see, wherever it stands: in a list, or in the trash. */
export type ShownFields = Omit<ShownMedia, "pk" | "bestTakenAt">;

/** Parses a row as it was stored, whichever of its columns were read. */
export function toMediaObject<T extends Pick<MediaRow, "id" | "intrinsic" | "objectMetadata">>(
  row: T,
): Omit<T, keyof ParsedColumns> & ParsedColumns {
  return {
    ...row,
    intrinsic: intrinsicFacts.parse(JSON.parse(row.intrinsic)),
    objectMetadata: storedMetadata.parse(JSON.parse(row.objectMetadata)),
    createdAt: createdAtOf(row.id),
  };
}

/** Folds a keyword for comparison: case and accents do not count, in any script. */
export function foldKeyword(keyword: string): string {
  return keyword.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().normalize("NFC");
}

import type { ExifTags } from "../exif.ts";
import type { FactExtractor } from "./fact-extractor.ts";

/** When the shutter was pressed, by the camera's clock. */
export interface TakenAt {
  /** Local time, `YYYY-MM-DDTHH:MM:SS.mmm`. */
  readonly local: string;
  /** `+HH:MM` or `-HH:MM`, where the file tells it. */
  readonly offset: string | null;
  /** How much of `local` the file tells; what it does not tell is the first moment of what it does. */
  readonly precision: TakenPrecision;
  readonly source: TakenSource;
}

/** How exactly a time is known. */
export type TakenPrecision = "year" | "month" | "day" | "second";

/** Where in a file its time was found; `digitized` is the time of a scan, or of a picture's making. */
export type TakenSource = "exif" | "xmp" | "iptc" | "digitized";

// Some writers put other separators than EXIF's colons and space.
const dateTime = /^(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)/u;
const zoneOffset = /^[+-](?:0\d|1[0-4]):[0-5]\d$/u;
// The first photograph that is left was taken in the eighteen-twenties.
const firstYear = 1826;

/** EXIF's DateTimeOriginal with its fractions and its offset. Dates of XMP, IPTC and of changes are other dates. */
export const takenAt: FactExtractor<TakenAt> = [({ exif }) => (exif === null ? null : fromExif(exif))];

/** EXIF 3.0 §4.6.6.4 (0x9003), §4.6.6.7 (0x9011) and §4.6.6.10 (0x9291). */
function fromExif(exif: ExifTags): TakenAt | null {
  const match = dateTime.exec(exif.text("DateTimeOriginal")?.trim() ?? "");
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (year < firstYear || hour > 23 || minute > 59 || second > 59 || !isDay(year, month, day)) return null;
  const [, yyyy, mm, dd, hh, mi, ss] = match;
  const fraction = /^\d+/u.exec(exif.text("SubSecTimeOriginal")?.trim() ?? "")?.[0] ?? "";
  const offset = exif.text("OffsetTimeOriginal")?.trim() ?? "";
  return {
    local: `${yyyy}-${mm}-${dd}T${hh}:${mi}:${ss}.${fraction.slice(0, 3).padEnd(3, "0")}`,
    offset: zoneOffset.test(offset) ? offset : null,
    precision: "second",
    source: "exif",
  };
}

/** Whether the calendar has the day: the 30th of February turns into another one. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

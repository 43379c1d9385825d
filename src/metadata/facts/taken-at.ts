import type { TakenPrecision, TakenSource } from "../../core/provenance.ts";
import type { ExifTags } from "../blocks/exif.ts";
import { exifNamespace, photoshopNamespace, xmpNamespace } from "../blocks/xmp/namespaces.ts";
import type { XmpPacket } from "../blocks/xmp/xmp.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { readTime, type ToldTime } from "./notations/time-text.ts";

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

/**
 * The time at which the photo was taken by the first source that tells one, however exactly: EXIF, XMP, IPTC. Where there is
 * none, the time at which the picture was digitized, which for a digital camera is the same. Times of changes are not looked at.
 */
export const takenAt: FactExtractor<TakenAt> = [
  ({ exif }) => told("exif", exif === null ? null : exifTime(exif, "Original")),
  ({ xmp }) => told("xmp", xmpTime(xmp, exifNamespace, "DateTimeOriginal")),
  ({ xmp }) => told("xmp", xmpTime(xmp, photoshopNamespace, "DateCreated")),
  ({ iptc }) => told("iptc", iptcTime(iptc?.text("dateCreated") ?? null, iptc?.text("timeCreated") ?? null)),
  ({ xmp }) => told("digitized", xmpTime(xmp, xmpNamespace, "CreateDate")),
  ({ exif }) => told("digitized", exif === null ? null : exifTime(exif, "Digitized")),
];

function told(source: TakenSource, time: ToldTime | null): TakenAt | null {
  return time === null ? null : { ...time, source };
}

/**
 * EXIF 3.0 §4.6.6.4 (0x9003, 0x9004), with the offset (0x9011, 0x9012) and the fraction (0x9291, 0x9292) that belong to
 * it. Of several directories the first counts whose text is a time.
 */
function exifTime(exif: ExifTags, event: "Original" | "Digitized"): ToldTime | null {
  const beside = { fraction: exif.text(`SubSecTime${event}`), offset: exif.text(`OffsetTime${event}`) };
  return firstOf(exif.texts(`DateTime${event}`), ([text = ""]) => readTime(text, beside));
}

/** XMP part 1 §8.2.1.2: as much of an ISO 8601 time as is known. */
function xmpTime(xmp: XmpPacket | null, namespace: string, name: string): ToldTime | null {
  return firstOf(xmp?.items(namespace, name) ?? [], ({ text }) => readTime(text));
}

/** IIM 4.2 §6: `CCYYMMDD` (2:55), of which month and day may be zero, and `HHMMSS±HHMM` (2:60). */
function iptcTime(date: string | null, time: string | null): ToldTime | null {
  if (date === null) return null;
  return readTime(`${date.trim()} ${time ?? ""}`) ?? readTime(date);
}

function firstOf<T>(items: readonly T[], read: (item: T) => ToldTime | null): ToldTime | null {
  for (const item of items) {
    const time = read(item);
    if (time !== null) return time;
  }
  return null;
}

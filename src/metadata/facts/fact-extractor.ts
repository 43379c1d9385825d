import type { ExifTags } from "../blocks/exif.ts";
import type { IptcTags } from "../blocks/iptc.ts";
import type { XmpPacket } from "../blocks/xmp/xmp.ts";

/** The metadata of one file, decoded; null where the file has none of a kind. */
export interface FileMetadata {
  readonly exif: ExifTags | null;
  readonly iptc: IptcTags | null;
  readonly xmp: XmpPacket | null;
}

/**
 * What finds one kind of fact: its readers in order of preference, of which the first that does not answer
 * null is believed. A reader looks at the metadata and at nothing else: it is pure, it does not throw, and
 * it answers null rather than guess, also where what the file tells makes no sense.
 */
export type FactExtractor<T> = readonly ((metadata: FileMetadata) => T | null)[];

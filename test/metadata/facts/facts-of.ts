import { type Facts, readFacts } from "../../../src/metadata/facts/facts.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import {
  exifBytes,
  type ExifContent,
  jpegBytes,
  type JpegContent,
  type TiffFieldContent,
  tiffStructureBytes,
} from "../../support/images/index.ts";

/** The facts of a file that tells none. */
export const nothing: Facts = {
  takenAt: null,
  camera: null,
  exposure: null,
  location: null,
  caption: null,
  keywords: null,
  iptcCore: null,
};

/** The facts of a file that is in memory; all null where it is no image. */
export async function factsOf(file: Uint8Array): Promise<Facts> {
  const parts = FileParts.whole(file);
  const header = readImageHeader(parts);
  if (header.kind !== "header") return nothing;
  const result = readFacts(parts, header.header);
  if (result.kind !== "facts") throw new Error("wants more of a file that is there as a whole");
  return result.facts;
}

/** The facts of a small JPEG with this metadata. */
export async function factsOfJpeg(content: Partial<JpegContent>): Promise<Facts> {
  return await factsOf(jpegBytes({ width: 8, height: 8, ...content }));
}

/** The facts of a small JPEG with these fields of EXIF. */
export async function factsOfExif(content: ExifContent): Promise<Facts> {
  return await factsOfJpeg({ exif: exifBytes(content) });
}

/** Fields as they are to stand in the directories of a block. */
export interface RawFields {
  readonly main?: readonly TiffFieldContent[];
  readonly photo?: readonly TiffFieldContent[];
  readonly position?: readonly TiffFieldContent[];
  readonly littleEndian?: boolean;
  readonly big?: boolean;
  /** The type of the pointers to directories. */
  readonly pointerType?: number;
}

/** An EXIF block of these fields, each of the type that it says. */
export function rawExif({ main = [], photo, position, pointerType, ...structure }: RawFields): Uint8Array {
  const pointer = (tag: number, directory: readonly TiffFieldContent[] | undefined): TiffFieldContent[] =>
    directory === undefined
      ? []
      : [{ tag, value: { directory, ...(pointerType === undefined ? {} : { pointerType }) } }];
  const first = [...main, ...pointer(0x8769, photo), ...pointer(0x8825, position)];
  return tiffStructureBytes({ ...structure, directories: [first] });
}

/** The facts of a small JPEG with these fields of EXIF. */
export async function factsOfFields(fields: RawFields): Promise<Facts> {
  return await factsOfJpeg({ exif: rawExif(fields) });
}

/** A text as the bytes of a type, UTF-8 unless it is bytes already. */
export function textField(tag: number, type: number, text: string | Uint8Array): TiffFieldContent {
  return { tag, value: { type, bytes: typeof text === "string" ? new TextEncoder().encode(text) : text } };
}

/** Numbers of a type; a rational takes two. */
export function numberField(tag: number, type: number, ...values: readonly number[]): TiffFieldContent {
  return { tag, value: { type, values } };
}

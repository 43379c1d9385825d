import { isRawDirectory } from "./camera-raw.ts";
import { type Reading, read } from "../../file-parts.ts";
import { type ByteRange } from "../../../core/byte-range.ts";
import { integerAt, readDirectory, type TiffField, type TiffSignature } from "../../tiff-directory.ts";

/** The fields of one directory, by tag. */
export type TiffDirectory = ReadonlyMap<number, TiffField>;

/** Which directories of a TIFF file count. */
export interface TiffPages {
  readonly first: TiffDirectory;
  /** The one whose picture is the file's: the first, unless that is only a reduced copy or a mask of another. */
  readonly shown: TiffDirectory;
}

const tags = { newSubfileType: 254, subfileType: 255, subDirectories: 330 } as const;
/** Directories below the first that are looked at: a pyramid has about ten. */
const maxSubDirectories = 10;
/** Directories behind the first that are looked at for a raw, and those for the page that a first one is a copy of. */
const maxLater = { forRaw: 3, forPage: 10 } as const;
const integerBytes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 };

/**
 * Reads the first directory of a TIFF file and, as far as they can matter, those that it points to (SubIFDs, TIFF
 * Technical Note 1) and those that follow it. Null where there is no first one; `camera_raw` where one of them holds
 * what a sensor has seen.
 *
 * @yields the ranges it needs
 */
export function* readTiffPages(
  file: ByteRange,
  signature: TiffSignature,
): Reading<TiffPages | "camera_raw" | null> {
  const seen = new Set([signature.firstDirectory]);
  const first = yield* readDirectory(file, signature, signature.firstDirectory);
  if (first === null) return null;
  if (isRawDirectory(first)) return "camera_raw";
  let shown = isFullPage(first) ? first : null;
  const below = yield* readIntegers(file, first.get(tags.subDirectories), signature, maxSubDirectories);
  for (const offset of below) {
    if (seen.has(offset)) continue;
    seen.add(offset);
    const fields = yield* readDirectory(file, signature, offset);
    if (fields === null) continue;
    if (isRawDirectory(fields)) return "camera_raw";
    if (shown === null && isFullPage(fields)) shown = fields;
  }
  let last = signature.firstDirectory;
  for (let later = 0; later < (shown === null ? maxLater.forPage : maxLater.forRaw); later++) {
    last = yield* nextDirectory(file, signature, last);
    if (seen.has(last)) break;
    seen.add(last);
    const fields = yield* readDirectory(file, signature, last);
    if (fields === null) break;
    if (isRawDirectory(fields)) return "camera_raw";
    if (shown === null && isFullPage(fields)) shown = fields;
  }
  return { first, shown: shown ?? first };
}

/**
 * Whether a directory's picture is one of its own: neither a copy of less resolution (bit 0 of NewSubfileType, 2 of
 * the older SubfileType) nor a mask (bit 2); TIFF 6.0 §8.
 */
function isFullPage(fields: TiffDirectory): boolean {
  const kinds = fields.get(tags.newSubfileType)?.inlineValue ?? null;
  if (kinds !== null) return (kinds & 0b101) === 0;
  return fields.get(tags.subfileType)?.inlineValue !== 2;
}

/** Where the directory behind the one at `offset` is said to be; 0 for none (TIFF 6.0 §2). */
function* nextDirectory(file: ByteRange, signature: TiffSignature, offset: number): Reading<number> {
  const { littleEndian, big } = signature;
  const head = yield* read(file.offset + offset, 8);
  const count = big ? head.u64(0, littleEndian) : head.u16(0, littleEndian);
  const at = file.offset + offset + (big ? 8 + 20 * count : 2 + 12 * count);
  if (at + 4 > file.offset + file.length) return 0;
  const pointer = yield* read(at, 8);
  return big ? pointer.u64(0, littleEndian) : pointer.u32(0, littleEndian);
}

/**
 * The integers of a field, at most `most` of them; none where there is no such field or it is of another kind.
 *
 * @yields the range it needs
 */
export function* readIntegers(
  file: ByteRange,
  field: TiffField | undefined,
  { littleEndian }: TiffSignature,
  most: number,
): Reading<number[]> {
  const bytes = integerBytes[field?.type ?? 0];
  if (field === undefined || bytes === undefined) return [];
  const count = Math.min(field.count, most);
  const view = yield* read(file.offset + field.valueOffset, count * bytes);
  const values: number[] = [];
  for (let at = 0; at + bytes <= view.length && values.length < count; at += bytes) {
    values.push(integerAt(view, at, field.type, littleEndian) ?? 0);
  }
  return values;
}

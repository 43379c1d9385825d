import type { ByteView } from "./byte-view.ts";
import { type Reading, read } from "./file-parts.ts";
import { type ByteRange } from "../core/byte-range.ts";
import { type Orientation, toOrientation } from "../core/orientation.ts";

/** How a TIFF structure is written: byte order, BigTIFF or not, and where its first directory is. */
export interface TiffSignature {
  readonly littleEndian: boolean;
  readonly big: boolean;
  readonly firstDirectory: number;
}

/** One field of a directory. `valueOffset` counts from the start of the structure. */
export interface TiffField {
  readonly type: number;
  readonly count: number;
  readonly valueOffset: number;
  /** The first value, where the field is of integers and they are stored in the directory itself. */
  readonly inlineValue: number | null;
}

// Real directories have a few dozen fields; a count beyond this is noise read as a directory.
const maxFields = 1024;
const orientationTag = 0x01_12;
/** Bytes a value, by the type of a field: TIFF 6.0 §2, BigTIFF's 16 to 18, and UTF-8 of EXIF 3.0 §4.6.2. */
export const typeBytes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
  129: 1,
};

/** Reads the head of a TIFF structure (TIFF 6.0 §2; BigTIFF). Null where there is none. */
export function tiffSignature(view: ByteView): TiffSignature | null {
  const littleEndian = view.startsWith("II");
  if (!littleEndian && !view.startsWith("MM")) return null;
  const version = view.u16(2, littleEndian);
  if (version === 42) return { littleEndian, big: false, firstDirectory: view.u32(4, littleEndian) };
  if (version !== 43 || view.u16(4, littleEndian) !== 8) return null;
  return { littleEndian, big: true, firstDirectory: view.u64(8, littleEndian) };
}

/**
 * Reads one directory of the TIFF structure in `block`, at `offset` from the structure's start, as fields
 * by tag; the first of several with one tag counts. Null where there is no directory.
 *
 * @yields the ranges it needs
 */
export function* readDirectory(
  block: ByteRange,
  signature: TiffSignature,
  offset: number,
): Reading<ReadonlyMap<number, TiffField> | null> {
  const { littleEndian, big } = signature;
  const [countBytes, fieldBytes] = big ? [8, 20] : [2, 12];
  if (offset < 8 || offset + countBytes > block.length) return null;
  const head = yield* read(block.offset + offset, countBytes);
  const count = big ? head.u64(0, littleEndian) : head.u16(0, littleEndian);
  if (count === 0 || count > maxFields) return null;
  const room = block.length - offset - countBytes;
  const table = yield* read(block.offset + offset + countBytes, Math.min(count * fieldBytes, room));
  const fields = new Map<number, TiffField>();
  for (let at = 0; at + fieldBytes <= table.length; at += fieldBytes) {
    const tag = table.u16(at, littleEndian);
    if (fields.has(tag)) continue;
    fields.set(tag, readField(table, at, signature, offset + countBytes + at));
  }
  return fields;
}

function readField(table: ByteView, at: number, signature: TiffSignature, position: number): TiffField {
  const { littleEndian, big } = signature;
  const type = table.u16(at + 2, littleEndian);
  const count = big ? table.u64(at + 4, littleEndian) : table.u32(at + 4, littleEndian);
  const valueAt = big ? 12 : 8;
  const isInline = count * (typeBytes[type] ?? 1) <= (big ? 8 : 4);
  const pointer = big ? table.u64(at + valueAt, littleEndian) : table.u32(at + valueAt, littleEndian);
  return {
    type,
    count,
    valueOffset: isInline ? position + valueAt : pointer,
    inlineValue: isInline && count > 0 ? integerAt(table, at + valueAt, type, littleEndian) : null,
  };
}

/** An integer of a TIFF field's type, signed or not; null for types that are none. */
export function integerAt(
  view: ByteView,
  offset: number,
  type: number,
  littleEndian: boolean,
): number | null {
  if (type === 1) return view.u8(offset);
  if (type === 3) return view.u16(offset, littleEndian);
  if (type === 4 || type === 13) return view.u32(offset, littleEndian);
  if (type === 6) return view.i8(offset);
  if (type === 8) return view.i16(offset, littleEndian);
  if (type === 9) return view.i32(offset, littleEndian);
  if (type === 17) return view.i64(offset, littleEndian);
  return type === 16 || type === 18 ? view.u64(offset, littleEndian) : null;
}

/**
 * The one integer of a field, read from where it lies: 64 bits do not fit into a directory of plain TIFF. Null where it has
 * several that are elsewhere, or none.
 *
 * @yields the ranges it needs
 */
export function* readInteger(
  block: ByteRange,
  { littleEndian }: TiffSignature,
  { type, count, valueOffset, inlineValue }: TiffField,
): Reading<number | null> {
  const width = typeBytes[type];
  if (inlineValue !== null || count !== 1 || width === undefined) return inlineValue;
  if (valueOffset + width > block.length) return null;
  return integerAt(yield* read(block.offset + valueOffset, width), 0, type, littleEndian);
}

/** The orientation that a directory tells (EXIF 3.0 §4.6.6), null for none or one that is not of the eight. */
export function directoryOrientation(fields: ReadonlyMap<number, TiffField> | null): Orientation | null {
  return toOrientation(fields?.get(orientationTag)?.inlineValue ?? 0);
}

/**
 * The orientation in the first directory of an EXIF block; only that directory is read.
 *
 * @yields the ranges it needs
 */
export function* readExifOrientation(block: ByteRange): Reading<Orientation | null> {
  const signature = tiffSignature(yield* read(block.offset, Math.min(16, block.length)));
  if (signature === null) return null;
  return directoryOrientation(yield* readDirectory(block, signature, signature.firstDirectory));
}

import {
  mainFields,
  maxBytesOf,
  photoFields,
  photoPointer,
  positionFields,
  positionPointer,
} from "./exif-fields.ts";
import { type Reading, read } from "../file-parts.ts";
import { type ByteRange } from "../../core/byte-range.ts";
import {
  readDirectory,
  readInteger,
  type TiffField,
  type TiffSignature,
  tiffSignature,
  typeBytes,
} from "../tiff-directory.ts";

/** A field with its value as it is stored. */
interface CopiedField {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Uint8Array;
}

const pictureTags: ReadonlySet<number> = new Set<number>([
  ...Object.values(mainFields),
  ...Object.values(photoFields),
]);
const positionTags: ReadonlySet<number> = new Set<number>(Object.values(positionFields));

const headBytes = 8;
const fieldBytes = 12;

/**
 * Copies the fields that facts are made of out of an EXIF block into a small TIFF structure of three
 * directories, null where there is no block. What is read of a file, and what is left to decode, is bounded
 * by this, whatever the block says about its size, its counts and where its directories lie: in a TIFF they
 * may be anywhere between pictures. BigTIFF becomes plain TIFF on the way.
 *
 * @yields the ranges it needs
 */
export function* copyExif(block: ByteRange): Reading<Uint8Array | null> {
  const signature = tiffSignature(yield* read(block.offset, Math.min(16, block.length)));
  if (signature === null) return null;
  const main = yield* readDirectory(block, signature, signature.firstDirectory);
  if (main === null) return null;
  const directory = function* (pointer: TiffField | undefined): Reading<Fields> {
    const offset = pointer === undefined ? null : yield* readInteger(block, signature, pointer);
    return (offset === null ? null : yield* readDirectory(block, signature, offset)) ?? new Map();
  };
  const photo = yield* directory(main.get(photoPointer));
  // Some writers point to the position from the EXIF directory.
  const position = yield* directory(main.get(positionPointer) ?? photo.get(positionPointer));
  return structure(signature, {
    main: yield* copyFields(block, main, pictureTags),
    photo: yield* copyFields(block, photo, pictureTags),
    position: yield* copyFields(block, position, positionTags),
  });
}

type Fields = ReadonlyMap<number, TiffField>;

function* copyFields(block: ByteRange, fields: Fields, wanted: ReadonlySet<number>): Reading<CopiedField[]> {
  const copied: CopiedField[] = [];
  for (const [tag, { type, count, valueOffset }] of fields) {
    const width = typeBytes[type];
    if (!wanted.has(tag) || width === undefined) continue;
    const kept = Math.min(count, Math.floor(maxBytesOf(tag) / width));
    // A value that reaches beyond the block is cut there, whole values only.
    const room = Math.floor(Math.max(0, block.length - valueOffset) / width);
    const value = yield* read(block.offset + valueOffset, Math.min(kept, room) * width);
    const present = Math.floor(value.length / width);
    if (present > 0) copied.push({ tag, type, count: present, value: value.bytes.slice(0, present * width) });
  }
  return copied;
}

/** A plain TIFF structure in the byte order of the values: head, directories one after the other, then values. */
function structure(
  { littleEndian }: TiffSignature,
  directories: { main: CopiedField[]; photo: CopiedField[]; position: CopiedField[] },
): Uint8Array {
  const { main, photo, position } = directories;
  const bytesOf = (count: number): number => 2 + count * fieldBytes + 4;
  const photoOffset = headBytes + bytesOf(main.length + 2);
  const positionOffset = photoOffset + bytesOf(photo.length);
  const valuesOffset = positionOffset + bytesOf(position.length);
  const valueBytes = [...main, ...photo, ...position].reduce((sum, { value }) => sum + value.length, 0);
  const view = new DataView(new ArrayBuffer(valuesOffset + valueBytes));
  view.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, headBytes, littleEndian);
  const pointer = (tag: number, offset: number): CopiedField => {
    const value = new DataView(new ArrayBuffer(4));
    value.setUint32(0, offset, littleEndian);
    return { tag, type: 4, count: 1, value: new Uint8Array(value.buffer) };
  };
  const pointers = [pointer(photoPointer, photoOffset), pointer(positionPointer, positionOffset)];
  let end = writeDirectory(view, headBytes, [...main, ...pointers], { littleEndian, valuesOffset });
  end = writeDirectory(view, photoOffset, photo, { littleEndian, valuesOffset: end });
  end = writeDirectory(view, positionOffset, position, { littleEndian, valuesOffset: end });
  return new Uint8Array(view.buffer, 0, end);
}

/** Writes a directory and its values, and tells where the next value goes. */
function writeDirectory(
  view: DataView,
  offset: number,
  fields: readonly CopiedField[],
  { littleEndian, valuesOffset }: { littleEndian: boolean; valuesOffset: number },
): number {
  const bytes = new Uint8Array(view.buffer);
  view.setUint16(offset, fields.length, littleEndian);
  let next = valuesOffset;
  for (const [index, { tag, type, count, value }] of fields.entries()) {
    const at = offset + 2 + index * fieldBytes;
    view.setUint16(at, tag, littleEndian);
    view.setUint16(at + 2, type, littleEndian);
    view.setUint32(at + 4, count, littleEndian);
    const isInline = value.length <= 4;
    if (!isInline) view.setUint32(at + 8, next, littleEndian);
    bytes.set(value, isInline ? at + 8 : next);
    if (!isInline) next += value.length;
  }
  return next;
}

import { type ByteRange, type Reading, read } from "./file-parts.ts";
import { readDirectory, type TiffField, type TiffSignature, tiffSignature } from "./tiff-directory.ts";

/** A field with its value as it is stored. */
interface CopiedField {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Uint8Array;
}

// EXIF 3.0 §4.6: the fields that facts are made of, by the directory in which they stand.
const mainTags: ReadonlySet<number> = new Set([0x010e, 0x010f, 0x0110, 0x9c9e]);
const photoTags: ReadonlySet<number> = new Set([
  0x829a, 0x829d, 0x8827, 0x8832, 0x9003, 0x9011, 0x9291, 0x920a, 0xa434,
]);
const positionTags: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6]);
const photoPointer = 0x8769;
const positionPointer = 0x8825;

// The longest caption that is kept has 1,024 characters, of up to four bytes.
const maxValueBytes = 8 * 1024;
const headBytes = 8;
const fieldBytes = 12;
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };

/**
 * Copies the fields that facts are made of out of an EXIF block into a small TIFF structure of three
 * directories, null where there is no block. What is read of a file, and what a library is given to decode,
 * is bounded by this, whatever the block says about its size, its counts and where its directories lie: in
 * a TIFF they may be anywhere between pictures. BigTIFF becomes plain TIFF on the way.
 *
 * @yields the ranges it needs
 */
export function* copyExif(block: ByteRange): Reading<Uint8Array | null> {
  const signature = tiffSignature(yield* read(block.offset, Math.min(16, block.length)));
  if (signature === null) return null;
  const main = yield* readDirectory(block, signature, signature.firstDirectory);
  if (main === null) return null;
  const sub = function* (pointer: number, wanted: ReadonlySet<number>): Reading<CopiedField[]> {
    const offset = main.get(pointer)?.inlineValue;
    const fields = typeof offset === "number" ? yield* readDirectory(block, signature, offset) : null;
    return fields === null ? [] : yield* copyFields(block, fields, wanted);
  };
  return structure(signature, {
    main: yield* copyFields(block, main, mainTags),
    photo: yield* sub(photoPointer, photoTags),
    position: yield* sub(positionPointer, positionTags),
  });
}

function* copyFields(
  block: ByteRange,
  fields: ReadonlyMap<number, TiffField>,
  wanted: ReadonlySet<number>,
): Reading<CopiedField[]> {
  const copied: CopiedField[] = [];
  for (const [tag, { type, count, valueOffset }] of fields) {
    const width = typeBytes[type];
    if (!wanted.has(tag) || width === undefined) continue;
    const kept = Math.min(count, Math.floor(maxValueBytes / width));
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

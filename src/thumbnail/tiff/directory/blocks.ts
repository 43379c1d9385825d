import { corrupt } from "../../types.ts";
import type { NumberList, PageFields } from "./fields.ts";

/** The strips or tiles of a picture: rectangles of one size in rows and columns (TIFF 6.0 §3 and §15). */
export interface BlockGrid {
  /** Size of a block in pixels. Tiles stick out at the right and below, the last strip is shorter instead. */
  readonly width: number;
  readonly height: number;
  readonly areTiles: boolean;
  readonly across: number;
  readonly down: number;
  /** The packed bytes of a block of a plane; `atMost` is how many it can need. */
  packed(index: { plane: number; row: number; column: number }, atMost: number): Uint8Array;
}

const tags = {
  stripOffsets: 273,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
} as const;

/** How many times a file's bytes may be unpacked: blank tiles share theirs, but a file that shares all is a trap. */
const maxReuse = 8;

/** Reads where the blocks of a picture lie. */
export function readBlocks(
  fields: PageFields,
  file: Uint8Array,
  picture: { width: number; height: number; planes: number; isPlain: boolean },
): BlockGrid {
  const size = blockSize(fields, picture);
  const across = Math.ceil(picture.width / size.width);
  const down = Math.ceil(picture.height / size.height);
  const offsets = fields.list(size.areTiles ? tags.tileOffsets : tags.stripOffsets);
  const counts = fields.list(size.areTiles ? tags.tileByteCounts : tags.stripByteCounts);
  const total = across * down * picture.planes;
  if (offsets.length < total) throw corrupt("The TIFF does not tell where all its parts are.");
  let left = file.length * maxReuse;
  return {
    ...size,
    across,
    down,
    packed({ plane, row, column }, atMost) {
      const index = (plane * down + row) * across + column;
      const offset = offsets.at(index) ?? 0;
      const told = counts.at(index) ?? lengthUpTo(file, offsets, index);
      // What is not packed has the length that it must have, though some writers tell another.
      const length = picture.isPlain ? atMost : Math.min(told, atMost);
      if (offset < 8 || told < 1) throw corrupt("A part of the TIFF is missing.");
      if (offset + length > file.length) throw corrupt("A part of the TIFF is beyond the end of the file.");
      left -= length;
      if (left < 0) throw corrupt("The parts of the TIFF lie over one another.");
      return file.subarray(offset, offset + length);
    },
  };
}

function blockSize(fields: PageFields, { width, height }: { width: number; height: number }) {
  const [tileWidth, tileLength] = [fields.number(tags.tileWidth), fields.number(tags.tileLength)];
  if (tileWidth !== null && tileLength !== null) {
    // Multiples of 16 (TIFF 6.0 §15), so that each row of a tile is whole bytes.
    const isSound = tileWidth > 0 && tileLength > 0 && tileWidth % 8 === 0;
    if (!isSound) throw corrupt("The TIFF has tiles of an impossible size.");
    return { width: tileWidth, height: tileLength, areTiles: true };
  }
  const rows = fields.number(tags.rowsPerStrip) ?? height;
  if (rows < 1) throw corrupt("The TIFF has strips of an impossible size.");
  return { width, height: Math.min(rows, height), areTiles: false };
}

/** Where no length is told a block reaches up to the next one, or to the end of the file. */
function lengthUpTo(file: Uint8Array, offsets: NumberList, index: number): number {
  const [offset, next] = [offsets.at(index) ?? 0, offsets.at(index + 1) ?? 0];
  return (next > offset ? next : file.length) - offset;
}

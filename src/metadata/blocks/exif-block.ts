import { parseInMemory, type Reading, read, readPieces } from "../file-parts.ts";
import type { ByteRange } from "../../core/byte-range.ts";
import type { MetadataBlock } from "../headers/image-header.ts";
import type { Orientation } from "../../core/orientation.ts";
import { readExifOrientation, tiffSignature } from "../tiff-directory.ts";
import { decodedBlock } from "./coding.ts";

/** JPEG's mark of EXIF (EXIF 3.0 §4.7.2), which other formats' writers leave in front of the structure. */
export const exifPrefix = "Exif\0\0";

/** What is read of an EXIF block that is not read where it lies. */
const maxExifBytes = 2 * 1024 * 1024;
const signatureBytes = 16;
const searchedBytes = 64;
// Texts of PNG that hold EXIF; a file has one of them.
const maxCodedBlocks = 4;

/**
 * Runs a parser over the TIFF structure of an EXIF block, however it is stored. One that lies in one piece is read where it
 * lies, and only what the parser wants of it: in a TIFF it is the file.
 *
 * @yields the ranges it needs
 */
export function* readExifBlock<T>(
  block: MetadataBlock,
  parse: (structure: ByteRange) => Reading<T | null>,
): Reading<T | null> {
  const isCoded = block.coding !== "plain" && block.coding !== "heif_item";
  if (!isCoded && block.more === undefined) {
    return yield* parse(yield* structureIn(block, block.coding === "heif_item"));
  }
  const stored = yield* readPieces([block, ...(block.more ?? [])], maxExifBytes);
  const decoded = isCoded ? decodedBlock(block, stored) : null;
  if (decoded !== null && decoded.kind !== "exif") return null;
  return parseInMemory(decoded?.bytes ?? stored, function* (whole) {
    return yield* parse(yield* structureIn(whole, block.coding === "heif_item"));
  });
}

/**
 * Where the TIFF structure begins in a block. An item of HEIF has the structure's offset before it, counted from behind
 * itself, and often JPEG's prefix, which writers count in or not; some lack the offset (ISO/IEC 23008-12 annex A.2.1).
 */
function* structureIn(block: ByteRange, isItem: boolean): Reading<ByteRange> {
  const head = yield* read(block.offset, Math.min(searchedBytes, block.length));
  if (!isItem) return from(block, head.startsWith(exifPrefix) ? exifPrefix.length : 0);
  const told = 4 + head.u32(0);
  for (const at of [0, exifPrefix.length, 4, 4 + exifPrefix.length, told - 4]) {
    if (tiffSignature(head.part(at)) !== null && at !== told) return from(block, at);
  }
  const there = yield* read(block.offset + told, Math.min(signatureBytes, Math.max(0, block.length - told)));
  if (tiffSignature(there) !== null) return from(block, told);
  for (let at = 0; at < head.length; at++) {
    if (tiffSignature(head.part(at)) !== null) return from(block, at);
  }
  return block;
}

function from({ offset, length }: ByteRange, skip: number): ByteRange {
  return { offset: offset + skip, length: Math.max(0, length - skip) };
}

/**
 * The orientation that a file's EXIF tells: that of the first block which tells one. Blocks that are coded come last.
 *
 * @yields the ranges it needs
 */
export function* readOrientation(blocks: readonly MetadataBlock[]): Reading<Orientation | null> {
  const exif = blocks.filter(({ kind }) => kind === "exif");
  const plain = exif.filter(({ coding }) => coding === "plain");
  const coded = exif.filter(({ coding }) => coding === "hex" || coding === "hex_deflate");
  for (const block of [...plain, ...coded.slice(0, maxCodedBlocks)]) {
    const orientation = yield* readExifBlock(block, readExifOrientation);
    if (orientation !== null) return orientation;
  }
  return null;
}

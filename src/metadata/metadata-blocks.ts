import { ByteView } from "./byte-view.ts";
import { copyExif } from "./exif-copy.ts";
import { advance, type ByteRange, FileParts, type Reading, read } from "./file-parts.ts";
import type { ImageHeader, MetadataBlock } from "./image-header.ts";
import { findIptc } from "./iptc.ts";
import { tiffSignature } from "./tiff-directory.ts";
import { maxTags } from "./xmp.ts";

/** The bytes of a file's metadata, by kind; null where there is none of a kind. */
export interface RawMetadata {
  /** What `copyExif` made of the block. */
  readonly exif: Uint8Array | null;
  /** Datasets of IPTC's information interchange model. */
  readonly iptc: Uint8Array | null;
  readonly xmp: Uint8Array | null;
}

/** Blocks as they are in the file. */
export interface StoredMetadata {
  readonly exif: Uint8Array | null;
  readonly blocks: readonly { readonly block: MetadataBlock; readonly bytes: Uint8Array }[];
}

// What people and cameras write has a few kilobytes, what software adds some hundred.
const maxBlockBytes = 1024 * 1024;
// The library that decodes it takes sixteen times this.
const maxIptcBytes = 128 * 1024;
// Image resources may go on over many segments, most of which hold anything but IPTC.
const maxTotalBytes = 2 * maxBlockBytes;
const maxBlocks = 64;
const exifPrefix = "Exif\0\0";

/**
 * Reads the metadata blocks of a file from where its header says that they lie.
 *
 * @yields the ranges it needs
 */
export function* readStoredMetadata(header: ImageHeader): Reading<StoredMetadata> {
  const blocks: { block: MetadataBlock; bytes: Uint8Array }[] = [];
  let exif: Uint8Array | null = null;
  let remaining = maxTotalBytes;
  for (const block of header.metadataBlocks.slice(0, maxBlocks)) {
    if (block.kind === "icc") continue;
    if (block.kind === "exif" && (block.coding === "plain" || block.coding === "heif_item")) {
      exif ??= yield* copyExif(yield* exifStructure(block));
    } else {
      const { bytes } = yield* read(block.offset, Math.min(block.length, maxBlockBytes, remaining));
      remaining -= bytes.length;
      blocks.push({ block, bytes });
    }
  }
  return { exif, blocks };
}

// An HEIF item has the offset of the structure before it, and often JPEG's prefix, which writers count in or not.
function* exifStructure(block: MetadataBlock): Reading<ByteRange> {
  if (block.coding !== "heif_item") return block;
  const head = yield* read(block.offset, Math.min(64, block.length));
  const skips = [4 + head.u32(0), 4 + exifPrefix.length, 4];
  const skip = skips.find((at) => tiffSignature(head.part(at)) !== null) ?? 4;
  return { offset: block.offset + skip, length: Math.max(0, block.length - skip) };
}

/**
 * Undoes the coding of stored blocks, and takes the first of each kind that holds something. Those behind it are left
 * alone, so that a file of very many small blocks, each of which inflates to a large one, does not take them all.
 */
export async function decodeMetadata({ exif, blocks }: StoredMetadata): Promise<RawMetadata> {
  const iptc = (await firstOf(blocks, "iptc")) ?? findIptc(await imageResources(blocks));
  return {
    exif: exif ?? copyProfile(await firstOf(blocks, "exif")),
    iptc: iptc?.subarray(0, maxIptcBytes) ?? null,
    xmp: await firstOf(blocks, "xmp"),
  };
}

async function firstOf(
  blocks: StoredMetadata["blocks"],
  kind: MetadataBlock["kind"],
): Promise<Uint8Array | null> {
  for (const { block, bytes } of blocks) {
    const decoded = block.kind === kind ? await withoutCoding(block.coding, bytes) : bytes.subarray(0, 0);
    if (decoded.length > 0) return decoded;
  }
  return null;
}

/** Image resources that do not fit into one segment go on in the next. */
async function imageResources(blocks: StoredMetadata["blocks"]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let remaining = maxTotalBytes;
  for (const { block, bytes } of blocks) {
    if (block.kind !== "photoshop" || remaining === 0) continue;
    const piece = (await withoutCoding(block.coding, bytes)).subarray(0, remaining);
    pieces.push(piece);
    remaining -= piece.length;
  }
  return joined(pieces);
}

// A packet is held as bytes and as text, before and after its line ends are made alike, and as a tree of its tags.
const packetCopies = 6;
const tagBytes = 300;
const shortestTag = 4;
// What the library makes of a dataset's bytes: an array of numbers, and a text.
const iptcCopies = 16;
const maxDeflateRatio = 1032;

/** The most that reading and decoding blocks takes beside the file, in bytes; of most photos some hundred kilobytes. */
export function decodingBytes(blocks: readonly MetadataBlock[]): number {
  const sizes = (kind: MetadataBlock["kind"]): number[] =>
    blocks.filter((block) => block.kind === kind).map(decodedBytes);
  const xmp = Math.max(0, ...sizes("xmp"));
  const iptc = Math.max(0, ...sizes("iptc"));
  const resources = sizes("photoshop").reduce((sum, bytes) => sum + bytes, 0);
  return (
    xmp * packetCopies +
    Math.min(maxTags, xmp / shortestTag) * tagBytes +
    Math.min(iptc + resources, maxIptcBytes) * iptcCopies +
    Math.min(resources, maxTotalBytes) * 2
  );
}

function decodedBytes({ coding, length }: MetadataBlock): number {
  const isDeflated = coding === "deflate" || coding === "hex_deflate";
  return Math.min(maxBlockBytes, isDeflated ? length * maxDeflateRatio : length);
}

async function withoutCoding(coding: MetadataBlock["coding"], bytes: Uint8Array): Promise<Uint8Array> {
  if (coding === "deflate") return await inflated(bytes);
  if (coding === "hex") return rawProfile(bytes);
  return coding === "hex_deflate" ? rawProfile(await inflated(bytes)) : bytes;
}

/** A zlib stream undone as far as a block may go; nothing where it is broken. */
async function inflated(bytes: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  try {
    // A copy has a buffer of its own, which is what a Blob wants; a block is small.
    const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream("deflate"));
    for await (const piece of stream) {
      pieces.push(piece);
      total += piece.length;
      if (total > maxBlockBytes) break;
    }
  } catch {
    return new Uint8Array(0);
  }
  return joined(pieces).subarray(0, maxBlockBytes);
}

/** A profile as ImageMagick and ExifTool write it into texts of PNG: its name, its length, and it in hexadecimal. */
function rawProfile(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder("latin1").decode(bytes);
  const digits = /^\s*\w+\s+\d+\s([\da-f\s]*)/iu.exec(text)?.[1]?.replaceAll(/\s/gu, "") ?? "";
  return Uint8Array.from({ length: Math.floor(digits.length / 2) }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

/** EXIF of a profile, with or without JPEG's prefix. */
function copyProfile(bytes: Uint8Array | null): Uint8Array | null {
  if (bytes === null) return null;
  const skip = new ByteView(bytes).startsWith(exifPrefix) ? exifPrefix.length : 0;
  const parts = FileParts.whole(bytes.subarray(skip));
  const progress = advance(copyExif({ offset: 0, length: parts.totalBytes }), parts);
  return progress.kind === "done" ? progress.value : null;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

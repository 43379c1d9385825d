import { ByteView } from "./byte-view.ts";
import { copyExif } from "./exif-copy.ts";
import { advance, type ByteRange, FileParts, type Reading, read } from "./file-parts.ts";
import type { ImageHeader, MetadataBlock } from "./image-header.ts";
import { findIptc } from "./iptc.ts";
import { tiffSignature } from "./tiff-directory.ts";

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

/** Undoes the coding of stored blocks, and takes the first of each kind that holds something. */
export async function decodeMetadata({ exif, blocks }: StoredMetadata): Promise<RawMetadata> {
  const decoded: { kind: MetadataBlock["kind"]; bytes: Uint8Array }[] = [];
  for (const { block, bytes } of blocks) {
    decoded.push({ kind: block.kind, bytes: await withoutCoding(block.coding, bytes) });
  }
  const ofKind = (kind: MetadataBlock["kind"]): Uint8Array[] =>
    decoded.flatMap((block) => (block.kind === kind && block.bytes.length > 0 ? [block.bytes] : []));
  // Image resources that do not fit into one segment go on in the next.
  const iptc = ofKind("iptc")[0] ?? findIptc(joined(ofKind("photoshop")));
  return {
    exif: exif ?? copyProfile(ofKind("exif")[0]),
    iptc: iptc?.subarray(0, maxIptcBytes) ?? null,
    xmp: ofKind("xmp")[0] ?? null,
  };
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
function copyProfile(bytes: Uint8Array | undefined): Uint8Array | null {
  if (bytes === undefined) return null;
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

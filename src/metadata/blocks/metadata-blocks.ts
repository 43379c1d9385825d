import { codingBytes, type DecodedBlock, decodedBlock, maxBlockBytes, maxPacketBytes } from "./coding.ts";
import { readExifBlock } from "./exif-block.ts";
import { extendedXmp, isGuid } from "./xmp/extended.ts";
import { KeptBudget, maxKeptEntries, maxKeptUnits } from "./xmp/properties.ts";
import { copyExif } from "./exif-copy.ts";
import { joinedBytes, parseInMemory, type Reading, readPieces } from "../file-parts.ts";
import type { ImageHeader, MetadataBlock } from "../headers/image-header.ts";
import { findIptc, isIptc } from "./iptc.ts";
import { mergedXmp, parseXmp, type XmpPacket } from "./xmp/xmp.ts";

/** A file's metadata by kind; null where there is none of a kind. */
export interface RawMetadata {
  /** What `copyExif` made of the block. */
  readonly exif: Uint8Array | null;
  /** Datasets of IPTC's information interchange model. */
  readonly iptc: Uint8Array | null;
  readonly xmp: XmpPacket | null;
}

/** Blocks as they are in the file. */
export interface StoredMetadata {
  readonly exif: Uint8Array | null;
  readonly blocks: readonly { readonly block: MetadataBlock; readonly bytes: Uint8Array }[];
}

// Image resources may go on over many segments, most of which hold anything but IPTC.
const maxOtherBytes = 2 * maxBlockBytes;
const maxBlocks = 64;
// A packet of the largest kind that is read, in segments of JPEG of 64 KiB.
const maxExtensions = 512;
const xmpNote = "http://ns.adobe.com/xmp/note/";

/**
 * Reads the metadata blocks of a file from where its header says that they lie.
 *
 * @yields the ranges it needs
 */
export function* readStoredMetadata(header: ImageHeader): Reading<StoredMetadata> {
  const blocks: { block: MetadataBlock; bytes: Uint8Array }[] = [];
  let exif: Uint8Array | null = null;
  const remaining = { xmp: maxPacketBytes, other: maxOtherBytes };
  for (const block of countedBlocks(header.metadataBlocks)) {
    if (block.kind === "exif" && (block.coding === "plain" || block.coding === "heif_item")) {
      exif ??= yield* readExifBlock(block, copyExif);
      continue;
    }
    const account = isXmp(block) ? "xmp" : "other";
    const mostBytes = Math.min(isXmp(block) ? maxPacketBytes : maxBlockBytes, remaining[account]);
    const bytes = yield* readPieces([block, ...(block.more ?? [])], mostBytes);
    remaining[account] -= bytes.length;
    blocks.push({ block, bytes });
  }
  return { exif, blocks };
}

function isXmp({ kind }: MetadataBlock): boolean {
  return kind === "xmp" || kind === "xmp_extension";
}

/** The blocks that are looked at: so many pieces of extended packets, and so many others. */
function countedBlocks(all: readonly MetadataBlock[]): readonly MetadataBlock[] {
  const extensions = all.filter(({ kind }) => kind === "xmp_extension");
  const others = all.filter(({ kind }) => kind !== "xmp_extension" && kind !== "icc");
  return [...others.slice(0, maxBlocks), ...extensions.slice(0, maxExtensions)];
}

/**
 * Undoes the coding of stored blocks, and takes of each kind what tells something: the first EXIF and IPTC, and all packets
 * of XMP as one. What is undone is bounded in all, so that a file of very many small blocks, each of which inflates to a
 * large one, does not take them all.
 */
export function decodeMetadata({ exif, blocks }: StoredMetadata): RawMetadata {
  const packets: XmpPacket[] = [];
  const others: DecodedBlock[] = [];
  const kept = new KeptBudget();
  const remaining = { xmp: maxPacketBytes, other: maxOtherBytes };
  for (const { block, bytes } of blocks) {
    const account = isXmp(block) ? "xmp" : "other";
    if (block.kind === "xmp_extension" || remaining[account] <= 0) continue;
    const decoded = decodedBlock(block, bytes);
    remaining[account] -= decoded.bytes.length;
    const packet = decoded.kind === "xmp" ? parseXmp(decoded.bytes, kept) : null;
    if (packet !== null) packets.push(packet);
    else if (decoded.bytes.length > 0) others.push(decoded);
  }
  packets.push(...extendedPackets(blocks, packets, kept));
  return { exif: exif ?? firstExif(others), iptc: firstIptc(others), xmp: mergedXmp(packets) };
}

/** The extended packets that the main ones name. */
function extendedPackets(
  blocks: StoredMetadata["blocks"],
  packets: readonly XmpPacket[],
  kept: KeptBudget,
): XmpPacket[] {
  const pieces = blocks.filter(({ block }) => block.kind === "xmp_extension").map(({ bytes }) => bytes);
  if (pieces.length === 0) return [];
  const guids = packets.flatMap((packet) => packet.items(xmpNote, "HasExtendedXMP")[0]?.text.trim() ?? []);
  return [...new Set(guids.filter(isGuid))].slice(0, 2).flatMap((guid) => {
    const bytes = extendedXmp(pieces, guid);
    return bytes === null ? [] : (parseXmp(bytes, kept) ?? []);
  });
}

function firstExif(others: readonly DecodedBlock[]): Uint8Array | null {
  for (const { kind, bytes } of others) {
    const copied = kind === "exif" ? parseInMemory(bytes, copyExif) : null;
    if (copied !== null) return copied;
  }
  return null;
}

/** A record of its own, else one in image resources, which go on in the next segment where they do not fit into one. */
function firstIptc(others: readonly DecodedBlock[]): Uint8Array | null {
  const record = others.find(({ kind, bytes }) => kind === "iptc" && isIptc(bytes));
  if (record !== undefined) return record.bytes.subarray(0, maxBlockBytes);
  const pieces = others.flatMap(({ kind, bytes }) => (kind === "photoshop" ? [bytes] : []));
  return findIptc(joinedBytes(pieces))?.subarray(0, maxBlockBytes) ?? null;
}

// What a property or an item is held in.
const entryBytes = 300;
const shortestEntry = 4;
// A packet in another encoding than UTF-8 is held as text and as bytes as well; of such a one only so much is read.
const maxOtherEncoding = 3 * 4 * 1024 * 1024;

/** The most that reading and decoding blocks takes beside the file, in bytes; of most photos some hundred kilobytes. */
export function decodingBytes(blocks: readonly MetadataBlock[]): number {
  const coding = Math.max(0, ...blocks.map(codingBytes));
  const xmp = blocks.filter(isXmp).reduce((sum, block) => sum + decodedLength(block), 0);
  const length = Math.min(xmp, maxPacketBytes);
  const others = blocks.filter((block) => !isXmp(block) && block.kind !== "icc");
  const joined = others.reduce((sum, block) => sum + (block.more === undefined ? 0 : lengthOf(block)), 0);
  const resources = others.reduce(
    (sum, block) => sum + (block.kind === "exif" ? 0 : decodedLength(block)),
    0,
  );
  return Math.ceil(
    coding +
      Math.min(2 * length, 2 * maxKeptUnits) +
      Math.min(maxKeptEntries, length / shortestEntry) * entryBytes +
      Math.min(3 * length, maxOtherEncoding) +
      extensionBytes(blocks) +
      Math.min(joined, maxOtherBytes) +
      Math.min(resources, maxOtherBytes) * 2,
  );
}

function lengthOf({ length, more = [] }: MetadataBlock): number {
  return more.reduce((sum, piece) => sum + piece.length, length);
}

function decodedLength(block: MetadataBlock): number {
  return Math.max(codingBytes(block) / 2, lengthOf(block));
}

/** Pieces of an extended packet are joined. */
function extensionBytes(blocks: readonly MetadataBlock[]): number {
  const pieces = blocks.filter(({ kind, more }) => kind === "xmp_extension" || more !== undefined);
  return Math.min(
    pieces.reduce((sum, block) => sum + lengthOf(block), 0),
    maxPacketBytes,
  );
}

import { exifPrefix, readOrientation } from "../blocks/exif-block.ts";
import type { ByteView } from "../byte-view.ts";
import { type Reading, read } from "../file-parts.ts";
import { type HeaderReading, type ImageHeader, imageHeader, type MetadataBlock } from "./image-header.ts";

interface Chunk {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}

type Pixels = Pick<ImageHeader, "width" | "height" | "hasAlpha" | "animated" | "variant">;

const firstChunk = 12;
// Profile, alpha, picture, EXIF and XMP are five; more than this are the frames of an animation.
const maxChunks = 16;
const tailBytes = 64 * 1024;

/**
 * Reads a WebP's first chunk, and finds its metadata chunks (RFC 9649 §2.5 to §2.7).
 *
 * @yields the ranges it needs
 */
export function* readWebpHeader(totalBytes: number): HeaderReading {
  const head = yield* read(firstChunk, 30);
  const pixels = readPixels(head);
  if (pixels === null) return { reason: "has no picture chunk" };
  const isExtended = head.startsWith("VP8X");
  const chunks = isExtended ? yield* readChunks(pixels.animated === true, totalBytes) : [];
  const metadataBlocks: MetadataBlock[] = [];
  for (const chunk of chunks) {
    const block = yield* readBlock(chunk, totalBytes);
    if (block !== null) metadataBlocks.push(block);
  }
  return imageHeader({
    mediaType: "image/webp",
    ...pixels,
    orientation: yield* readOrientation(metadataBlocks),
    bitDepth: 8,
    channels: pixels.hasAlpha === true ? 4 : 3,
    metadataBlocks,
  });
}

/** The first chunk's size and flags; `head` begins with the chunk's type. */
function readPixels(head: ByteView): Pixels | null {
  const data = head.part(8);
  if (head.startsWith("VP8X")) {
    // RFC 9649 §2.7.1: flags, then both sizes less one.
    const flags = data.u8(0);
    const size = data.has(4, 6) ? { width: data.u24(4, true) + 1, height: data.u24(7, true) + 1 } : noSize;
    return { ...size, hasAlpha: (flags & 0x10) !== 0, animated: (flags & 0x02) !== 0, variant: null };
  }
  if (head.startsWith("VP8L") && data.u8(0) === 0x2f) {
    // RFC 9649 §3.4: fourteen bits each of both sizes less one, and whether alpha is used.
    const bits = data.u32(1, true);
    const size = data.has(1, 4)
      ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
      : noSize;
    return { ...size, hasAlpha: ((bits >>> 28) & 1) === 1, animated: false, variant: "lossless" };
  }
  // RFC 6386 §9.1: a key frame has its start code behind three bytes; the upper two bits are for scaling.
  if (!head.startsWith("VP8 ") || !data.startsWith("\x9d\x01\x2a", 3)) return null;
  const size = { width: data.u16(6, true) & 0x3fff, height: data.u16(8, true) & 0x3fff };
  return { ...size, hasAlpha: false, animated: false, variant: "lossy" };
}

const noSize = { width: 0, height: 0 };

// The chunks behind the first; of an animation, whose frames are many, those at the end of the file.
function* readChunks(isAnimated: boolean, totalBytes: number): Reading<Chunk[]> {
  if (isAnimated) return yield* readTailChunks(totalBytes);
  const chunks: Chunk[] = [];
  let offset = firstChunk;
  for (let count = 0; count < maxChunks; count++) {
    const chunk = chunkAt(yield* read(offset, 8), 0, offset);
    if (chunk === null) break;
    chunks.push(chunk);
    offset = endOf(chunk);
  }
  return chunks;
}

// RFC 9649 §2.7.1.5: EXIF and XMP are last. They are found by leading, one by one, to the end of the file.
function* readTailChunks(totalBytes: number): Reading<Chunk[]> {
  const base = Math.max(firstChunk, totalBytes - tailBytes);
  const tail = yield* read(base, totalBytes - base);
  const text = new TextDecoder("latin1").decode(tail.bytes);
  for (const { index } of text.matchAll(/EXIF|XMP /gu)) {
    const first = chunkAt(tail, index, base + index);
    if (first === null) continue;
    const second = chunkAt(tail, endOf(first) - base, endOf(first));
    const chunks = second === null ? [first] : [first, second];
    if (chunks.some((chunk) => endOf(chunk) === totalBytes)) return chunks;
  }
  return [];
}

function chunkAt(view: ByteView, at: number, position: number): Chunk | null {
  if (!view.has(at, 8)) return null;
  return { type: view.text(at, 4), offset: position + 8, length: view.u32(at + 4, true) };
}

/** Where the next chunk begins: data of an odd length is padded. */
function endOf({ offset, length }: Chunk): number {
  return offset + length + (length % 2);
}

function* readBlock({ type, offset, length }: Chunk, totalBytes: number): Reading<MetadataBlock | null> {
  const available = Math.min(length, totalBytes - offset);
  if (type === "ICCP") return { kind: "icc", offset, length: available, coding: "plain" };
  if (type === "XMP ") return { kind: "xmp", offset, length: available, coding: "plain" };
  if (type !== "EXIF") return null;
  // The chunk is the bare TIFF structure, but writers that come from JPEG leave that format's prefix on it.
  const head = yield* read(offset, exifPrefix.length);
  const skip = head.startsWith(exifPrefix) ? exifPrefix.length : 0;
  return { kind: "exif", offset: offset + skip, length: Math.max(0, available - skip), coding: "plain" };
}

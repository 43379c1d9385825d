import { exifPrefix, readOrientation } from "../blocks/exif-block.ts";
import type { ByteView } from "../byte-view.ts";
import { type Reading, read } from "../file-parts.ts";
import { type HeaderReading, imageHeader, type MetadataBlock } from "./image-header.ts";

/** A chunk's type and where its data lies (PNG 3rd edition §5.3). */
interface Chunk {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly head: ByteView;
}

const signatureBytes = 8;
const framingBytes = 12;
// More than a keyword of 79 characters with the flags and tags of an international text behind it.
const headBytes = 128;
const maxChunks = 1024;
// Metadata may follow the picture. Up to this size what follows is read whole; of a larger one only the
// end, because a picture is often cut into thousands of chunks and walking them would read it all.
const maxRestBytes = 256 * 1024;
const tailBytes = 64 * 1024;
const maxCandidates = 64;
// Packets behind a picture are mostly plain text: of one that is longer the end is seen.
const longTailBytes = 2 * 1024 * 1024;
const packetEndBytes = 256;
const packetEnd = /<\?xpacket end|<\/x:xmpmeta|<\/rdf:RDF/u;

/** PNG 3rd edition §11.2.1, table 7: channels by colour type. */
const colourTypeChannels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Text chunks in which writers keep what has or had no chunk of its own, by their keywords in small letters. */
const textBlocks: ReadonlyMap<string, MetadataBlock["kind"]> = new Map([
  ["xml:com.adobe.xmp", "xmp"],
  ["raw profile type exif", "exif"],
  ["raw profile type app1", "exif"],
  ["raw profile type iptc", "photoshop"],
  ["raw profile type 8bim", "photoshop"],
  ["raw profile type xmp", "xmp"],
  ["raw profile type icc", "icc"],
  ["raw profile type icm", "icc"],
]);

/**
 * Reads the chunks of a PNG before its picture, and metadata behind it (PNG 3rd edition §5 and §11).
 *
 * @yields the ranges it needs
 */
export function* readPngHeader(totalBytes: number): HeaderReading {
  const chunks = yield* readChunks(totalBytes);
  const header = chunks[0]?.head;
  if (header === undefined || chunks[0]?.type !== "IHDR" || header.length < 13) {
    return { reason: "does not begin with an image header" };
  }
  const metadataBlocks = chunks.flatMap((chunk) => metadataBlock(chunk) ?? []);
  const colourType = header.u8(9);
  return imageHeader({
    mediaType: "image/png",
    width: header.u32(0),
    height: header.u32(4),
    orientation: yield* readOrientation(metadataBlocks),
    bitDepth: header.u8(8),
    channels: colourTypeChannels[colourType] ?? null,
    hasAlpha: colourType >= 4 || chunks.some(({ type }) => type === "tRNS"),
    animated: chunks.some(({ type }) => type === "acTL"),
    variant: header.u8(12) === 1 ? "interlaced" : null,
    metadataBlocks,
  });
}

// The chunks before the first picture data, and those behind it as far as they are looked at.
function* readChunks(totalBytes: number): Reading<Chunk[]> {
  const chunks: Chunk[] = [];
  let offset = signatureBytes;
  for (let count = 0; count < maxChunks; count++) {
    const chunk = chunkAt(yield* read(offset, 8 + headBytes), 0, offset);
    if (chunk === null) break;
    if (chunk.type === "IDAT") return [...chunks, ...(yield* readChunksBehind(offset, totalBytes))];
    chunks.push(chunk);
    offset = chunk.offset + chunk.length + 4;
  }
  return chunks;
}

function* readChunksBehind(pictureOffset: number, totalBytes: number): Reading<Chunk[]> {
  if (totalBytes - pictureOffset <= maxRestBytes) {
    return chunkChain(yield* read(pictureOffset, totalBytes - pictureOffset), 0, pictureOffset).chunks;
  }
  const tail = yield* read(totalBytes - tailBytes, tailBytes);
  const chunks = chunksLeadingToEnd(tail, totalBytes - tailBytes);
  const isTextCutOff =
    chunks === null && packetEnd.test(tail.text(tailBytes - packetEndBytes, packetEndBytes));
  if (!isTextCutOff) return chunks ?? [];
  // The end of a packet that begins before what was read.
  const longOffset = Math.max(pictureOffset, totalBytes - longTailBytes);
  const longTail = yield* read(longOffset, totalBytes - longOffset);
  return chunksLeadingToEnd(longTail, longOffset) ?? [];
}

/** The chunks of metadata at the end of a file; null where there are none. */
function chunksLeadingToEnd(tail: ByteView, offset: number): Chunk[] | null {
  const text = new TextDecoder("latin1").decode(tail.bytes);
  // Compressed data may hold any four letters, but no chain of chunks from there to the end of the file.
  let candidates = 0;
  for (const { index } of text.matchAll(/eXIf|[iz]TXt|tEXt/gu)) {
    if (++candidates > maxCandidates) break;
    const { chunks, complete } = chunkChain(tail, index - 4, offset);
    if (complete) return chunks;
  }
  return null;
}

/** Chunk after chunk in a view; complete where they lead to the end of the image. */
function chunkChain(view: ByteView, start: number, base: number): { chunks: Chunk[]; complete: boolean } {
  const chunks: Chunk[] = [];
  let at = start;
  // Every turn advances by the framing at least, so that the view's length bounds this.
  for (;;) {
    const chunk = at < 0 ? null : chunkAt(view, at, base + at);
    if (chunk === null) return { chunks, complete: false };
    if (chunk.type === "IEND") return { chunks, complete: true };
    if (chunk.type !== "IDAT") chunks.push(chunk);
    at += framingBytes + chunk.length;
  }
}

/** The chunk at `at` of a view, which lies at `position` of the file. */
function chunkAt(view: ByteView, at: number, position: number): Chunk | null {
  if (!view.has(at, 8)) return null;
  const length = view.u32(at);
  const type = view.text(at + 4, 4);
  return { type, offset: position + 8, length, head: view.part(at + 8, Math.min(length, headBytes)) };
}

function metadataBlock({ type, offset, length, head }: Chunk): MetadataBlock | null {
  // The piece of `length` bytes that is left when what precedes the block is skipped.
  const block = (
    kind: MetadataBlock["kind"],
    skip: number,
    coding: MetadataBlock["coding"],
  ): MetadataBlock => ({
    kind,
    offset: offset + skip,
    length: Math.max(0, length - skip),
    coding,
  });
  if (type === "eXIf") return block("exif", head.startsWith(exifPrefix) ? exifPrefix.length : 0, "plain");
  const keywordEnd = head.bytes.indexOf(0);
  if (keywordEnd === -1) return null;
  if (type === "iCCP") return block("icc", keywordEnd + 2, "deflate");
  const keyword = head.text(0, keywordEnd).toLowerCase();
  const kind = textBlocks.get(keyword);
  if (kind === undefined) return null;
  const isProfile = keyword !== "xml:com.adobe.xmp";
  if (type === "zTXt") return block(kind, keywordEnd + 2, isProfile ? "hex_deflate" : "deflate");
  if (type === "tEXt") return block(kind, keywordEnd + 1, isProfile ? "hex" : "plain");
  if (type !== "iTXt") return null;
  const text = internationalText(head, keywordEnd);
  if (text === null) return null;
  if (text.isDeflated) return block(kind, text.skip, isProfile ? "hex_deflate" : "deflate");
  return block(kind, text.skip, isProfile ? "hex" : "plain");
}

/** PNG 3rd edition §11.3.3.4: compression flag and method, language tag, translated keyword, text. */
function internationalText(
  head: ByteView,
  keywordEnd: number,
): { readonly skip: number; readonly isDeflated: boolean } | null {
  const languageEnd = head.bytes.indexOf(0, keywordEnd + 3);
  const translationEnd = languageEnd === -1 ? -1 : head.bytes.indexOf(0, languageEnd + 1);
  if (translationEnd === -1) return null;
  return { skip: translationEnd + 1, isDeflated: head.u8(keywordEnd + 1) === 1 };
}

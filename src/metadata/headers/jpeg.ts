import type { ByteView } from "../byte-view.ts";
import { type Reading, read } from "../file-parts.ts";
import { type HeaderReading, type ImageHeader, imageHeader, type MetadataBlock } from "./image-header.ts";
import { readOrientation } from "../blocks/exif-block.ts";
import type { Orientation } from "../../core/orientation.ts";
import { tiffSignature } from "../tiff-directory.ts";

interface Segment {
  readonly marker: number;
  /** Where its content begins, behind marker and length. */
  readonly offset: number;
  readonly length: number;
  /** The first bytes of the content: enough for a frame header and for the signatures of APP segments. */
  readonly head: ByteView;
}

// A hundred is much in real files; the bound is for one made of empty segments.
const maxSegments = 4096;
const maxGarbageBytes = 64 * 1024;
const headBytes = 64;
// Two megabytes, of which the directories are the first few kilobytes.
const maxPieces = 32;
const exifSkip = 6;

const startOfScan = 0xda;
const endOfImage = 0xd9;

/** ITU-T T.81 table B.1: the frame types. Those that are missing here are no frame headers. */
const frameVariants: ReadonlyMap<number, string> = new Map([
  [0xc0, "baseline"],
  [0xc1, "extended"],
  [0xc2, "progressive"],
  [0xc3, "lossless"],
  [0xc5, "hierarchical"],
  [0xc6, "hierarchical progressive"],
  [0xc7, "hierarchical lossless"],
  [0xc9, "arithmetic"],
  [0xca, "arithmetic progressive"],
  [0xcb, "arithmetic lossless"],
  [0xcd, "arithmetic hierarchical"],
  [0xce, "arithmetic hierarchical progressive"],
  [0xcf, "arithmetic hierarchical lossless"],
]);

/** Signature, kind and length of what precedes the block, by the marker of the APP segment. */
const appBlocks: ReadonlyMap<number, readonly (readonly [string, MetadataBlock["kind"], number])[]> = new Map(
  [
    // EXIF 3.0 §4.7.2: "Exif", a null and a byte of padding, which not every writer sets to null.
    [
      0xe1,
      [
        ["Exif\0", "exif", exifSkip],
        ["http://ns.adobe.com/xap/1.0/\0", "xmp", 29],
        // XMP part 3 §1.1.3.1: what does not fit into that segment.
        ["http://ns.adobe.com/xmp/extension/\0", "xmp_extension", 35],
      ],
    ],
    // ICC.1:2022 annex B.4: signature, number of this piece, number of pieces.
    [0xe2, [["ICC_PROFILE\0", "icc", 14]]],
    [
      0xed,
      [
        ["Photoshop 3.0\0", "photoshop", 14],
        ["Adobe_Photoshop2.5:", "photoshop", 19],
        // What stands there without its signature.
        ["8BIM", "photoshop", 0],
        ["\x1c\x01", "iptc", 0],
        ["\x1c\x02", "iptc", 0],
      ],
    ],
  ],
);

/**
 * Reads the segments of a JPEG up to its first scan (ITU-T T.81 annex B; APP segments by their owners).
 *
 * @yields the ranges it needs
 */
export function* readJpegHeader(totalBytes: number): HeaderReading {
  const metadataBlocks: MetadataBlock[] = [];
  let frame: Segment | null = null;
  let offset = 2;
  for (let count = 0; count < maxSegments; count++) {
    const segment = yield* readSegment(offset);
    if (segment === null || segment.marker === startOfScan || segment.marker === endOfImage) break;
    if (frameVariants.has(segment.marker)) frame ??= segment;
    const block = metadataBlock(segment, totalBytes);
    if (block !== null) addBlock(metadataBlocks, block, segment.head);
    offset = segment.offset + segment.length;
  }
  if (frame === null || frame.head.length < 6) return { reason: "ends before its frame header" };
  return frameHeader(frame, metadataBlocks, yield* readOrientation(metadataBlocks));
}

/** T.81 §B.2.2: precision, lines, samples per line, components. Lines that follow in a DNL segment are 0. */
function frameHeader(
  { marker, head }: Segment,
  metadataBlocks: MetadataBlock[],
  orientation: Orientation | null,
): ImageHeader | { reason: string } {
  if (head.u16(1) === 0) return { reason: "does not tell its height before the picture (DNL)" };
  return imageHeader({
    mediaType: "image/jpeg",
    width: head.u16(3),
    height: head.u16(1),
    orientation,
    bitDepth: head.u8(0),
    channels: head.u8(5),
    hasAlpha: false,
    animated: false,
    variant: frameVariants.get(marker) ?? null,
    metadataBlocks,
  });
}

// The next segment with a content, from `offset` on; null where there is none.
function* readSegment(offset: number): Reading<Segment | null> {
  const position = yield* findMarker(offset);
  if (position === null) return null;
  const start = yield* read(position, 4 + headBytes);
  const marker = start.u8(1);
  if (marker === endOfImage) return { marker, offset: position + 2, length: 0, head: start.part(2, 0) };
  const length = start.u16(2) - 2;
  if (length < 0) return null;
  return { marker, offset: position + 4, length, head: start.part(4, Math.min(length, headBytes)) };
}

// Where the next marker that begins a segment is (T.81 §B.1.1.2). Fill bytes before a marker, markers
// that stand alone, and bytes that belong to nothing are skipped, the latter as all decoders do.
function* findMarker(offset: number): Reading<number | null> {
  const quick = yield* read(offset, 2);
  if (quick.u8(0) === 0xff && !standsAlone(quick.u8(1))) return offset;
  const { bytes } = yield* read(offset, maxGarbageBytes);
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) return null;
    if (!standsAlone(code)) return offset + at;
  }
  return null;
}

/** Codes after 0xFF that begin no segment: stuffing, TEM, reserved ones, restarts, a start of image, fill. */
function standsAlone(code: number): boolean {
  return code < 0xc0 || (code >= 0xd0 && code <= 0xd8) || code === 0xff;
}

function metadataBlock({ marker, offset, length, head }: Segment, totalBytes: number): MetadataBlock | null {
  for (const [signature, kind, skip] of appBlocks.get(marker) ?? []) {
    const blockLength = Math.min(offset + length, totalBytes) - offset - skip;
    if (head.startsWith(signature) && blockLength > 0) {
      return { kind, offset: offset + skip, length: blockLength, coding: "plain" };
    }
  }
  return null;
}

/**
 * EXIF that is too long for one segment goes on in the next behind the same mark. Only the first has the signature of a
 * TIFF structure, by which another block is told from a piece of this one.
 */
function addBlock(blocks: MetadataBlock[], block: MetadataBlock, head: ByteView): void {
  const isPiece = block.kind === "exif" && tiffSignature(head.part(exifSkip)) === null;
  const at = isPiece ? blocks.findLastIndex(({ kind }) => kind === "exif") : -1;
  const begun = blocks[at];
  const { more = [] } = begun ?? {};
  if (begun === undefined || more.length >= maxPieces) blocks.push(block);
  else blocks[at] = { ...begun, more: [...more, { offset: block.offset, length: block.length }] };
}

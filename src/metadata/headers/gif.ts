import type { ByteView } from "../byte-view.ts";
import { read } from "../file-parts.ts";
import { type HeaderReading, imageHeader, type MetadataBlock } from "./image-header.ts";

/** What stands before the first frame. */
interface Prelude {
  readonly frame: { readonly width: number; readonly height: number } | "none" | "not_reached";
  readonly hasAlpha: boolean;
  readonly xmp: MetadataBlock | null;
}

const screenBytes = 13;
// Extensions before the first frame are looked at so far; XMP, the largest of them, is usually a few kilobytes.
const maxPreludeBytes = 64 * 1024;
const extension = 0x21;
const imageDescriptor = 0x2c;
const trailer = 0x3b;
const graphicControl = 0xf9;
const application = 0xff;

/**
 * Reads the logical screen of a GIF and what stands before its first frame (GIF89a §18 to §26).
 *
 * @yields the ranges it needs
 */
export function* readGifHeader(): HeaderReading {
  const screen = yield* read(0, screenBytes);
  const packed = screen.u8(10);
  const tableBytes = (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
  const start = screenBytes + tableBytes;
  const { frame, hasAlpha, xmp } = readPrelude(yield* read(start, maxPreludeBytes), start);
  if (frame === "none") return { reason: "has no frame" };
  // A screen of no size is drawn by browsers at the size of its first frame.
  const { width, height } = frame === "not_reached" ? { width: 0, height: 0 } : frame;
  return imageHeader({
    mediaType: "image/gif",
    width: screen.u16(6, true) || width,
    height: screen.u16(8, true) || height,
    bitDepth: 8,
    channels: 1,
    hasAlpha,
    metadataBlocks: xmp === null ? [] : [xmp],
  });
}

function readPrelude(view: ByteView, base: number): Prelude {
  let hasAlpha = false;
  let xmp: MetadataBlock | null = null;
  let at = 0;
  while (view.u8(at) === extension) {
    const label = view.u8(at + 1);
    const end = endOfSubBlocks(view, at + 2);
    if (label === graphicControl) hasAlpha ||= (view.u8(at + 3) & 1) === 1;
    if (label === application && view.startsWith("XMP DataXMP", at + 3)) {
      xmp = { kind: "xmp", offset: base + at + 14, length: Math.max(0, end - at - 14), coding: "plain" };
    }
    at = end;
  }
  if (view.u8(at) !== imageDescriptor) {
    const ended = view.u8(at) === trailer || view.length < maxPreludeBytes;
    return { frame: ended ? "none" : "not_reached", hasAlpha, xmp };
  }
  return { frame: { width: view.u16(at + 5, true), height: view.u16(at + 7, true) }, hasAlpha, xmp };
}

/** GIF89a §15: blocks of up to 255 bytes, each behind its length, until one of none. Always advances. */
function endOfSubBlocks(view: ByteView, start: number): number {
  let at = start;
  while (view.u8(at) !== 0) at += 1 + view.u8(at);
  return at + 1;
}

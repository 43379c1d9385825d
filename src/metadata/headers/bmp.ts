import { read } from "../file-parts.ts";
import { type HeaderReading, imageHeader } from "./image-header.ts";

const coreHeaderBytes = 12;
const bitFields = 3;
const alphaBitFields = 6;

/**
 * Reads a bitmap's DIB header: OS/2's with 16-bit sizes, or any of Windows' (BITMAPINFOHEADER to V5).
 *
 * @yields the ranges it needs
 */
export function* readBmpHeader(): HeaderReading {
  const head = yield* read(0, 70);
  const dibBytes = head.u32(14, true);
  if (dibBytes === coreHeaderBytes) {
    return imageHeader({
      mediaType: "image/bmp",
      width: head.u16(18, true),
      height: head.u16(20, true),
      ...pixelFormat(head.u16(24, true), false),
    });
  }
  const compression = head.u32(30, true);
  const hasMasks = compression === bitFields || compression === alphaBitFields;
  const hasAlphaMask = hasMasks && dibBytes >= 56 && head.u32(66, true) !== 0;
  return imageHeader({
    mediaType: "image/bmp",
    width: head.i32(18, true),
    // A negative height means that the first row is the top one.
    height: Math.abs(head.i32(22, true)),
    ...pixelFormat(head.u16(28, true), hasAlphaMask),
  });
}

/** Up to eight bits a pixel are the index into a palette. */
function pixelFormat(bitsPerPixel: number, hasAlpha: boolean) {
  const channels = bitsPerPixel <= 8 ? 1 : bitsPerPixel === 32 ? 4 : 3;
  return { bitDepth: bitsPerPixel <= 8 ? bitsPerPixel : 8, channels, hasAlpha, animated: false };
}

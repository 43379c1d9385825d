import { joined } from "../../../test/support/images/index.ts";

/** Bytes of a PNG's signature and its first chunk, which is always the header. */
const headBytes = 8 + 25;

/** A PNG with chunks put in behind its header, where those about colours belong (PNG, third edition, 5.6). */
export function withChunks(png: Uint8Array, ...chunks: readonly Uint8Array[]): Uint8Array {
  return joined(png.subarray(0, headBytes), ...chunks, png.subarray(headBytes));
}

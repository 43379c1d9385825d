import { type Account, isolateMemory } from "../budget.ts";
import { jpegDecoder } from "../jpeg/decode.ts";
import { withDecoded } from "../thumbnail.ts";
import { PictureError } from "../types.ts";
import { byteAt } from "../number-at.ts";
import type { GreyPicture } from "./plane.ts";

/** Pictures are compared at this size: their longest side, in pixels. */
const comparedSize = 256;

/**
 * Reads a preview (a JPEG, upright) in shades of grey, 256 pixels at the longest side, for `isSamePicture`. It counts on
 * `account` if there is one that has the file's bytes already, else on one of its own, while it is read; what it answers is
 * 64 KiB at the most. Rejects with a {@link PictureError} for what is no JPEG, or where there is no memory now.
 */
export async function readGreyPicture(jpeg: Uint8Array, account?: Account): Promise<GreyPicture> {
  if (account !== undefined) return read(jpeg, account);
  return isolateMemory.withAccount(async (own) => {
    own.take(jpeg.byteLength);
    return read(jpeg, own);
  });
}

async function read(jpeg: Uint8Array, account: Account): Promise<GreyPicture> {
  const heldBefore = account.heldBytes;
  const facts = { contentType: "image/jpeg", width: 0, height: 0, orientation: 1 } as const;
  const variant = { size: comparedSize, fit: "contain" } as const;
  try {
    return await withDecoded(jpegDecoder, { bytes: jpeg, facts, variant, account }, (kernel, { rgb }) => {
      const { address, width, height } = rgb;
      return { width, height, luma: lumaOf(kernel.u8(address, width * height * 3)) };
    });
  } catch (error) {
    if (error instanceof PictureError) throw error;
    const reason = { code: "decoder_fault", detail: "The decoder gave up on this preview." } as const;
    throw new PictureError({ outcome: "failed", reason });
  } finally {
    account.release(account.heldBytes - heldBefore);
  }
}

/** The lightness (luma of Rec. 601) of RGB pixels. */
function lumaOf(pixels: Uint8Array): Uint8Array {
  const luma = new Uint8Array(pixels.length / 3);
  for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
    const [red, green, blue] = [byteAt(pixels, at), byteAt(pixels, at + 1), byteAt(pixels, at + 2)];
    luma[i] = 0.299 * red + 0.587 * green + 0.114 * blue + 0.5;
  }
  return luma;
}

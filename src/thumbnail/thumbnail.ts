import { bmpDecoder } from "./bmp/decode.ts";
import { type Account, isolateMemory, maxFileBytes, maxPixels } from "./budget.ts";
import { convertColours } from "./colour/convert.ts";
import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "./raster/decoder.ts";
import { encodeJpeg } from "./jpeg/encode.ts";
import { heifDecoder } from "./heif/decode.ts";
import { jpegDecoder } from "./jpeg/decode.ts";
import { giveBackKernel, type Kernel, takeKernel } from "./raster/kernel.ts";
import { photonDecoder } from "./photon/decode.ts";
import { thumbhashOf } from "./placeholder.ts";
import { hashesOf } from "./likeness/hash.ts";
import { pngDecoder } from "./png/decode.ts";
import { tiffDecoder } from "./tiff/decode.ts";
import {
  type MadeThumbnail,
  PictureError,
  type SourceFacts,
  type ThumbnailResult,
  unsupported,
  type Variant,
} from "./types.ts";
import { webpDecoder } from "./webp/decode.ts";

/** The decoders in order of preference: the first that takes a file's type decodes it. */
const decoders: readonly ThumbnailDecoder[] = [
  jpegDecoder,
  pngDecoder,
  webpDecoder,
  tiffDecoder,
  bmpDecoder,
  photonDecoder,
  heifDecoder,
];

/** What a caller may ask for besides the thumbnail. */
export interface ThumbnailOptions {
  /** An account that has the file's bytes already; its holder closes it. Without one the file counts only now. */
  readonly account?: Account;
  /** No placeholder is wanted. */
  readonly withoutPlaceholder?: boolean;
  /** Also answer the hash of the picture. */
  readonly withHash?: boolean;
  /** Also answer the pixels that were encoded: for measurements and for other encoders. */
  readonly withPixels?: boolean;
}

/**
 * Makes a thumbnail of a picture file. `bytes` is the whole file, `facts` what its header says. Never throws and
 * never rejects for bad input: sound files that are beyond us are `unsupported`, broken ones `failed`. Work is
 * bounded by the number of bytes and pixels, memory by `memoryLimitBytes` for all pictures together.
 */
export async function makeThumbnail(
  bytes: Uint8Array,
  facts: SourceFacts,
  variant: Variant,
  options: ThumbnailOptions = {},
): Promise<ThumbnailResult> {
  const account = options.account ?? isolateMemory.newAccount();
  const heldBefore = account.heldBytes;
  try {
    const decoder = chooseDecoder(bytes, facts);
    if (options.account === undefined) account.take(bytes.byteLength);
    account.beginWork();
    return await withDecoded(decoder, { bytes, facts, variant, account }, (kernel, picture) =>
      encodePicture(kernel, picture, account, options),
    );
  } catch (error) {
    if (error instanceof PictureError) return error.result;
    return {
      outcome: "failed",
      reason: { code: "decoder_fault", detail: "The decoder gave up on this file." },
    };
  } finally {
    account.release(account.heldBytes - heldBefore);
    if (options.account === undefined) account.close();
  }
}

function chooseDecoder(bytes: Uint8Array, facts: SourceFacts): ThumbnailDecoder {
  const decoder = decoders.find((each) => each.accepts(facts.contentType));
  if (decoder === undefined) throw unsupported("no_decoder", `There is no decoder for ${facts.contentType}.`);
  if (bytes.byteLength > maxFileBytes) {
    throw unsupported("file_too_large", `The file has ${bytes.byteLength} bytes, too many to decode.`);
  }
  if (facts.width * facts.height > maxPixels) {
    throw unsupported(
      "too_many_pixels",
      `The picture has ${facts.width} × ${facts.height} pixels, too many to decode.`,
    );
  }
  return decoder;
}

/**
 * Decodes a picture and gives it, with the kernel that holds its pixels, to `use`. Rejects with a {@link PictureError}
 * where the picture cannot be decoded, with another error where the decoder is at fault.
 */
export async function withDecoded<Used>(
  decoder: ThumbnailDecoder,
  job: Omit<DecodeJob, "kernel">,
  use: (kernel: Kernel, picture: DecodedPicture) => Used,
): Promise<Used> {
  const kernel = takeKernel(job.account);
  try {
    let picture = decoder.decode({ ...job, kernel });
    if (picture instanceof Promise) picture = await picture;
    const used = use(kernel, picture);
    giveBackKernel(kernel);
    return used;
  } catch (error) {
    // after a trap or any other surprise the instance is left behind
    if (error instanceof PictureError) giveBackKernel(kernel);
    throw error;
  }
}

function encodePicture(
  kernel: Kernel,
  picture: DecodedPicture,
  account: Account,
  options: ThumbnailOptions,
): MadeThumbnail {
  const { profile } = convertColours(kernel, picture);
  const { address, width, height } = picture.rgb;
  const pixels = kernel.u8(address, width * height * 3);
  const thumbhash = options.withoutPlaceholder ? null : thumbhashOf(pixels, width, height);
  const hash = options.withHash ? hashesOf(pixels, width, height) : null;
  const extra = options.withPixels ? { pixels: pixels.slice() } : {};
  const jpeg = encodeJpeg(kernel, picture.rgb, picture.spare, profile);
  account.take(jpeg.byteLength);
  const { workingBytes } = account;
  return { outcome: "made", jpeg, width, height, thumbhash, picture: hash, workingBytes, ...extra };
}

import type { Account } from "../budget.ts";
import type { Channels } from "./channels.ts";
import type { ColourMeaning } from "../colour/convert.ts";
import type { RgbPicture } from "../jpeg/encode.ts";
import type { Geometry } from "./geometry.ts";
import type { Kernel } from "./kernel.ts";
import type { SourceFacts, Variant } from "../types.ts";

/** One picture to decode, and what to do it with. */
export interface DecodeJob {
  /** The whole file. */
  bytes: Uint8Array;
  facts: SourceFacts;
  variant: Variant;
  /** This job's alone until it is done. Everything that a decoder allocates is in here or on the account. */
  kernel: Kernel;
  account: Account;
}

/** What the RGB was made of: planes that are still in the kernel's memory. */
export interface PictureSource {
  geometry: Geometry;
  channels: Channels;
  /** One of the layout's `COLOUR_` numbers. */
  colour: number;
}

/** Code points of colours (ITU-T H.273, 8.1 and 8.2). */
export interface Cicp {
  primaries: number;
  transfer: number;
}

/** A picture at the thumbnail's exact size, upright, in the colours of its file. */
export interface DecodedPicture {
  rgb: RgbPicture;
  /** The file's ICC profile, of whatever colour space it is. */
  profile?: Uint8Array | undefined;
  /** What its colours are if there is no profile: code points, */
  cicp?: Cicp | undefined;
  /** or what a decoder has found out by itself. */
  meaning?: ColourMeaning | undefined;
  source: PictureSource;
  /** Memory of the kernel that may be overwritten from now on. */
  spare: { at: number; bytes: number };
}

/**
 * A decoder of one family of formats. It reads at the smallest size that covers the thumbnail, shrinks, turns the
 * picture upright, and leaves colours alone. What it cannot do it tells by a `PictureError`; any other error or
 * WASM trap is a fault of the decoder, after which its instance is not used again.
 */
export interface ThumbnailDecoder {
  name: string;
  /** Whether it takes files of this type at all; sizes are for `decode` to judge. */
  accepts(contentType: string): boolean;
  decode(job: DecodeJob): DecodedPicture | Promise<DecodedPicture>;
}

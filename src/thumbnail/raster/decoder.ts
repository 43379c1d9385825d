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
  readonly bytes: Uint8Array;
  readonly facts: SourceFacts;
  readonly variant: Variant;
  /** This job's alone until it is done. Everything that a decoder allocates is in here or on the account. */
  readonly kernel: Kernel;
  readonly account: Account;
}

/** What the RGB was made of: planes that are still in the kernel's memory. */
export interface PictureSource {
  readonly geometry: Geometry;
  readonly channels: Channels;
  /** One of the layout's `COLOUR_` numbers. */
  readonly colour: number;
}

/** Code points of colours (ITU-T H.273, 8.1 and 8.2). */
export interface Cicp {
  readonly primaries: number;
  readonly transfer: number;
}

/** A picture at the thumbnail's exact size, upright, in the colours of its file. */
export interface DecodedPicture {
  readonly rgb: RgbPicture;
  /** The file's ICC profile, of whatever colour space it is. */
  readonly profile?: Uint8Array | undefined;
  /** What its colours are if there is no profile: code points, */
  readonly cicp?: Cicp | undefined;
  /** or what a decoder has found out by itself. */
  readonly meaning?: ColourMeaning | undefined;
  readonly source: PictureSource;
  /** Memory of the kernel that may be overwritten from now on. */
  readonly spare: { at: number; bytes: number };
}

/**
 * A decoder of one family of formats. It reads at the smallest size that covers the thumbnail, shrinks, turns the
 * picture upright, and leaves colours alone. What it cannot do it tells by a `PictureError`; any other error or
 * WASM trap is a fault of the decoder, after which its instance is not used again.
 */
export interface ThumbnailDecoder {
  readonly name: string;
  /** Whether it takes files of this type at all; sizes are for `decode` to judge. */
  accepts(contentType: string): boolean;
  decode(job: DecodeJob): DecodedPicture | Promise<DecodedPicture>;
}

import type { Orientation } from "../core/orientation.ts";
import type { BorderedHash } from "./likeness/hash.ts";

/** What the metadata reader knows of a file before anything is decoded. */
export interface SourceFacts {
  /** Media type by magic bytes, e.g. `image/jpeg`. */
  readonly contentType: string;
  /** Size as stored, in pixels, before the orientation; 0 where the header does not tell. */
  readonly width: number;
  readonly height: number;
  /** How the stored picture is turned for display; 1 where the file does not tell. */
  readonly orientation: Orientation;
}

/** Edge lengths a client may ask for, in pixels; the last one with `contain` only. */
export const thumbnailSizes = [128, 256, 512, 1024, 2048] as const;

/** One of {@link thumbnailSizes}. */
export type ThumbnailSize = (typeof thumbnailSizes)[number];

/** `cover`: exactly size × size, centre crop. `contain`: longest side = size, never enlarged. */
export const thumbnailFits = ["cover", "contain"] as const;

/** One of {@link thumbnailFits}. */
export type ThumbnailFit = (typeof thumbnailFits)[number];

/** Which thumbnail of a picture. There are no squares of 2048 pixels: hardly a picture has that many on its short side. */
export type Variant =
  | { readonly size: Exclude<ThumbnailSize, 2048>; readonly fit: ThumbnailFit }
  | { readonly size: 2048; readonly fit: "contain" };

/** The variant of this size and fit; null where there is none. */
export function variantOf(size: ThumbnailSize, fit: ThumbnailFit): Variant | null {
  if (size !== 2048) return { size, fit };
  return fit === "contain" ? { size, fit } : null;
}

/** All variants, small ones first. */
export const thumbnailVariants: readonly Variant[] = thumbnailSizes
  .flatMap((size) => thumbnailFits.map((fit) => variantOf(size, fit)))
  .filter((variant) => variant !== null);

/** Why a sound file gets no thumbnail from us. */
export type UnsupportedCode =
  | "no_decoder"
  | "file_too_large"
  | "too_many_pixels"
  | "over_budget"
  | "arithmetic_coding"
  | "lossless_coding"
  | "hierarchical_coding"
  | "sample_precision"
  | "component_count"
  | "unsupported_coding";

/** Why a file that should have given one did not. `busy` alone may pass: others hold the memory just now. */
export type FailedCode = "corrupt" | "decoder_fault" | "busy";

/** A code for programs and a sentence for people. */
export interface Reason<Code extends string> {
  readonly code: Code;
  readonly detail: string;
}

/** A thumbnail: a baseline JPEG, upright, without metadata beyond a colour profile. */
export interface MadeThumbnail {
  readonly outcome: "made";
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Its ThumbHash, in base64; null if it is not wanted. */
  readonly thumbhash: string | null;
  /** What tells its picture from others: of the thumbnail's own pixels, so only a `contain` tells of the whole picture. */
  readonly picture: BorderedHash | null;
  /** RGB, rows without gaps, as they went into the encoder; only if asked for. */
  readonly pixels?: Uint8Array;
  /** The most memory that making it took beside the input's bytes, as counted: WASM memories and typed arrays. */
  readonly workingBytes: number;
}

/** The answer to every input; none throws. */
export type ThumbnailResult =
  | MadeThumbnail
  | { outcome: "unsupported"; reason: Reason<UnsupportedCode> }
  | { outcome: "failed"; reason: Reason<FailedCode> };

/**
 * Ends a decoder's work on a file from any depth; `makeThumbnail` turns it into its answer.
 * Not for faults of our own, which stay ordinary errors.
 */
export class PictureError extends Error {
  readonly result: Exclude<ThumbnailResult, MadeThumbnail>;

  constructor(result: Exclude<ThumbnailResult, MadeThumbnail>) {
    super(result.reason.detail);
    this.name = "PictureError";
    this.result = result;
  }
}

/** The error for a sound file that is beyond us. */
export function unsupported(code: UnsupportedCode, detail: string): PictureError {
  return new PictureError({ outcome: "unsupported", reason: { code, detail } });
}

/** The error for a file that is not what it should be. */
export function corrupt(detail: string): PictureError {
  return new PictureError({ outcome: "failed", reason: { code: "corrupt", detail } });
}

/** What a reader fills in place, part by part; everybody else has it readonly. */
export type Writable<T> = { -readonly [Part in keyof T]: T[Part] };

import type { MediaType } from "../../src/core/media-type.ts";
import type { UnsupportedCode } from "../../src/thumbnail/types.ts";
import type { Difference } from "./compare.ts";
import type { Raster } from "./raster.ts";

/**
 * How a file is made. `lines`: commands as one would type them in a folder in which each source lies in any form
 * (`photo.png`, `grey.pgm`), which leave the file as `out.EXT`; no shell reads them, only `> FILE` at the end is
 * known. `make`: by code of ours, where no encoder writes such a file.
 */
type Coding =
  | {
      readonly lines: readonly string[];
      readonly make?: undefined;
      /** What is changed in the file before anybody reads it. */
      readonly change?: (file: Uint8Array) => Uint8Array;
    }
  | { readonly make: () => Uint8Array | Promise<Uint8Array>; readonly lines?: undefined };

/** Red, green and blue, 0 to 255 each. */
export type Levels = readonly [number, number, number];

/**
 * What the picture is to look like. `lines`: a command that decodes `out.EXT` into `truth.png`, `truth.ppm` or
 * `truth.pgm`. `sharp`: what sharp makes of the file. `picture`: what is known, because it was put into the file;
 * where its levels are not sRGB's, `colours` makes sRGB of them, after they were shrunk (docs/adr/0006). `unpacked`: a
 * command of others that writes the samples of `out.EXT` without a coding, as `truth.tif`, and what ours shows of
 * them, for samples whose colours are as each decoder likes them.
 */
export type Truth =
  | { readonly kind: "lines" | "unpacked"; readonly lines: readonly string[] }
  | { readonly kind: "sharp" }
  | {
      readonly kind: "picture";
      readonly picture: () => Raster;
      readonly colours?: (levels: Levels) => Levels;
    };

/**
 * What the service is to make of it. `picture`: a thumbnail that looks like the truth. `unsupported`: no thumbnail,
 * for a reason that the README names. `either`: whatever of both, but no wrong picture and no "damaged".
 * `no photo`: it is of no accepted type, whatever its first bytes are like.
 */
export type Expectation =
  | { readonly kind: "picture" }
  | { readonly kind: "unsupported"; readonly code: UnsupportedCode }
  | { readonly kind: "either" }
  | { readonly kind: "no photo" };

/** One way of coding a picture, and what is to become of it. */
export interface CodingTool {
  /** The format, a slash, and what is special: `webp/segments-1`. */
  readonly name: string;
  /** What the file is, by the service's own words. */
  readonly mediaType: MediaType;
  readonly coding: Coding;
  readonly truth: Truth;
  readonly tolerance: Difference;
  /** Where it is wider for a thumbnail smaller than the picture, because ours reads it at a fraction of its size. */
  readonly toleranceShrunk?: Difference;
  readonly expect: Expectation;
}

/** Tolerances by how the truth is known. */
export const tolerances = {
  /** Both decoders have the same samples to the bit. */
  exact: { luma: { mean: 0.7, block: 2 }, chroma: { mean: 0.7, block: 2 } },
  /** Both have the same samples, but each makes full colours of those at half the resolution in its own way. */
  coded: { luma: { mean: 1, block: 4 }, chroma: { mean: 3, block: 16 } },
  /** The same where colours are so coarse that they reach beyond white and black, which each side clips. */
  clipped: { luma: { mean: 2, block: 9 }, chroma: { mean: 3, block: 16 } },
  /** Colours went through a conversion of each side's own. */
  converted: { luma: { mean: 2, block: 6 }, chroma: { mean: 2.5, block: 8 } },
  /** Inks that no profile tells of: any colours will do that are like those of a press. */
  inks: { luma: { mean: 24, block: 70 }, chroma: { mean: 24, block: 70 } },
  /** Ours reads at a fraction of the size, by fewer frequencies, which shows where there is much detail. */
  scaled: { luma: { mean: 10, block: 24 }, chroma: { mean: 4, block: 20 } },
  /** The truth is the picture before a coding that loses little. */
  lossy: { luma: { mean: 6, block: 24 }, chroma: { mean: 6, block: 30 } },
} as const satisfies Readonly<Record<string, Difference>>;

/** A thumbnail is to be made. */
export const picture: Expectation = { kind: "picture" };
/** Any answer that is true. */
export const either: Expectation = { kind: "either" };
/** The README says that this coding is not decoded. */
export const otherCoding: Expectation = { kind: "unsupported", code: "unsupported_coding" };

/** The same tool with another tolerance. */
export function tolerating(tool: CodingTool, tolerance: Difference): CodingTool {
  return { ...tool, tolerance };
}

/** The same tool with another truth. */
export function truly(tool: CodingTool, truth: Truth): CodingTool {
  return { ...tool, truth };
}

/** How a tool's file is made, in one line. */
export function toolLine({ coding }: CodingTool): string {
  return coding.lines === undefined ? "(made by code)" : coding.lines.join(" && ");
}

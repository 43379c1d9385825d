/** What the samples of a pixel mean. */
export type Kind = "grey" | "rgb" | "palette" | "inks" | "ycc" | "lab";

/** How the bytes of a block are packed. */
export type Compression = "none" | "packbits" | "lzw" | "deflate" | "jpeg";

/** The codings that are decoded, by their numbers in the field `Compression`. */
export const compressions: ReadonlyMap<number, Compression> = new Map([
  [1, "none"],
  [5, "lzw"],
  [7, "jpeg"],
  [8, "deflate"],
  [32_773, "packbits"],
  [32_946, "deflate"],
]);

/** Other codings, which are told by name when a file is refused for them. */
export const codingNames: ReadonlyMap<number, string> = new Map([
  [2, "fax"],
  [3, "fax"],
  [4, "fax"],
  [6, "old-style JPEG"],
  [32_771, "fax"],
  [34_661, "JBIG"],
  [34_676, "SGI logarithmic"],
  [34_677, "SGI logarithmic"],
  [34_712, "JPEG 2000"],
  [34_887, "LERC"],
  [34_925, "LZMA"],
  [50_000, "Zstandard"],
  [50_001, "WebP"],
  [50_002, "JPEG XL"],
]);

/** What samples mean, and what each colour is combined with to have white at the top and zero in the middle. */
export interface Meaning {
  readonly kind: Kind;
  readonly masks: readonly number[];
}

/** By `PhotometricInterpretation`. Full ink, and black where white is zero, are turned round; a* and b* of CIE L*a*b* have a sign (TIFF 6.0 §23). */
export const meanings: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [0, { kind: "grey", masks: [255] }],
  [1, { kind: "grey", masks: [0] }],
  [2, { kind: "rgb", masks: [0, 0, 0] }],
  [3, { kind: "palette", masks: [0] }],
  [5, { kind: "inks", masks: [255, 255, 255, 255] }],
  [6, { kind: "ycc", masks: [0, 0, 0] }],
  [8, { kind: "lab", masks: [0, 128, 128] }],
  [9, { kind: "lab", masks: [0, 0, 0] }],
]);

import { read } from "../../file-parts.ts";
import { type HeaderReading, imageHeader, type MetadataBlock } from "../image-header.ts";
import { directoryOrientation, type TiffField, tiffSignature } from "../../tiff-directory.ts";
import { readIntegers, readTiffPages, type TiffDirectory } from "./pages.ts";

const tags = {
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  samplesPerPixel: 277,
  extraSamples: 338,
} as const;

/** Samples beyond the colours that are looked at for one that is alpha. */
const maxExtraSamples = 8;

/** Metadata in fields of a directory (TIFF 6.0, XMP part 3, Photoshop's TIFF notes, ICC.1 annex B.5). */
const blockTags: ReadonlyMap<number, MetadataBlock["kind"]> = new Map([
  [700, "xmp"],
  [33_723, "iptc"],
  [34_377, "photoshop"],
  [34_675, "icc"],
]);

/** TIFF 6.0 §7 and its supplements: what is not here is named by its number. */
const compressions: Readonly<Record<number, string>> = {
  1: "uncompressed",
  3: "fax",
  4: "fax",
  5: "lzw",
  6: "jpeg",
  7: "jpeg",
  8: "deflate",
  32_773: "packbits",
  32_946: "deflate",
};

/**
 * Reads the directory of a TIFF or BigTIFF file's picture (TIFF 6.0 §2 and §8), wherever in the file it lies. Metadata
 * that it has none of is the first directory's.
 *
 * @yields the ranges it needs
 */
export function* readTiffHeader(totalBytes: number): HeaderReading {
  const file = { offset: 0, length: totalBytes };
  const signature = tiffSignature(yield* read(0, 16));
  if (signature === null) return { reason: "has no TIFF header" };
  const pages = yield* readTiffPages(file, signature);
  if (pages === null) return { reason: "has no first image directory" };
  if (pages === "camera_raw") return { cameraRaw: true };
  const { first, shown } = pages;
  const number = (tag: number): number | null => shown.get(tag)?.inlineValue ?? null;
  const compression = number(tags.compression) ?? 1;
  const [bitDepth = 1] = yield* readIntegers(file, shown.get(tags.bitsPerSample), signature, 1);
  const extraSamples = yield* readIntegers(file, shown.get(tags.extraSamples), signature, maxExtraSamples);
  return imageHeader({
    mediaType: "image/tiff",
    width: number(tags.imageWidth) ?? 0,
    height: number(tags.imageLength) ?? 0,
    orientation: directoryOrientation(shown) ?? directoryOrientation(first),
    bitDepth,
    channels: number(tags.samplesPerPixel) ?? 1,
    // TIFF 6.0 §18: 1 is alpha that is multiplied in, 2 alpha that is not, 0 something else.
    hasAlpha: extraSamples.some((kind) => kind === 1 || kind === 2),
    variant: compressions[compression] ?? `compression ${compression}`,
    metadataBlocks: [{ kind: "exif", ...file, coding: "plain" }, ...metadataBlocks(first, shown, totalBytes)],
  });
}

function metadataBlocks(first: TiffDirectory, shown: TiffDirectory, totalBytes: number): MetadataBlock[] {
  const blocksOf = (fields: TiffDirectory) =>
    [...fields].flatMap(([tag, field]) => metadataBlock(tag, field, totalBytes) ?? []);
  const own = blocksOf(shown);
  if (first === shown) return own;
  const kinds = new Set(own.map(({ kind }) => kind));
  return [...own, ...blocksOf(first).filter(({ kind }) => !kinds.has(kind))];
}

function metadataBlock(tag: number, field: TiffField, totalBytes: number): MetadataBlock | null {
  const kind = blockTags.get(tag);
  if (kind === undefined) return null;
  // IPTC is often declared as of 32-bit numbers, four bytes each.
  const declared = field.count * (field.type === 4 ? 4 : 1);
  const length = Math.min(declared, totalBytes - field.valueOffset);
  return length > 0 ? { kind, offset: field.valueOffset, length, coding: "plain" } : null;
}

import type { FileMetadata } from "./fact-extractor.ts";
import { tiffNamespace } from "../blocks/xmp/namespaces.ts";
import type { ImageHeader } from "../headers/image-header.ts";
import { type Orientation, swapsSides, toOrientation } from "../../core/orientation.ts";

/**
 * A header whose orientation is all that the file tells: what pictures are turned by, and what is shown. It is made here and
 * nowhere else, so that no thumbnail is made by the header alone, which knows nothing of XMP.
 */
export interface OrientedHeader extends ImageHeader {
  readonly isOriented: true;
}

/** Their container turns them, and its word is the last (ISO/IEC 23008-12 §6.5.10 and annex A.2.1). */
const turnedByContainer: ReadonlySet<string> = new Set(["image/heic", "image/heif", "image/avif"]);

/** The header where it tells the orientation, or nothing else in the file can; null where metadata may. */
export function settledHeader(header: ImageHeader): OrientedHeader | null {
  // A profile of PNG may hold another kind than it is named for.
  const mayTell = header.metadataBlocks.some(({ kind }) => kind !== "icc");
  const isOpen = header.orientation === null && mayTell && !turnedByContainer.has(header.mediaType);
  return isOpen ? null : { ...header, isOriented: true };
}

/**
 * The header with the orientation that the metadata tell where it has none: EXIF's, where it stands in another directory or in
 * a type that is no integer, else XMP's. An invalid one is none. HEIF and AVIF are turned by their container alone.
 */
export function orientedHeader(header: ImageHeader, metadata: FileMetadata): OrientedHeader {
  const settled = settledHeader(header);
  if (settled !== null) return settled;
  const orientation = toldByExif(metadata) ?? toldByXmp(metadata);
  const { shownWidth, shownHeight } = header;
  const [width, height] = swapsSides(orientation) ? [shownHeight, shownWidth] : [shownWidth, shownHeight];
  return { ...header, shownWidth: width, shownHeight: height, orientation, isOriented: true };
}

/** EXIF 3.0 §4.6.5.1 (0x0112) has one value. What several are to mean is disputed. */
function toldByExif({ exif }: FileMetadata): Orientation | null {
  const values = exif?.numbers("Orientation") ?? [];
  return values.length === 1 ? toOrientation(values[0] ?? 0) : null;
}

/** CIPA DC-010, tiff:Orientation. */
function toldByXmp({ xmp }: FileMetadata): Orientation | null {
  const text = xmp?.items(tiffNamespace, "Orientation")[0]?.text.trim() ?? "";
  return /^\d$/u.test(text) ? toOrientation(Number(text)) : null;
}

import { bigEndian, joined } from "./bytes.ts";

/** The boxes of an HEIC or AVIF file; the picture itself is not there, nothing can decode it. */
export interface HeifContent {
  readonly width: number;
  readonly height: number;
  readonly brand?: string;
  readonly compatibleBrands?: readonly string[];
  /** Property boxes of the primary item behind its size, in order: see `irot`, `imir`, `clap`. */
  readonly properties?: readonly Uint8Array[];
  /** An EXIF block, as an item at the end of the file. */
  readonly exif?: Uint8Array;
  /** The same with what stands before the block (ISO/IEC 23008-12 annex A.2.1), as it is. */
  readonly exifItem?: Uint8Array;
  readonly xmp?: string;
  /** Bytes of picture data that lie between the boxes and the items. */
  readonly dataBytes?: number;
}

/** A box (ISO/IEC 14496-12 §4.2). */
export function isoBox(type: string, ...content: (Uint8Array | string)[]): Uint8Array {
  const bytes = joined(...content);
  return joined(bigEndian(4, bytes.length + 8), type, bytes);
}

/** A box with a version and flags. */
export function isoFullBox(
  type: string,
  version: number,
  flags: number,
  ...content: (Uint8Array | string)[]
): Uint8Array {
  return isoBox(type, bigEndian(1, version), bigEndian(3, flags), ...content);
}

/** The rotation property: quarters counter-clockwise. */
export const irot = (quarters: number): Uint8Array => isoBox("irot", bigEndian(1, quarters));
/** The mirroring property: 0 exchanges top and bottom, 1 left and right. */
export const imir = (axis: number): Uint8Array => isoBox("imir", bigEndian(1, axis));
/** The clean aperture property, in the middle. */
export const clap = (width: number, height: number): Uint8Array =>
  isoBox("clap", bigEndian(4, width, 1, height, 1, 0, 1, 0, 1));

const pictureItem = 1;
const exifItem = 2;
const xmpItem = 3;

/** An HEIC file by default, as far as its boxes tell. */
export function heicBytes(content: HeifContent): Uint8Array {
  const { brand = "heic", compatibleBrands = ["mif1", "heic"] } = content;
  const fileType = isoBox("ftyp", brand, bigEndian(4, 0), ...compatibleBrands);
  const items = metadataItems(content);
  // Offsets have the same width whatever they are, so that the boxes can be measured with any.
  const lengthOfBoxes = fileType.length + metaBox(content, items, 0).length;
  const dataStart = lengthOfBoxes + 8 + (content.dataBytes ?? 0);
  const data = joined(new Uint8Array(content.dataBytes ?? 0), ...items.map(({ bytes }) => bytes));
  return joined(fileType, metaBox(content, items, dataStart), isoBox("mdat", data));
}

/** The same with the brands and the coding name of AVIF. */
export function avifBytes(content: HeifContent): Uint8Array {
  return heicBytes({ brand: "avif", compatibleBrands: ["avif", "mif1", "miaf"], ...content });
}

interface MetadataItem {
  readonly id: number;
  readonly info: Uint8Array;
  readonly bytes: Uint8Array;
}

function metadataItems({ exif, exifItem: wholeItem, xmp }: HeifContent): MetadataItem[] {
  const item = (id: number, info: string, bytes: Uint8Array): MetadataItem => ({
    id,
    info: isoFullBox("infe", 2, 0, bigEndian(2, id, 0), info),
    bytes,
  });
  const exifBytes = wholeItem ?? (exif === undefined ? undefined : joined(bigEndian(4, 6), "Exif\0\0", exif));
  return [
    ...(exifBytes === undefined ? [] : [item(exifItem, "Exif\0", exifBytes)]),
    ...(xmp === undefined
      ? []
      : [item(xmpItem, "mime\0application/rdf+xml\0", new TextEncoder().encode(xmp))]),
  ];
}

function metaBox(content: HeifContent, items: readonly MetadataItem[], dataStart: number): Uint8Array {
  const properties = [
    isoFullBox("ispe", 0, 0, bigEndian(4, content.width, content.height)),
    ...(content.properties ?? []),
  ];
  const associations = bigEndian(1, properties.length, ...properties.map((_, index) => index + 1));
  let offset = dataStart;
  const locations = items.map(({ id, bytes }) => {
    const location = joined(bigEndian(2, id, 0, 1), bigEndian(4, offset, bytes.length));
    offset += bytes.length;
    return location;
  });
  return isoFullBox(
    "meta",
    0,
    0,
    isoFullBox("hdlr", 0, 0, new Uint8Array(4), "pict", new Uint8Array(13)),
    isoFullBox("pitm", 0, 0, bigEndian(2, pictureItem)),
    isoFullBox("iinf", 0, 0, bigEndian(2, items.length), ...items.map(({ info }) => info)),
    isoFullBox("iloc", 0, 0, bigEndian(2, 0x44_00, items.length), ...locations),
    isoBox(
      "iprp",
      isoBox("ipco", ...properties),
      isoFullBox("ipma", 0, 0, bigEndian(4, 1), bigEndian(2, pictureItem), associations),
    ),
  );
}

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
  /** Further items of metadata, before those of `exif` and `xmp`. */
  readonly items?: readonly HeifItem[];
  /** References between items beside those of `items` (ISO/IEC 14496-12 §8.11.12); the picture is item 1. */
  readonly references?: readonly HeifReference[];
  /** Of the box of references: 0 has ids of two bytes, 1 of four. */
  readonly referenceVersion?: number;
  /** Bytes of picture data that lie between the boxes and the items. */
  readonly dataBytes?: number;
}

/** An item of metadata, which nobody need reference. */
export interface HeifItem {
  /** Type and, of `mime` items, name and content type, with the nulls that end them. */
  readonly info: string;
  readonly bytes: Uint8Array;
  /** The pictures that it describes by a reference `cdsc`. */
  readonly describes?: readonly number[];
  /** Of how many pieces in the file it is. */
  readonly extents?: number;
}

/** A reference of a type from an item to others. */
interface HeifReference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

/** The type and content type of an item of XMP. */
export const xmpItemInfo = "mime\0application/rdf+xml\0";

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
  const data = joined(new Uint8Array(content.dataBytes ?? 0), ...items.map(storedBytes));
  return joined(fileType, metaBox(content, items, dataStart), isoBox("mdat", data));
}

/** The same with the brands and the coding name of AVIF. */
export function avifBytes(content: HeifContent): Uint8Array {
  return heicBytes({ brand: "avif", compatibleBrands: ["avif", "mif1", "miaf"], ...content });
}

interface MetadataItem extends HeifItem {
  readonly id: number;
}

const firstFurtherItem = 100;

function metadataItems({ exif, exifItem: wholeItem, xmp, items = [] }: HeifContent): MetadataItem[] {
  const exifBytes = wholeItem ?? (exif === undefined ? undefined : joined(bigEndian(4, 6), "Exif\0\0", exif));
  return [
    ...items.map((item, index) => ({ ...item, id: firstFurtherItem + index })),
    ...(exifBytes === undefined ? [] : [{ id: exifItem, info: "Exif\0", bytes: exifBytes }]),
    ...(xmp === undefined ? [] : [{ id: xmpItem, info: xmpItemInfo, bytes: new TextEncoder().encode(xmp) }]),
  ];
}

/** The places of an item's pieces, which lie behind one another with a byte between. */
function locationOf({ id, bytes, extents = 1 }: MetadataItem, offset: number): Uint8Array {
  const step = Math.ceil(bytes.length / extents);
  const pieces = Array.from({ length: extents }, (_, index) => {
    const length = Math.max(0, Math.min(step, bytes.length - index * step));
    return bigEndian(4, offset + index * (step + 1), length);
  });
  return joined(bigEndian(2, id, 0, extents), ...pieces);
}

/** The bytes of an item as they are in the file. */
function storedBytes({ bytes, extents = 1 }: HeifItem): Uint8Array {
  const step = Math.ceil(bytes.length / extents);
  const pieces = Array.from({ length: extents }, (_, index) =>
    bytes.subarray(index * step, (index + 1) * step),
  );
  return joined(...pieces.flatMap((piece, index) => (index === 0 ? [piece] : ["\0", piece])));
}

function referenceBox(
  items: readonly MetadataItem[],
  others: readonly HeifReference[],
  version: number,
): Uint8Array {
  const described = items.flatMap(({ id, describes }) =>
    describes === undefined ? [] : [{ type: "cdsc", from: id, to: describes }],
  );
  const all = [...others, ...described];
  const idBytes = version === 0 ? 2 : 4;
  const boxes = all.map(({ type, from, to }) =>
    isoBox(type, bigEndian(idBytes, from), bigEndian(2, to.length), bigEndian(idBytes, ...to)),
  );
  return all.length === 0 ? new Uint8Array(0) : isoFullBox("iref", version, 0, ...boxes);
}

function metaBox(content: HeifContent, items: readonly MetadataItem[], dataStart: number): Uint8Array {
  const properties = [
    isoFullBox("ispe", 0, 0, bigEndian(4, content.width, content.height)),
    ...(content.properties ?? []),
  ];
  const associations = bigEndian(1, properties.length, ...properties.map((_, index) => index + 1));
  let offset = dataStart;
  const locations = items.map((item) => {
    const location = locationOf(item, offset);
    offset += storedBytes(item).length;
    return location;
  });
  const infos = items.map(({ id, info }) => isoFullBox("infe", 2, 0, bigEndian(2, id, 0), info));
  return isoFullBox(
    "meta",
    0,
    0,
    isoFullBox("hdlr", 0, 0, new Uint8Array(4), "pict", new Uint8Array(13)),
    isoFullBox("pitm", 0, 0, bigEndian(2, pictureItem)),
    isoFullBox("iinf", 0, 0, bigEndian(2, infos.length), ...infos),
    referenceBox(items, content.references ?? [], content.referenceVersion ?? 0),
    isoFullBox("iloc", 0, 0, bigEndian(2, 0x44_00, items.length), ...locations),
    isoBox(
      "iprp",
      isoBox("ipco", ...properties),
      isoFullBox("ipma", 0, 0, bigEndian(4, 1), bigEndian(2, pictureItem), associations),
    ),
  );
}

import type { ByteRange } from "../file-parts.ts";
import type { MetadataBlock } from "../image-header.ts";
import { type Box, childBoxes, FieldCursor } from "./heif-boxes.ts";

// Each is looked up in a table, so that their number times the table's length must be bounded.
const maxMetadataItems = 8;

/** The item that is the picture (ISO/IEC 14496-12 §8.11.4), null where none is named. */
export function primaryItem(meta: readonly Box[]): number | null {
  const content = meta.find(({ type }) => type === "pitm")?.content;
  if (content === undefined || content.length < 6) return null;
  return content.u8(0) === 0 ? content.u16(4) : content.u32(4);
}

/** The properties of an item, in the order in which they apply (ISO/IEC 23008-12 §9.3). */
export function itemProperties(meta: readonly Box[], itemId: number): Box[] {
  const boxes = childBoxes(
    meta.find(({ type }) => type === "iprp"),
    0,
  );
  const properties = childBoxes(
    boxes.find(({ type }) => type === "ipco"),
    0,
  );
  const associations = boxes.filter(({ type }) => type === "ipma");
  const indices = associations.flatMap((box) => associatedIndices(box, itemId));
  // Index 0 means no property; all others count from 1.
  return indices.flatMap((index) => properties[index - 1] ?? []);
}

/** Whether any item is an alpha plane (ISO/IEC 23008-12 §6.5.8; MIAF §7.3.5). */
export function hasAlphaItem(meta: readonly Box[]): boolean {
  const iprp = childBoxes(
    meta.find(({ type }) => type === "iprp"),
    0,
  );
  const properties = childBoxes(
    iprp.find(({ type }) => type === "ipco"),
    0,
  );
  return properties.some(({ type, content }) => {
    const name = type === "auxC" ? content.text(4, 64) : "";
    return (
      name.startsWith("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha") ||
      name.startsWith("urn:mpeg:hevc:2015:auxid:1")
    );
  });
}

/** Where EXIF and XMP lie (ISO/IEC 23008-12 annex A.2 and A.3): item types, and for XMP the content type. */
export function metadataItems(meta: readonly Box[], totalBytes: number): MetadataBlock[] {
  const infos = childBoxes(
    meta.find(({ type }) => type === "iinf"),
    itemInfoHeader(meta),
  );
  const described = infos.flatMap((info) => describeItem(info) ?? []).slice(0, maxMetadataItems);
  return described.flatMap(({ id, ...block }) => {
    const range = itemRange(meta, id, totalBytes);
    return range === null ? [] : [{ ...block, ...range }];
  });
}

/** The number of entries before them has two bytes in version 0, else four (ISO/IEC 14496-12 §8.11.6). */
function itemInfoHeader(meta: readonly Box[]): number {
  return meta.find(({ type }) => type === "iinf")?.content.u8(0) === 0 ? 6 : 8;
}

function describeItem({
  type,
  content,
}: Box): (Pick<MetadataBlock, "kind" | "coding"> & { id: number }) | null {
  const version = content.u8(0);
  if (type !== "infe" || version < 2) return null;
  const idBytes = version === 2 ? 2 : 4;
  const id = idBytes === 2 ? content.u16(4) : content.u32(4);
  const typeAt = 4 + idBytes + 2;
  if (content.startsWith("Exif", typeAt)) return { id, kind: "exif", coding: "heif_item" };
  if (!content.startsWith("mime", typeAt)) return null;
  // Behind the item type come its name and its content type, both ending with a null.
  const nameEnd = content.bytes.indexOf(0, typeAt + 4);
  const isXmp = nameEnd !== -1 && content.startsWith("application/rdf+xml", nameEnd + 1);
  return isXmp ? { id, kind: "xmp", coding: "plain" } : null;
}

/** ISO/IEC 23008-12 §9.3: entries of an item, each with indices of 7 or 15 bits behind an "essential" bit. */
function associatedIndices({ content }: Box, itemId: number): number[] {
  const idBytes = content.u8(0) < 1 ? 2 : 4;
  const indexBytes = (content.u8(3) & 1) === 1 ? 2 : 1;
  const mask = indexBytes === 2 ? 0x7fff : 0x7f;
  const cursor = new FieldCursor(content, 8);
  const entries = content.u32(4);
  for (let entry = 0; entry < entries && !cursor.done; entry++) {
    const id = cursor.next(idBytes);
    const count = cursor.next(1);
    const indices = Array.from({ length: count }, () => cursor.next(indexBytes) & mask);
    if (id === itemId) return indices;
  }
  return [];
}

interface ItemLocation {
  readonly inItemData: boolean;
  readonly base: number;
  readonly extents: readonly ByteRange[];
}

/** Where an item's bytes lie in the file; null where they are not in one piece or not in this file. */
export function itemRange(meta: readonly Box[], itemId: number, totalBytes: number): ByteRange | null {
  const iloc = meta.find(({ type }) => type === "iloc");
  const location = iloc === undefined ? null : findLocation(iloc, itemId);
  const extent = location?.extents[0];
  if (location === null || extent === undefined || location.extents.length !== 1) return null;
  const itemData = location.inItemData ? meta.find(({ type }) => type === "idat")?.offset : 0;
  if (itemData === undefined) return null;
  const offset = itemData + location.base + extent.offset;
  // A length of 0 means to the end (ISO/IEC 14496-12 §8.11.3.3).
  const length = Math.min(extent.length || totalBytes, totalBytes - offset);
  return length > 0 ? { offset, length } : null;
}

/** ISO/IEC 14496-12 §8.11.3: the widths of the fields stand before them, by nibbles. */
function findLocation({ content }: Box, itemId: number): ItemLocation | null {
  const version = content.u8(0);
  const cursor = new FieldCursor(content, 4);
  const widths = cursor.next(2);
  const offsetBytes = widths >> 12;
  const lengthBytes = (widths >> 8) & 15;
  const baseBytes = (widths >> 4) & 15;
  const indexBytes = version === 0 ? 0 : widths & 15;
  const idBytes = version < 2 ? 2 : 4;
  const items = cursor.next(idBytes);
  for (let item = 0; item < items && !cursor.done; item++) {
    const id = cursor.next(idBytes);
    const method = version === 0 ? 0 : cursor.next(2) & 15;
    const dataReference = cursor.next(2);
    const base = cursor.next(baseBytes);
    const extents: ByteRange[] = [];
    // Extents without fields would not advance, and tell nothing that more than one could say.
    const extentCount = Math.min(cursor.next(2), offsetBytes + lengthBytes + indexBytes === 0 ? 1 : 0xffff);
    for (let count = 0; count < extentCount && !cursor.done; count++) {
      cursor.next(indexBytes);
      extents.push({ offset: cursor.next(offsetBytes), length: cursor.next(lengthBytes) });
    }
    if (id !== itemId) continue;
    return method > 1 || dataReference !== 0 ? null : { inItemData: method === 1, base, extents };
  }
  return null;
}

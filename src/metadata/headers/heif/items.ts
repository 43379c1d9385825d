import type { ByteRange } from "../../../core/byte-range.ts";
import { type Box, childBoxes, FieldCursor } from "./boxes.ts";

// Pieces of one item. A picture of a grid has hundreds of tiles, but metadata a piece or two.
const maxExtents = 64;

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
  const [range, ...more] = itemRanges(meta, itemId, totalBytes);
  return range === undefined || more.length > 0 ? null : range;
}

/** The pieces of an item in the file, in order; none where they are not in this file. */
export function itemRanges(meta: readonly Box[], itemId: number, totalBytes: number): ByteRange[] {
  const iloc = meta.find(({ type }) => type === "iloc");
  const location = iloc === undefined ? null : findLocation(iloc, itemId);
  const itemData = location?.inItemData === true ? meta.find(({ type }) => type === "idat")?.offset : 0;
  if (location === null || itemData === undefined) return [];
  const { base, extents } = location;
  return extents.slice(0, maxExtents).flatMap((extent) => {
    const offset = itemData + base + extent.offset;
    // A length of 0 means to the end (ISO/IEC 14496-12 §8.11.3.3).
    const length = Math.min(extent.length || totalBytes, totalBytes - offset);
    return length > 0 ? [{ offset, length }] : [];
  });
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

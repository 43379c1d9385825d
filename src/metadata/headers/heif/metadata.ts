import type { MetadataBlock } from "../image-header.ts";
import { type Box, childBoxes, FieldCursor } from "./boxes.ts";
import { itemRanges } from "./items.ts";

// Each is looked up in a table, so that their number times the table's length must be bounded.
const maxItemsOfKind = 4;

/** An item that holds metadata. */
interface MetadataItem extends Pick<MetadataBlock, "kind" | "coding"> {
  readonly id: number;
}

/** A reference from an item to others (ISO/IEC 14496-12 §8.11.12). */
interface Reference {
  readonly from: number;
  readonly to: readonly number[];
}

/**
 * Where the EXIF and XMP of a picture lie (ISO/IEC 23008-12 annex A.2 and A.3). An item of metadata names the pictures that
 * it describes by a reference `cdsc`: what describes this one comes first, then what describes a picture that it is made of,
 * such as a tile; an item that names none comes last. What describes only others, such as a gain map, is left out. However
 * many items there are, those few are chosen before anything is looked up or read.
 */
export function pictureMetadata(
  meta: readonly Box[],
  pictureId: number,
  totalBytes: number,
): MetadataBlock[] {
  const infos = itemInfos(meta);
  const rankOf = rankByReferences(meta, infos, pictureId);
  const ranked = infos.flatMap((info) => {
    const item = describeItem(info);
    const rank = item === null ? null : rankOf(item.id);
    return item === null || rank === null ? [] : [{ item, rank }];
  });
  const sorted = ranked.toSorted((a, b) => a.rank - b.rank);
  return (["exif", "xmp"] as const).flatMap((kind) => {
    const best = sorted.find(({ item }) => item.kind === kind)?.rank;
    return sorted
      .flatMap(({ item, rank }) => (item.kind === kind && rank === best ? [item] : []))
      .slice(0, maxItemsOfKind)
      .flatMap(({ id, coding }) => {
        const [range, ...more] = itemRanges(meta, id, totalBytes);
        if (range === undefined) return [];
        return [{ kind, coding, ...range, ...(more.length === 0 ? {} : { more }) }];
      });
  });
}

/** How well an item of metadata fits a picture, by its references: 0 is best, null not at all. */
function rankByReferences(
  meta: readonly Box[],
  infos: readonly Box[],
  pictureId: number,
): (itemId: number) => number | null {
  const described = new Map<number, number | null>();
  const sources = sourcesOf(meta, infos, pictureId);
  const rankOf = (target: number): number | null =>
    target === pictureId ? 0 : (sources.get(target) ?? null);
  for (const { from, to } of references(meta, "cdsc")) {
    for (const target of to) {
      const [held, rank] = [described.get(from) ?? null, rankOf(target)];
      described.set(from, held === null || (rank !== null && rank < held) ? rank : held);
    }
  }
  return (itemId) => {
    const rank = described.get(itemId);
    return rank === undefined ? sources.size + 1 : rank;
  };
}

/**
 * The pictures that a derived one is made of, each with its place from 1 on. Of a tone-mapped picture only the first: the
 * second is its gain map (ISO/IEC 23008-12:2022/Amd 1).
 */
function sourcesOf(
  meta: readonly Box[],
  infos: readonly Box[],
  pictureId: number,
): ReadonlyMap<number, number> {
  const isToneMapped = infos.some(({ content }) => {
    const { id, type } = itemInfo(content);
    return id === pictureId && type === "tmap";
  });
  const sources = new Map<number, number>();
  for (const { from, to } of references(meta, "dimg")) {
    if (from !== pictureId) continue;
    for (const source of isToneMapped ? to.slice(0, 1) : to) {
      if (!sources.has(source)) sources.set(source, sources.size + 1);
    }
  }
  return sources;
}

/** The references of a type; their ids have two bytes in version 0, else four. */
function* references(meta: readonly Box[], wanted: string): Generator<Reference, void, void> {
  const iref = meta.find(({ type }) => type === "iref");
  const idBytes = iref?.content.u8(0) === 0 ? 2 : 4;
  for (const { type, content } of childBoxes(iref, 4)) {
    if (type !== wanted) continue;
    const cursor = new FieldCursor(content, 0);
    const from = cursor.next(idBytes);
    const count = cursor.next(2);
    const to: number[] = [];
    while (to.length < count && !cursor.done) to.push(cursor.next(idBytes));
    yield { from, to };
  }
}

/** The entries of the table of items; their number before them has two bytes in version 0, else four (§8.11.6). */
function itemInfos(meta: readonly Box[]): Box[] {
  const iinf = meta.find(({ type }) => type === "iinf");
  return childBoxes(iinf, iinf?.content.u8(0) === 0 ? 6 : 8).filter(({ type }) => type === "infe");
}

/** An item's id and type; older versions of its box have no type. */
function itemInfo(content: Box["content"]): { id: number; type: string; typeAt: number } {
  const version = content.u8(0);
  const idBytes = version === 2 ? 2 : 4;
  const typeAt = 4 + idBytes + 2;
  const id = idBytes === 2 ? content.u16(4) : content.u32(4);
  return { id, type: version < 2 ? "" : content.text(typeAt, 4), typeAt };
}

function describeItem({ content }: Box): MetadataItem | null {
  const { id, type, typeAt } = itemInfo(content);
  if (type === "Exif") return { id, kind: "exif", coding: "heif_item" };
  if (type !== "mime") return null;
  // Behind the item type come its name, its content type and, where the item is compressed, how: each ends with a null.
  const nameEnd = content.bytes.indexOf(0, typeAt + 4);
  if (nameEnd === -1 || !content.startsWith("application/rdf+xml", nameEnd + 1)) return null;
  const contentTypeEnd = content.bytes.indexOf(0, nameEnd + 1);
  const isDeflated = contentTypeEnd !== -1 && content.startsWith("deflate", contentTypeEnd + 1);
  return { id, kind: "xmp", coding: isDeflated ? "deflate" : "plain" };
}

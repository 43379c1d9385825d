import { ByteView } from "../../metadata/byte-view.ts";
import type { ByteRange } from "../../core/byte-range.ts";
import { type Box, boxesIn, childBoxes, FieldCursor } from "../../metadata/headers/heif/boxes.ts";
import { itemProperties, itemRange, primaryItem } from "../../metadata/headers/heif/items.ts";
import { corrupt, unsupported } from "../types.ts";

/** What the boxes of an HEIF file say about its primary item (ISO/IEC 23008-12). */
export interface HeifPicture {
  /** How the item is coded: `hvc1`, `av01`, `grid` … */
  readonly itemType: string;
  /** Its size before cropping and turning (`ispe`, 6.5.3). */
  readonly width: number;
  readonly height: number;
  /** The part that a clean aperture leaves (ISO/IEC 14496-12, 12.1.4), all of it without one. */
  readonly crop: { x: number; y: number; width: number; height: number };
  /** Where its data lies, if it is in one piece and in this file. */
  readonly data: ByteRange | null;
  /** Whether another item is its transparency. */
  readonly hasAlpha: boolean;
  /** Code points of its colours, if the container tells them (`colr` of type `nclx`). */
  readonly nclx: Nclx | undefined;
  /**
   * What to write over the file so that libheif sees no rotation and no aperture: told to ignore them, it still wants
   * a picture that is not in tiles to have the size that they leave.
   */
  readonly untransformed: readonly { offset: number; bytes: Uint8Array }[];
  /** Its ICC profile (`colr` of type `prof` or `rICC`). */
  readonly profile: Uint8Array | undefined;
}

/** Code points of ITU-T H.273. */
export interface Nclx {
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
  readonly fullRange: boolean;
}

/** Reads the boxes of a file. */
export function readContainer(bytes: Uint8Array): HeifPicture {
  const file = boxesIn(new ByteView(bytes), 0);
  const meta = childBoxes(
    file.find(({ type }) => type === "meta"),
    4,
  );
  const item = primaryItem(meta);
  // A sequence has its pictures in tracks, as a film has.
  if (item === null && file.some(({ type }) => type === "moov")) {
    throw unsupported("unsupported_coding", "A sequence without a still picture is not decoded here.");
  }
  if (item === null) throw corrupt("The file names no picture.");
  const properties = itemProperties(meta, item);
  const property = (name: string) => properties.find(({ type }) => type === name)?.content;
  const extents = property("ispe");
  const [width, height] = [extents?.u32(4) ?? 0, extents?.u32(8) ?? 0];
  if (width < 1 || height < 1) throw corrupt("The file does not tell the size of its picture.");
  return {
    itemType: typeOf(meta, item),
    width,
    height,
    crop: cleanAperture(property("clap"), width, height),
    data: itemRange(meta, item, bytes.length),
    hasAlpha: isAlphaOf(meta, item),
    untransformed: properties.flatMap((box) => untransformed(box, width, height)),
    ...colours(coloursOf(meta, item, properties)),
  };
}

/** The type of an item (ISO/IEC 14496-12, 8.11.6). */
function typeOf(meta: readonly Box[], item: number): string {
  const list = meta.find(({ type }) => type === "iinf");
  for (const { content } of childBoxes(list, list?.content.u8(0) === 0 ? 6 : 8)) {
    const isShort = content.u8(0) < 3;
    if ((isShort ? content.u16(4) : content.u32(4)) === item) return content.text(isShort ? 8 : 10, 4);
  }
  return "";
}

/** A clean aperture is told by its size and by the distance of its middle from the picture's, all as fractions. */
function cleanAperture(content: ByteView | undefined, width: number, height: number): HeifPicture["crop"] {
  const whole = { x: 0, y: 0, width, height };
  if (content === undefined) return whole;
  const fraction = (at: number) => content.i32(at) / content.u32(at + 4);
  const crop = { width: Math.round(fraction(0)), height: Math.round(fraction(8)) };
  const x = Math.round((width - crop.width) / 2 + fraction(16));
  const y = Math.round((height - crop.height) / 2 + fraction(24));
  const fits =
    crop.width >= 1 &&
    crop.height >= 1 &&
    x >= 0 &&
    y >= 0 &&
    x + crop.width <= width &&
    y + crop.height <= height;
  return fits ? { x, y, ...crop } : whole;
}

/** A rotation by nothing, and an aperture of the whole picture. */
function untransformed({ type, offset }: Box, width: number, height: number): HeifPicture["untransformed"] {
  if (type === "irot") return [{ offset, bytes: Uint8Array.of(0) }];
  if (type !== "clap") return [];
  const view = new DataView(new ArrayBuffer(32));
  [width, 1, height, 1, 0, 1, 0, 1].forEach((value, i) => view.setUint32(4 * i, value));
  return [{ offset, bytes: new Uint8Array(view.buffer) }];
}

/** Whether an auxiliary item that is an alpha plane refers to the item (ISO/IEC 23008-12, 6.4.8 and 6.5.8). */
function isAlphaOf(meta: readonly Box[], item: number): boolean {
  return referencesOf(meta, "auxl").some(({ from, to }) => {
    const auxiliary = itemProperties(meta, from).find(({ type }) => type === "auxC");
    return to.includes(item) && alpha.test(auxiliary?.content.text(4, 64) ?? "");
  });
}

const alpha = /^urn:mpeg:(mpegB:cicp:systems:auxiliary:alpha|hevc:2015:auxid:1)/;

/** References of a kind between items (ISO/IEC 14496-12, 8.11.12). */
function referencesOf(meta: readonly Box[], kind: string): { from: number; to: number[] }[] {
  const list = meta.find(({ type }) => type === "iref");
  const idBytes = list?.content.u8(0) === 0 ? 2 : 4;
  return childBoxes(list, 4)
    .filter(({ type }) => type === kind)
    .map(({ content }) => {
      const cursor = new FieldCursor(content, 0);
      const from = cursor.next(idBytes);
      const count = Math.min(cursor.next(2), Math.floor(content.length / idBytes));
      return { from, to: Array.from({ length: count }, () => cursor.next(idBytes)) };
    });
}

/** Properties that tell the colours: the item's own, or, as iPhones had it at first, those of a grid's first tile. */
function coloursOf(meta: readonly Box[], item: number, own: readonly Box[]): readonly Box[] {
  if (own.some(({ type }) => type === "colr")) return own;
  const tile = referencesOf(meta, "dimg").find(({ from }) => from === item)?.to[0];
  return tile === undefined ? own : itemProperties(meta, tile);
}

/** An item may have two colour boxes, one of each kind (ISO/IEC 23008-12, 6.5.5). */
function colours(properties: readonly Box[]): Pick<HeifPicture, "nclx" | "profile"> {
  const boxes = properties.flatMap(({ type, content }) => (type === "colr" ? [content] : []));
  const code = boxes.find((content) => content.startsWith("nclx"));
  const profile = boxes.find((content) => content.startsWith("prof") || content.startsWith("rICC"));
  return {
    nclx:
      code === undefined
        ? undefined
        : {
            primaries: code.u16(4),
            transfer: code.u16(6),
            matrix: code.u16(8),
            fullRange: code.u8(10) >= 128,
          },
    profile: profile?.bytes.subarray(4),
  };
}

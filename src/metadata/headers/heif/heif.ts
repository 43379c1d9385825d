import type { MediaType } from "../../../core/media-type.ts";
import type { ByteView } from "../../byte-view.ts";
import { type Reading, read } from "../../file-parts.ts";
import {
  type HeaderReading,
  type ImageHeader,
  imageHeader,
  type InvalidImage,
  type MetadataBlock,
} from "../image-header.ts";
import { composeTurns, type Orientation, swapsSides, type Turn } from "../../../core/orientation.ts";
import { type Box, boxesIn, boxSize, childBoxes } from "./boxes.ts";
import { hasAlphaItem, itemProperties, primaryItem } from "./items.ts";
import { pictureMetadata } from "./metadata.ts";

const maxTopLevelBoxes = 64;
// The largest seen, with a thousand tiles, is a tenth of this.
const maxBoxBytes = 1024 * 1024;

/**
 * Reads what an HEIC, HEIF or AVIF file says about its primary item: size, and the turning that belongs
 * to the picture itself (ISO/IEC 23008-12 §6 and §9.2; AV1 Image File Format §2). A file of a sequence
 * only is judged by its first track.
 *
 * @yields the ranges it needs
 */
export function* readHeifHeader(mediaType: MediaType, totalBytes: number): HeaderReading {
  const { meta, movie } = yield* readStructure(totalBytes);
  if (meta !== null) {
    const boxes = boxesIn(meta.content.part(4), meta.offset + 4);
    const itemId = primaryItem(boxes);
    if (itemId !== null)
      return itemHeader(mediaType, boxes, itemId, { totalBytes, animated: movie !== null });
  }
  return movie === null ? { reason: "has no primary picture" } : trackHeader(mediaType, movie);
}

// The boxes `meta` and `moov` of the top level. Those between, the picture data, are not read.
function* readStructure(totalBytes: number): Reading<{ meta: Box | null; movie: Box | null }> {
  const found: { meta: Box | null; movie: Box | null } = { meta: null, movie: null };
  let offset = 0;
  for (let count = 0; count < maxTopLevelBoxes; count++) {
    const head = yield* read(offset, 16);
    const { header, size } = boxSize(head, 0, totalBytes - offset);
    if (head.length < 8 || size < header) break;
    const type = head.text(4, 4);
    if (type === "meta" || type === "moov") {
      const content = yield* read(offset + header, Math.min(size - header, maxBoxBytes));
      found[type === "meta" ? "meta" : "movie"] ??= { type, offset: offset + header, content };
    }
    offset += size;
  }
  return found;
}

function itemHeader(
  mediaType: MediaType,
  meta: readonly Box[],
  itemId: number,
  file: { totalBytes: number; animated: boolean },
): ImageHeader | InvalidImage {
  const properties = itemProperties(meta, itemId);
  const property = (name: string): Box | undefined => properties.find(({ type }) => type === name);
  const extents = property("ispe")?.content;
  if (extents === undefined) return { reason: "does not tell the size of its primary picture" };
  const width = extents.u32(4);
  const height = extents.u32(8);
  const orientation = containerOrientation(properties);
  const [cleanWidth, cleanHeight] = cleanAperture(property("clap")?.content, width, height);
  const [shownWidth, shownHeight] = swapsSides(orientation)
    ? [cleanHeight, cleanWidth]
    : [cleanWidth, cleanHeight];
  const pixels = property("pixi")?.content;
  return imageHeader({
    mediaType,
    width,
    height,
    shownWidth,
    shownHeight,
    orientation,
    bitDepth: pixels === undefined ? null : pixels.u8(5) || null,
    channels: pixels === undefined ? null : pixels.u8(4) || null,
    hasAlpha: hasAlphaItem(meta),
    animated: file.animated,
    metadataBlocks: [...pictureMetadata(meta, itemId, file.totalBytes), ...colourProfile(property("colr"))],
  });
}

/** Rotation and mirroring, in the order in which the item lists them (ISO/IEC 23008-12 §6.5.10, §6.5.12). */
function containerOrientation(properties: readonly Box[]): Orientation | null {
  const turns = properties.flatMap(({ type, content }): Turn[] => {
    // The rotation is counted in quarters counter-clockwise.
    if (type === "irot") return [{ rotate: 4 - (content.u8(0) & 3) }];
    // Axis 0 exchanges top and bottom, axis 1 left and right.
    if (type === "imir") return [(content.u8(0) & 1) === 1 ? "mirror" : "flip"];
    return [];
  });
  return turns.length === 0 ? null : composeTurns(turns);
}

/** What a clean aperture leaves (ISO/IEC 14496-12 §12.1.4); all of it where that makes no sense. */
function cleanAperture(content: ByteView | undefined, width: number, height: number): [number, number] {
  if (content === undefined) return [width, height];
  const cleanWidth = Math.round(content.u32(0) / content.u32(4));
  const cleanHeight = Math.round(content.u32(8) / content.u32(12));
  const fits = cleanWidth >= 1 && cleanWidth <= width && cleanHeight >= 1 && cleanHeight <= height;
  return fits ? [cleanWidth, cleanHeight] : [width, height];
}

/** ISO/IEC 14496-12 §12.1.5: a colour box that holds an ICC profile, restricted or not. */
function colourProfile(box: Box | undefined): MetadataBlock[] {
  if (box === undefined || !(box.content.startsWith("prof") || box.content.startsWith("rICC"))) return [];
  return [{ kind: "icc", offset: box.offset + 4, length: box.content.length - 4, coding: "plain" }];
}

/** ISO/IEC 14496-12 §8.3.2: the size of the first track that has one, as 16.16 numbers. */
function trackHeader(mediaType: MediaType, movie: Box): ImageHeader | InvalidImage {
  const tracks = childBoxes(movie, 0).filter(({ type }) => type === "trak");
  for (const track of tracks) {
    const content = childBoxes(track, 0).find(({ type }) => type === "tkhd")?.content;
    if (content === undefined) continue;
    const sizeAt = content.u8(0) === 1 ? 88 : 76;
    const size = { width: content.u16(sizeAt), height: content.u16(sizeAt + 4) };
    if (size.width > 0) return imageHeader({ mediaType, ...size, animated: true });
  }
  return { reason: "has no picture" };
}

import { maxPixels } from "../budget.ts";
import type { DecodedPicture } from "../raster/decoder.ts";
import { PlanarShrinker } from "../raster/planar.ts";
import { withReserve } from "../raster/reserve.ts";
import { corrupt, unsupported } from "../types.ts";
import type { YccCoding } from "../raster/ycc.ts";
import type { HeifJob } from "./decode.ts";
import { type HeifInstance, openHeif, type Tile } from "./libheif.ts";
import { initialBytes } from "../module-memory.ts";

/** What an instance takes before it decodes anything. */
const baseBytes = initialBytes;
/** What libheif takes for a pixel: the decoder's picture and its own copy. */
const bytesPerPixel = 3.5;
/** As JPEG has it: what is meant where nothing is said (ISO/IEC 23008-12, 6.5.5.1). */
const defaultCoding: YccCoding = { matrix: 6, fullRange: true };

/** Decodes an HEVC item, or a grid of such: only the tiles that the thumbnail shows, one row of them at a time. */
export async function decodeHevc(job: HeifJob): Promise<DecodedPicture> {
  const { bytes, account } = job;
  const open = await openHeif();
  const instance = withReserve(account, baseBytes + bytes.length, () => {
    const result = open(bytes, job.picture.untransformed);
    return { result, takenBytes: result.bytes };
  });
  const opened = instance.bytes;
  const { columns, tileWidth, tileHeight } = checkTiling(instance, job);
  const expected = bytesPerPixel * Math.min(columns * tileWidth, job.picture.width + tileWidth) * tileHeight;
  return withReserve(account, expected, () => {
    const result = shrinkTiles(instance, job);
    return { result, takenBytes: instance.bytes - opened };
  });
}

/** A grid covers its picture with no column or row of tiles too many (ISO/IEC 23008-12, 6.6.2.3). */
function checkTiling({ tiling }: HeifInstance, { picture }: HeifJob): HeifInstance["tiling"] {
  const { columns, rows, tileWidth, tileHeight } = tiling;
  if (columns * tileWidth * rows * tileHeight > 2 * maxPixels) {
    throw unsupported("too_many_pixels", "The picture has more tiles than can be decoded.");
  }
  const covers = columns * tileWidth >= picture.width && rows * tileHeight >= picture.height;
  const isEven = tileHeight % 2 === 0 && tileWidth % 2 === 0;
  if (!covers || (!isEven && columns * rows > 1)) throw corrupt("The tiles do not make up the picture.");
  return tiling;
}

function shrinkTiles(instance: HeifInstance, job: HeifJob): DecodedPicture {
  const { picture, geometry, kernel } = job;
  const { width, height } = picture;
  const { tiling } = instance;
  const { columns, rows, tileWidth, tileHeight } = tiling;
  const shrinker = new PlanarShrinker(kernel, geometry, width, height);
  const { firstColumn, endColumn, firstRow, endRow } = shrinker.wanted;
  const firstTile = Math.floor(firstColumn / tileWidth);
  const endTile = Math.min(columns, Math.ceil(endColumn / tileWidth));
  // The container's word goes before the bitstream's (MIAF, 7.3.6.4).
  let coding = picture.nclx;
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = [row * tileHeight, Math.min((row + 1) * tileHeight, height)];
    if (top >= endRow) break;
    if (bottom <= firstRow) {
      shrinker.skip(top, bottom);
      continue;
    }
    const tiles = decodeRow(instance, row, { first: firstTile, end: endTile });
    coding ??= tiles[0]?.coding;
    pushRow(shrinker, instance, { tiles, firstTile, top, bottom });
    for (const tile of tiles) tile.release();
  }
  return { ...shrinker.finish(coding ?? defaultCoding), cicp: coding };
}

function decodeRow(instance: HeifInstance, row: number, columns: { first: number; end: number }): Tile[] {
  const { tileWidth, tileHeight } = instance.tiling;
  return Array.from({ length: columns.end - columns.first }, (_, i) => {
    const tile = instance.decodeTile(columns.first + i, row);
    const [{ width, height }] = tile.planes;
    if (width < tileWidth || height < tileHeight) throw corrupt("A part of the picture is too small.");
    return tile;
  });
}

interface TileRow {
  readonly tiles: readonly Tile[];
  readonly firstTile: number;
  readonly top: number;
  readonly bottom: number;
}

function pushRow(shrinker: PlanarShrinker, instance: HeifInstance, row: TileRow): void {
  const { memory, tiling } = instance;
  const { tiles, firstTile, top, bottom } = row;
  shrinker.push(top, bottom, (plane, y, target) => {
    const shift = plane === 0 ? 0 : 1;
    const width = tiling.tileWidth >> shift || 1;
    for (const [i, tile] of tiles.entries()) {
      const { at, stride } = tile.planes[plane];
      const start = at + (y - (top >> shift)) * stride;
      const x = (firstTile + i) * width;
      // A lone tile may be of an odd width, of which the chroma has the larger half.
      const length = Math.min(tiles.length === 1 ? target.length : width, target.length - x);
      target.set(memory.subarray(start, start + length), x);
    }
  });
}

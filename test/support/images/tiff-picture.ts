import { joined } from "./bytes.ts";
import { zlibBytes } from "./png.ts";
import { lzw, packBits, packedSamples, reversedBits } from "./tiff-coding.ts";
import { type TiffFieldContent, tiffStructureBytes } from "./tiff-structure.ts";

/** A picture of a TIFF file with all that can be told of how it is stored. */
export interface TiffPicture {
  readonly width: number;
  readonly height: number;
  /** PhotometricInterpretation (TIFF 6.0 §8). */
  readonly photometric: number;
  readonly bits: number;
  /** Samples a pixel. */
  readonly samples: number;
  /** All samples, pixel by pixel. */
  readonly values: readonly number[];
  readonly compression?: 1 | 5 | 8 | 32_773 | 32_946;
  readonly hasDifferences?: boolean;
  readonly isPlanar?: boolean;
  readonly tile?: readonly [width: number, height: number];
  readonly rowsPerStrip?: number;
  readonly littleEndian?: boolean;
  readonly big?: boolean;
  readonly isReversed?: boolean;
  readonly extraSamples?: readonly number[];
  /** Reds, greens, blues, of 16 bits. */
  readonly colourMap?: readonly number[];
  /** Further fields, with tags above 338. */
  readonly fields?: readonly TiffFieldContent[];
}

/** A rectangle of samples of a picture; those beyond its edges repeat the last. */
interface Block {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly samples: readonly number[];
}

/** The fields of a directory that holds the picture. */
export async function tiffDirectory(picture: TiffPicture): Promise<TiffFieldContent[]> {
  const { width, height, photometric, bits, samples, compression = 1, tile, isPlanar = false } = picture;
  const rowsPerStrip = picture.rowsPerStrip ?? height;
  const packed = await Promise.all(blocksOf(picture).map((block) => packedBlock(picture, block)));
  const field = (tag: number, type: number, ...values: number[]): TiffFieldContent => ({
    tag,
    value: { type, values },
  });
  const places: TiffFieldContent = { tag: tile ? 324 : 273, value: { parts: packed } };
  const counts = field(tile ? 325 : 279, 4, ...packed.map(({ length }) => length));
  const fields = [
    field(256, 4, width),
    field(257, 4, height),
    field(258, 3, ...Array.from({ length: samples }, () => bits)),
    field(259, 3, compression),
    field(262, 3, photometric),
    ...(picture.isReversed === true ? [field(266, 3, 2)] : []),
    field(277, 3, samples),
    field(284, 3, isPlanar ? 2 : 1),
    ...(picture.hasDifferences === true ? [field(317, 3, 2)] : []),
    ...(picture.colourMap?.length ? [field(320, 3, ...picture.colourMap)] : []),
    ...(tile ? [field(322, 4, tile[0]), field(323, 4, tile[1])] : [field(278, 4, rowsPerStrip)]),
    ...(picture.extraSamples?.length ? [field(338, 3, ...picture.extraSamples)] : []),
    places,
    counts,
    ...(picture.fields ?? []),
  ];
  return fields.toSorted((a, b) => a.tag - b.tag);
}

/** A file of one picture. */
export async function tiffPictureBytes(picture: TiffPicture): Promise<Uint8Array> {
  const { littleEndian = true, big = false } = picture;
  return tiffStructureBytes({ directories: [await tiffDirectory(picture)], littleEndian, big });
}

function blocksOf({ width, height, samples, tile, rowsPerStrip, isPlanar = false }: TiffPicture): Block[] {
  const [blockWidth, blockHeight] = tile ?? [width, Math.min(rowsPerStrip ?? height, height)];
  const all = Array.from({ length: samples }, (_, sample) => sample);
  const blocks: Block[] = [];
  for (const members of isPlanar ? all.map((sample) => [sample]) : [all]) {
    for (let top = 0; top < height; top += blockHeight) {
      // The last strip is as short as it is, a tile is always whole.
      const rows = tile ? blockHeight : Math.min(blockHeight, height - top);
      for (let left = 0; left < width; left += blockWidth) {
        blocks.push({ left, top, width: blockWidth, height: rows, samples: members });
      }
    }
  }
  return blocks;
}

async function packedBlock(picture: TiffPicture, block: Block): Promise<Uint8Array> {
  const rows = Array.from({ length: block.height }, (_, y) => packedRow(picture, block, block.top + y));
  const data = joined(...rows);
  const coded = await compressed(picture, data);
  return picture.isReversed === true ? reversedBits(coded) : coded;
}

async function compressed({ compression = 1 }: TiffPicture, data: Uint8Array): Promise<Uint8Array> {
  if (compression === 32_773) return packBits(data);
  if (compression === 5) return lzw(data);
  return compression === 1 ? data : await zlibBytes(data);
}

function packedRow(picture: TiffPicture, block: Block, y: number): Uint8Array {
  const { width, height, samples, values, bits, littleEndian = true, hasDifferences = false } = picture;
  const row: number[] = [];
  for (let x = block.left; x < block.left + block.width; x++) {
    const pixel = (Math.min(y, height - 1) * width + Math.min(x, width - 1)) * samples;
    for (const sample of block.samples) row.push(values[pixel + sample] ?? 0);
  }
  const step = block.samples.length;
  const stored = hasDifferences
    ? row.map((value, i) => (value - (i < step ? 0 : (row[i - step] ?? 0)) + 2 ** bits) % 2 ** bits)
    : row;
  return packedSamples(stored, bits, littleEndian);
}

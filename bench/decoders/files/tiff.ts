import { type TiffFieldContent, tiffStructureBytes } from "../../../test/support/images/index.ts";
import { pixelOf, type Pixel, type Raster } from "../raster.ts";

/** How the samples of an uncompressed TIFF of one strip are told (TIFF 6.0, section 8). */
export interface TiffCoding {
  /** 0 white is zero, 1 black is zero, 2 RGB, 5 inks, 8 CIELab. */
  readonly photometric: number;
  readonly samplesOf: (pixel: Pixel) => readonly number[];
  /** Further fields. Tags may be in any order. */
  readonly fields?: readonly TiffFieldContent[];
  /** 8, or 16: the samples are then stretched to 0 to 65535. */
  readonly bits?: 8 | 16;
  readonly littleEndian?: boolean;
}

/** A field of short integers. */
export function shorts(tag: number, ...values: readonly number[]): TiffFieldContent {
  return { tag, value: { type: 3, values } };
}

/** An ICC profile. */
export function profileField(profile: Uint8Array): TiffFieldContent {
  return { tag: 34_675, value: profile };
}

/** The directory of one picture, in the order of its tags. */
export function directoryOf(raster: Raster, coding: TiffCoding): TiffFieldContent[] {
  const { photometric, samplesOf, fields = [], bits = 8 } = coding;
  const { width, height } = raster;
  const pieces: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pieces.push(...samplesOf(pixelOf(raster, x, y)));
  }
  const samples = samplesOf([0, 0, 0, 255]).length;
  const wide = (level: number): number[] => [level, level];
  const data = Uint8Array.from(bits === 16 ? pieces.flatMap(wide) : pieces);
  const own: TiffFieldContent[] = [
    { tag: 256, value: { type: 4, values: [width] } },
    { tag: 257, value: { type: 4, values: [height] } },
    shorts(258, ...Array.from({ length: samples }, () => bits)),
    shorts(259, 1),
    shorts(262, photometric),
    { tag: 273, value: { data } },
    shorts(277, samples),
    { tag: 278, value: { type: 4, values: [height] } },
    { tag: 279, value: { type: 4, values: [data.length] } },
    shorts(284, 1),
  ];
  const replaced = new Set(fields.map(({ tag }) => tag));
  return [...own.filter(({ tag }) => !replaced.has(tag)), ...fields].toSorted((a, b) => a.tag - b.tag);
}

/** A TIFF of one picture. */
export function tiffOf(raster: Raster, coding: TiffCoding): Uint8Array {
  const { littleEndian = true } = coding;
  return tiffStructureBytes({ directories: [directoryOf(raster, coding)], littleEndian });
}

/** A TIFF of several pictures. */
export function tiffPages(...directories: readonly (readonly TiffFieldContent[])[]): Uint8Array {
  return tiffStructureBytes({ directories });
}

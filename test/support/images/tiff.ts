import { joined } from "./bytes.ts";
import { type Picture, rowsOf } from "./picture.ts";
import { type TiffFieldContent, tiffStructureBytes } from "./tiff-structure.ts";

/** A TIFF of one uncompressed strip of 8-bit RGB. */
export interface TiffContent extends Picture {
  readonly orientation?: number;
  readonly littleEndian?: boolean;
  readonly big?: boolean;
  /** Further fields of the directory, with tags above 284. */
  readonly fields?: readonly TiffFieldContent[];
}

/** A TIFF or BigTIFF file. */
export function tiffBytes(content: TiffContent): Uint8Array {
  const { width, height, orientation, littleEndian = true, big = false, fields = [] } = content;
  const data = joined(...rowsOf(content));
  const field = (tag: number, type: number, ...values: number[]): TiffFieldContent => ({
    tag,
    value: { type, values },
  });
  const directory = [
    field(256, 4, width),
    field(257, 4, height),
    field(258, 3, 8, 8, 8),
    field(259, 3, 1),
    field(262, 3, 2),
    { tag: 273, value: { data } },
    ...(orientation === undefined ? [] : [field(274, 3, orientation)]),
    field(277, 3, 3),
    field(278, 4, height),
    field(279, 4, data.length),
    field(284, 3, 1),
    ...fields,
  ];
  return tiffStructureBytes({ directories: [directory], littleEndian, big });
}

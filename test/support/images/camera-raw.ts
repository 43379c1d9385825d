import { type TiffFieldContent, tiffStructureBytes } from "./tiff-structure.ts";
import { type TiffPicture, tiffDirectory } from "./tiff-picture.ts";

const preview: TiffPicture = {
  width: 40,
  height: 30,
  photometric: 2,
  bits: 8,
  samples: 3,
  values: Array.from({ length: 40 * 30 * 3 }, (_, i) => i % 256),
};

/**
 * A camera raw as most are: a TIFF whose first page is a small preview that can be decoded, with what the sensor has
 * seen below it. The directories lie at the end, behind `padding` bytes, so that only who reads that far can tell.
 */
export async function cameraRawBytes(padding = 0): Promise<Uint8Array> {
  const field = (tag: number, ...values: number[]): TiffFieldContent => ({ tag, value: { type: 4, values } });
  const sensor = [field(256, 160), field(257, 120), field(262, 32_803)];
  const directory: TiffFieldContent[] = [
    field(254, 1),
    ...(await tiffDirectory(preview)),
    { tag: 330, value: { directory: sensor } },
    { tag: 50_000, value: new Uint8Array(padding) },
  ];
  return tiffStructureBytes({ directories: [directory.toSorted((a, b) => a.tag - b.tag)] });
}

import { joined, littleEndian } from "./bytes.ts";
import { packedSamples } from "./tiff-coding.ts";

/** A bitmap with all that can be told of how it is stored. */
export interface BmpPicture {
  readonly width: number;
  readonly height: number;
  /** Bits a pixel. */
  readonly bits: number;
  /** Indices or whole pixels, from the upper left corner on. */
  readonly pixels: readonly number[];
  /** Bytes of the DIB header: 12 (OS/2) or 40 to 124 (Windows). */
  readonly headerBytes?: number;
  readonly coding?: number;
  /** Red, green, blue, and alpha. */
  readonly masks?: readonly number[];
  /** Red, green and blue of each index. */
  readonly palette?: readonly (readonly [number, number, number])[];
  readonly topDown?: boolean;
  /** Instead of the pixels: data of a coding. */
  readonly data?: Uint8Array;
}

/** A bitmap file. */
export function bmpPictureBytes(picture: BmpPicture): Uint8Array {
  const {
    width,
    height,
    bits,
    headerBytes = 40,
    coding = 0,
    masks = [],
    palette = [],
    topDown = false,
  } = picture;
  const isCore = headerBytes === 12;
  const data = picture.data ?? joined(...storedRows(picture));
  const shownHeight = topDown ? -height : height;
  const head = isCore
    ? joined(littleEndian(4, 12), littleEndian(2, width, height, 1, bits))
    : joined(
        littleEndian(4, headerBytes, width, shownHeight),
        littleEndian(2, 1, bits),
        littleEndian(4, coding, data.length, 2835, 2835, palette.length, 0),
      );
  // The first header of Windows has its masks behind it, the later ones have them inside.
  const fields = littleEndian(4, ...masks);
  const room = headerBytes - head.length;
  const inside = room > 0 ? joined(fields, new Uint8Array(room - fields.length)) : fields;
  const colours = palette.map(([r, g, b]) => littleEndian(1, b, g, r, ...(isCore ? [] : [0])));
  const front = joined(head, inside, ...colours);
  const offset = 14 + front.length;
  return joined("BM", littleEndian(4, offset + data.length, 0, offset), front, data);
}

function storedRows({ width, height, bits, pixels, topDown = false }: BmpPicture): Uint8Array[] {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = pixels.slice(y * width, (y + 1) * width);
    const bytes = bits > 8 ? littleEndian(bits / 8, ...row) : packedSamples(row, bits, true);
    return joined(bytes, new Uint8Array((4 - (bytes.length % 4)) % 4));
  });
  return topDown ? rows : rows.toReversed();
}

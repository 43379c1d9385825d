import { bigEndian, GrowingBytes, joined } from "./bytes.ts";
import { colourAt, type Picture, type Rgb } from "./picture.ts";
import { orientationExif } from "./tiff-structure.ts";

/** A JPEG that any decoder reads, with what is to stand before its picture. */
export interface JpegContent extends Picture {
  /** Of an EXIF block with nothing else in it; `exif` gives a whole block instead. */
  readonly orientation?: number;
  readonly littleEndian?: boolean;
  readonly exif?: Uint8Array;
  readonly xmp?: string;
  /** Image resource blocks, in which IPTC lies. */
  readonly photoshop?: Uint8Array;
  readonly icc?: Uint8Array;
  /** Bytes that go in before the frame header as they are: segments, fill bytes, garbage. */
  readonly extra?: Uint8Array;
  readonly grey?: boolean;
}

/** A marker segment (ITU-T T.81 §B.1.1.4). */
export function jpegSegment(marker: number, ...content: (Uint8Array | string)[]): Uint8Array {
  const bytes = joined(...content);
  return joined(bigEndian(1, 0xff, marker), bigEndian(2, bytes.length + 2), bytes);
}

/** Pieces of an extended packet of XMP in segments (XMP part 3 §1.1.3.1), in order. */
export function extendedXmpSegments(packet: Uint8Array, guid: string, pieceBytes = 65_400): Uint8Array[] {
  const count = Math.ceil(packet.length / pieceBytes);
  return Array.from({ length: count }, (_, index) =>
    jpegSegment(
      0xe1,
      `http://ns.adobe.com/xmp/extension/\0${guid}`,
      bigEndian(4, packet.length, index * pieceBytes),
      packet.subarray(index * pieceBytes, (index + 1) * pieceBytes),
    ),
  );
}

/** APP segments with the metadata that is asked for. */
function metadataSegments({ orientation, littleEndian, exif, xmp, photoshop, icc }: JpegContent): Uint8Array {
  const block = exif ?? (orientation === undefined ? undefined : orientationExif(orientation, littleEndian));
  const segments = [
    block === undefined ? [] : [jpegSegment(0xe1, "Exif\0\0", block)],
    xmp === undefined
      ? []
      : [jpegSegment(0xe1, "http://ns.adobe.com/xap/1.0/\0", new TextEncoder().encode(xmp))],
    photoshop === undefined ? [] : [jpegSegment(0xed, "Photoshop 3.0\0", photoshop)],
    icc === undefined ? [] : [jpegSegment(0xe2, "ICC_PROFILE\0\x01\x01", icc)],
  ];
  return joined(...segments.flat());
}

// T.81 table K.3: code lengths of the difference categories 0 to 11.
const categoryCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const categoryCodes: readonly (readonly [number, number])[] = [
  [0b00, 2],
  [0b010, 3],
  [0b011, 3],
  [0b100, 3],
  [0b101, 3],
  [0b110, 3],
  [0b1110, 4],
  [0b11110, 5],
  [0b111110, 6],
  [0b1111110, 7],
  [0b11111110, 8],
];

/**
 * A baseline JPEG. Each block of 8 × 8 has one colour (a boundary of the pattern moves to the next block),
 * so that 24 megapixels are made in a moment; quantisation is such that colours are kept to within rounding.
 */
export function jpegBytes(content: JpegContent): Uint8Array {
  const { width, height, grey = false } = content;
  const components = grey ? [1] : [1, 2, 3];
  return joined(
    bigEndian(1, 0xff, 0xd8),
    metadataSegments(content),
    content.extra ?? new Uint8Array(0),
    jpegSegment(0xdb, new Uint8Array(65).fill(8, 1)),
    jpegSegment(
      0xc0,
      bigEndian(1, 8),
      bigEndian(2, height, width),
      bigEndian(1, components.length, ...components.flatMap((component) => [component, 0x11, 0])),
    ),
    jpegSegment(0xc4, bigEndian(1, 0x00, ...categoryCounts, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)),
    // The only code of the second table ends a block: there is nothing in it but its mean.
    jpegSegment(0xc4, bigEndian(1, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    jpegSegment(
      0xda,
      bigEndian(1, components.length, ...components.flatMap((component) => [component, 0]), 0, 63, 0),
    ),
    entropyCoded(content, components.length),
    bigEndian(1, 0xff, 0xd9),
  );
}

function entropyCoded(picture: Picture, components: number): Uint8Array {
  const bits = new HighBitWriter();
  const previous = [0, 0, 0];
  for (let y = 0; y < picture.height; y += 8) {
    for (let x = 0; x < picture.width; x += 8) {
      const levels = levelsOf(colourAt(picture, x, y));
      for (let component = 0; component < components; component++) {
        const level = levels[component] ?? 0;
        writeDifference(bits, level - (previous[component] ?? 0));
        previous[component] = level;
      }
    }
  }
  return bits.done();
}

/** JFIF's YCbCr, less 128 each: with this quantisation the mean of a block is stored as it is. */
function levelsOf([red, green, blue]: Rgb): [number, number, number] {
  const level = (value: number): number => Math.max(-128, Math.min(127, Math.round(value)));
  return [
    level(0.299 * red + 0.587 * green + 0.114 * blue - 128),
    level(-0.168736 * red - 0.331264 * green + 0.5 * blue),
    level(0.5 * red - 0.418688 * green - 0.081312 * blue),
  ];
}

/** T.81 §F.1.2.1: the category of a difference, its bits, and the end of the block. */
function writeDifference(bits: HighBitWriter, difference: number): void {
  const category = 32 - Math.clz32(Math.abs(difference));
  const [code, length] = categoryCodes[category] ?? [0, 0];
  bits.write(code, length);
  bits.write(difference < 0 ? difference + 2 ** category - 1 : difference, category);
  bits.write(0, 1);
}

/** Bits from the most significant one of each byte on, with a zero byte after each 0xFF (T.81 §F.1.2.3). */
class HighBitWriter {
  readonly #bytes = new GrowingBytes();
  #pending = 0;
  #count = 0;

  write(value: number, count: number): void {
    this.#pending = (this.#pending << count) | value;
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      const byte = (this.#pending >>> this.#count) & 0xff;
      this.#bytes.push(byte);
      if (byte === 0xff) this.#bytes.push(0);
    }
    this.#pending &= 0xff;
  }

  done(): Uint8Array {
    if (this.#count > 0) this.write(2 ** (8 - this.#count) - 1, 8 - this.#count);
    return this.#bytes.done();
  }
}

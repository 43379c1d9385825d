import { joined, littleEndian, LowBitWriter } from "./bytes.ts";
import { colourAt, type Picture } from "./picture.ts";
import { orientationExif } from "./tiff-structure.ts";

/** A lossless WebP of the quadrants or of one colour; gradients have too many colours for its short codes. */
export interface WebpContent extends Omit<Picture, "pattern"> {
  readonly orientation?: number;
  readonly exif?: Uint8Array;
  readonly xmp?: string;
  /** Chunks between the extended header and the picture. */
  readonly chunksBefore?: readonly Uint8Array[];
  /** Flags of the extended header beside those that follow from the chunks. */
  readonly flags?: number;
}

/** A RIFF chunk (RFC 9649 §2.3), padded to an even length. */
export function riffChunk(type: string, ...content: (Uint8Array | string)[]): Uint8Array {
  const bytes = joined(...content);
  return joined(type, littleEndian(4, bytes.length), bytes, new Uint8Array(bytes.length % 2));
}

/** A WebP file around its chunks. */
export function webpFile(...chunks: Uint8Array[]): Uint8Array {
  return riffChunk("RIFF", "WEBP", ...chunks);
}

/** A WebP with a lossless picture, extended where it has more than that. */
export function webpBytes(content: WebpContent): Uint8Array {
  const { width, height, orientation, xmp, chunksBefore = [], flags = 0 } = content;
  const exif = content.exif ?? (orientation === undefined ? undefined : orientationExif(orientation));
  const picture = webpPicture(content);
  const metadata = [
    ...(exif === undefined ? [] : [riffChunk("EXIF", exif)]),
    ...(xmp === undefined ? [] : [riffChunk("XMP ", new TextEncoder().encode(xmp))]),
  ];
  if (metadata.length + chunksBefore.length + flags === 0) return webpFile(picture);
  const allFlags = flags | (exif === undefined ? 0 : 0x08) | (xmp === undefined ? 0 : 0x04);
  const head = riffChunk("VP8X", littleEndian(4, allFlags), littleEndian(3, width - 1, height - 1));
  return webpFile(head, ...chunksBefore, picture, ...metadata);
}

/** The chunk of a lossless picture. */
export function webpPicture(picture: Omit<Picture, "pattern">): Uint8Array {
  return riffChunk("VP8L", losslessPicture(picture));
}

/** Where a frame lies on its canvas, and how large it says to be, in pixels; offsets are even. */
export interface WebpFramePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 1: the next frame comes onto the ground; 2: what is beneath does not show through. */
  readonly flags?: number;
}

/** A frame of an animation (RFC 9649 §2.7.1.1) around its chunks; it is shown for a tenth of a second. */
export function webpFrame(place: WebpFramePlace, ...chunks: Uint8Array[]): Uint8Array {
  const { x, y, width, height, flags = 0 } = place;
  const head = littleEndian(3, x / 2, y / 2, width - 1, height - 1, 100);
  return riffChunk("ANMF", head, littleEndian(1, flags), ...chunks);
}

/** An animation: its canvas, its frames, and chunks before them. */
export function webpAnimation(
  canvas: { readonly width: number; readonly height: number; readonly chunksBefore?: readonly Uint8Array[] },
  ...frames: Uint8Array[]
): Uint8Array {
  const { width, height, chunksBefore = [] } = canvas;
  // Animation and alpha; then the colour of the ground and how often it is shown.
  const head = riffChunk("VP8X", littleEndian(4, 0x12), littleEndian(3, width - 1, height - 1));
  const ground = riffChunk("ANIM", littleEndian(4, 0xff20a040), littleEndian(2, 0));
  return webpFile(head, ...chunksBefore, ground, ...frames);
}

/** RFC 9649 §3: no transforms, and for each of red, green and blue a prefix code of the levels 0 and 255. */
function losslessPicture(picture: Omit<Picture, "pattern">): Uint8Array {
  const bits = new LowBitWriter();
  bits.write(0x2f, 8);
  bits.write(picture.width - 1, 14);
  bits.write(picture.height - 1, 14);
  // Alpha unused, version 0; no transform, no colour cache, no meta prefix codes.
  bits.write(0, 1 + 3 + 1 + 1 + 1);
  for (let channel = 0; channel < 3; channel++) {
    // A simple code (1) of two symbols (1), the first in one bit (0): 0, and 255.
    bits.write(0b0011, 4);
    bits.write(255, 8);
  }
  // Alpha is 255 everywhere, and the code of distances has one symbol that never comes.
  bits.write(0b101, 3);
  bits.write(255, 8);
  bits.write(0b0001, 4);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const [red, green, blue] = colourAt(picture, x, y);
      for (const level of [green, red, blue]) bits.write(level === 255 ? 1 : 0, 1);
    }
  }
  return bits.done();
}

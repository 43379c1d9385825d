import { joined, littleEndian, LowBitWriter } from "./bytes.ts";
import { colourAt, type Picture, quadrantColours } from "./picture.ts";

/** A GIF of the four colours of the quadrants, which is all its palette holds. */
export interface GifContent extends Omit<Picture, "pattern"> {
  /** The logical screen, where it is not that of the frame. */
  readonly screen?: { readonly width: number; readonly height: number };
  /** Where the frames lie on it, in pixels; its upper left corner if nothing is said. */
  readonly place?: { readonly x: number; readonly y: number };
  readonly frames?: number;
  /** Extensions that go in before the first frame. */
  readonly extensions?: readonly Uint8Array[];
}

const palette = Object.values(quadrantColours);
const clear = 4;
const endOfInformation = 5;

/** Data in blocks of up to 255 bytes (GIF89a §15). */
export function gifSubBlocks(data: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(littleEndian(1, block.length), block);
  }
  return joined(...blocks, "\0");
}

/**
 * The extension that holds XMP: the packet as it is, and behind it a trailer in which a reader that takes
 * the packet's characters for lengths of blocks finds its way to the end (XMP specification part 3, §1.1.2).
 */
export function gifXmp(packet: string): Uint8Array {
  const trailer = Uint8Array.from({ length: 258 }, (_, index) => (index === 0 ? 1 : 256 - index));
  return joined("!\xff\x0bXMP DataXMP", new TextEncoder().encode(packet), trailer.with(257, 0));
}

/** A GIF89a; codes are cleared so often that they never grow, which costs size and keeps this short. */
export function gifBytes(content: GifContent): Uint8Array {
  const { width, height, screen = { width, height }, frames = 1, extensions = [] } = content;
  const { x, y } = content.place ?? { x: 0, y: 0 };
  const frame = joined(",", littleEndian(2, x, y, width, height), "\0\x02", gifSubBlocks(pixels(content)));
  return joined(
    "GIF89a",
    littleEndian(2, screen.width, screen.height),
    "\x81\0\0",
    ...palette.map((colour) => littleEndian(1, ...colour)),
    ...extensions,
    ...Array.from({ length: frames }, () => frame),
    ";",
  );
}

function pixels(content: Omit<Picture, "pattern">): Uint8Array {
  const bits = new LowBitWriter();
  for (let y = 0; y < content.height; y++) {
    for (let x = 0; x < content.width; x++) {
      if (x % 2 === 0) bits.write(clear, 3);
      const colour = colourAt(content, x, y);
      bits.write(
        palette.findIndex((entry) => entry.every((level, channel) => level === colour[channel])),
        3,
      );
    }
  }
  bits.write(endOfInformation, 3);
  return bits.done();
}

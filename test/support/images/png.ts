import { bigEndian, joined, latin1 } from "./bytes.ts";
import { type Picture, rowsOf } from "./picture.ts";
import { orientationExif } from "./tiff-structure.ts";

/** A PNG of 8-bit RGB, with chunks before and behind its picture. */
export interface PngContent extends Picture {
  readonly orientation?: number;
  readonly chunksBefore?: readonly Uint8Array[];
  readonly chunksBehind?: readonly Uint8Array[];
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** A chunk with its checksum (PNG 3rd edition §5.3). */
export function pngChunk(type: string, ...content: (Uint8Array | string)[]): Uint8Array {
  const body = joined(type, ...content);
  return joined(bigEndian(4, body.length - 4), body, bigEndian(4, crc32(body)));
}

/** Bytes as a zlib stream, which PNG's compressed chunks are. */
export async function zlibBytes(...content: Uint8Array[]): Promise<Uint8Array> {
  return await compressed(content);
}

/** A PNG of any size; rows are compressed as they are made. */
export async function pngBytes(content: PngContent): Promise<Uint8Array> {
  const { width, height, orientation, chunksBefore = [], chunksBehind = [] } = content;
  const exif = orientation === undefined ? [] : [pngChunk("eXIf", orientationExif(orientation))];
  return joined(
    "\x89PNG\r\n\x1a\n",
    pngChunk("IHDR", bigEndian(4, width, height), bigEndian(1, 8, 2, 0, 0, 0)),
    ...exif,
    ...chunksBefore,
    pngChunk("IDAT", await compressed(scanlines(content))),
    ...chunksBehind,
    pngChunk("IEND"),
  );
}

// Rows behind their filter type, of which 2 means the difference to the row above (§9.2).
function* scanlines(picture: Picture): Generator<Uint8Array, void, void> {
  const repeated = joined(latin1("\x02"), new Uint8Array(picture.width * 3));
  let previous: Uint8Array | null = null;
  for (const row of rowsOf(picture)) {
    yield row === previous ? repeated : joined(latin1("\0"), row);
    previous = row;
  }
}

async function compressed(pieces: Iterable<Uint8Array>): Promise<Uint8Array> {
  const stream = new CompressionStream("deflate");
  const writer = stream.writable.getWriter();
  const result = new Response(stream.readable).arrayBuffer();
  // A copy, because Node's types, unlike those of Workers, want bytes that are surely not shared memory.
  for (const piece of pieces) await writer.write(piece.slice());
  await writer.close();
  return new Uint8Array(await result);
}

/** A PNG to write: samples as numbers, pixel by pixel, row by row. */
export interface PngImage {
  width: number;
  height: number;
  depth: 1 | 2 | 4 | 8 | 16;
  colour: 0 | 2 | 3 | 4 | 6;
  samples: number[];
}

export interface PngOptions {
  interlaced?: boolean;
  /** The filter of row y (0–4). */
  filter?: (y: number) => number;
  palette?: number[];
  transparency?: number[];
  /** Chunks to put in before the data: name and body. */
  before?: [string, Uint8Array][];
  /** Bytes of each IDAT chunk. */
  pieceBytes?: number;
}

const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** Writes a PNG file. */
export async function writePng(image: PngImage, options: PngOptions = {}): Promise<Uint8Array> {
  const passes = options.interlaced ? adam7 : ([[0, 0, 1, 1]] as const);
  const raw = passes.flatMap((pass) => passRows(image, pass, options.filter ?? (() => 0)));
  const data = await deflate(Uint8Array.from(raw));
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, image.width);
  view.setUint32(4, image.height);
  head.set([image.depth, image.colour, 0, 0, options.interlaced ? 1 : 0], 8);
  const parts = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), chunk("IHDR", head)];
  for (const [name, body] of options.before ?? []) parts.push(chunk(name, body));
  if (options.palette) parts.push(chunk("PLTE", Uint8Array.from(options.palette)));
  if (options.transparency) parts.push(chunk("tRNS", Uint8Array.from(options.transparency)));
  const piece = options.pieceBytes ?? data.length;
  for (let at = 0; at < data.length; at += piece) parts.push(chunk("IDAT", data.subarray(at, at + piece)));
  parts.push(chunk("IEND", new Uint8Array(0)));
  return concat(parts);
}

/** A chunk; its checksum is left at 0, which nobody here looks at. */
export function chunk(name: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + body.length);
  new DataView(out.buffer).setUint32(0, body.length);
  for (let i = 0; i < 4; i++) out[4 + i] = name.charCodeAt(i);
  out.set(body, 8);
  return out;
}

export function concat(parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function passRows(
  image: PngImage,
  [x0, y0, dx, dy]: readonly number[],
  filter: (y: number) => number,
): number[] {
  const out: number[] = [];
  const bytesPerPixel = Math.max(1, (samples[image.colour] * image.depth) >> 3);
  let above: number[] = [];
  let row = 0;
  for (let y = y0 ?? 0; y < image.height; y += dy ?? 1) {
    const bytes = packRow(image, y, x0 ?? 0, dx ?? 1);
    if (bytes.length === 0) continue;
    const kind = filter(row++);
    out.push(kind, ...bytes.map((value, i) => (value - guess(kind, bytes, above, i, bytesPerPixel)) & 255));
    above = bytes;
  }
  return out;
}

function packRow(image: PngImage, y: number, x0: number, dx: number): number[] {
  const count = samples[image.colour];
  const values: number[] = [];
  for (let x = x0; x < image.width; x += dx) {
    for (let i = 0; i < count; i++) values.push(image.samples[(y * image.width + x) * count + i] ?? 0);
  }
  if (image.depth === 16) return values.flatMap((value) => [value >> 8, value & 255]);
  if (image.depth === 8) return values;
  const out = Array.from({ length: Math.ceil((values.length * image.depth) / 8) }, () => 0);
  values.forEach((value, i) => {
    const bit = i * image.depth;
    out[bit >> 3] = (out[bit >> 3] ?? 0) | (value << (8 - image.depth - (bit & 7)));
  });
  return out;
}

function guess(kind: number, row: number[], above: number[], i: number, pixel: number): number {
  const a = row[i - pixel] ?? 0;
  const b = above[i] ?? 0;
  const c = i < pixel ? 0 : (above[i - pixel] ?? 0);
  if (kind === 1) return a;
  if (kind === 2) return b;
  if (kind === 3) return (a + b) >> 1;
  if (kind !== 4) return 0;
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

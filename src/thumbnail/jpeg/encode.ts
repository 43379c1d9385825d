import { chromaQuant, type HuffmanSpec, lumaQuant, standardTables, zigzag } from "./standard.ts";
import type { Kernel } from "../raster/kernel.ts";

/** Quality on libjpeg's scale; a 512 × 512 photo then takes 20–60 kB. */
const quality = 80;
const iccChunkBytes = 65519;

function scaleQuant(base: readonly number[]): number[] {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return base.map((q) => Math.min(255, Math.max(1, Math.floor((q * percent + 50) / 100))));
}

const luma = scaleQuant(lumaQuant);
const chroma = scaleQuant(chromaQuant);

/** Code and length of each symbol of a table (T.81 Annex C), as the kernel wants them. */
function codesOf(spec: HuffmanSpec): Int32Array {
  const codes = new Int32Array(256);
  let code = 0;
  let index = 16;
  for (let length = 1; length <= 16; length++) {
    const count = spec[length - 1] ?? 0;
    for (let i = 0; i < count; i++) codes[spec[index++] ?? 0] = (code++ << 16) | length;
    code <<= 1;
  }
  return codes;
}

/** The kernel's transform leaves its result transposed; so are the factors and the order. */
function factorsOf(quant: number[]): Float32Array {
  return Float32Array.from({ length: 64 }, (_, i) => 1 / (quant[(i & 7) * 8 + (i >> 3)] ?? 1));
}

let isolateEncoder: Uint8Array | undefined;

function encoderTables(): Uint8Array {
  if (isolateEncoder !== undefined) return isolateEncoder;
  const { dcLuma, acLuma, dcChroma, acChroma } = standardTables;
  const tables = new Uint8Array(4096 + 512 + 64);
  const put = (at: number, part: Int32Array | Float32Array) => tables.set(new Uint8Array(part.buffer), at);
  [dcLuma, acLuma, dcChroma, acChroma].forEach((spec, i) => {
    put(i * 1024, codesOf(spec));
  });
  put(4096, factorsOf(luma));
  put(4352, factorsOf(chroma));
  tables.set(
    zigzag.map((natural) => ((natural & 7) * 8 + (natural >> 3)) * 4),
    4608,
  );
  isolateEncoder = tables;
  return tables;
}

/** An RGB picture in the kernel's memory, rows without gaps. */
export interface RgbPicture {
  readonly address: number;
  readonly width: number;
  readonly height: number;
}

/** Encodes a picture as baseline JPEG, 4:2:0. `spare` is memory that may be overwritten. */
export function encodeJpeg(
  kernel: Kernel,
  picture: RgbPicture,
  spare: { at: number; bytes: number },
  profile?: Uint8Array,
): Uint8Array {
  const tables = kernel.allocate(4096 + 512 + 64 + 1792);
  kernel.write(tables, encoderTables());
  const { address, width, height } = picture;
  // no picture takes more than two bytes a pixel and the encoder's margin at this quality
  const needed = width * height * 2 + 8192;
  const scratch = spare.bytes >= needed ? spare : { at: kernel.allocate(needed), bytes: needed };
  const end = kernel.run.encodeScan(address, width, height, tables, scratch.at, scratch.at + scratch.bytes);
  if (end === 0) throw new Error("the encoded thumbnail is larger than its pixels");
  const parts = [
    ...header(width, height, profile),
    kernel.u8(scratch.at, end - scratch.at),
    Uint8Array.of(0xff, 0xd9),
  ];
  const jpeg = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    jpeg.set(part, at);
    at += part.length;
  }
  return jpeg;
}

function segment(code: number, body: Iterable<number>): Uint8Array {
  const bytes = [...body];
  const length = bytes.length + 2;
  return Uint8Array.of(0xff, code, length >> 8, length & 255, ...bytes);
}

function* quantTable(id: number, quant: number[]): Generator<number> {
  yield id;
  for (const natural of zigzag) yield quant[natural] ?? 1;
}

function huffmanTable(id: number, spec: HuffmanSpec): number[] {
  const total = spec.subarray(0, 16).reduce((sum, count) => sum + count, 0);
  return [id, ...spec.subarray(0, 16 + total)];
}

/** SOI and the segments before the bits (T.81 B.2, JFIF 1.02). */
function header(width: number, height: number, profile: Uint8Array | undefined): Uint8Array[] {
  const { dcLuma, acLuma, dcChroma, acChroma } = standardTables;
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return [
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0]),
    ...profileSegments(profile),
    segment(0xdb, [...quantTable(0, luma), ...quantTable(1, chroma)]),
    segment(0xc0, [8, ...size, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
    segment(0xc4, [
      ...huffmanTable(0x00, dcLuma),
      ...huffmanTable(0x10, acLuma),
      ...huffmanTable(0x01, dcChroma),
      ...huffmanTable(0x11, acChroma),
    ]),
    segment(0xda, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]),
  ];
}

/** An ICC profile in APP2 segments (ICC.1, B.4). */
function profileSegments(profile: Uint8Array | undefined): Uint8Array[] {
  if (profile === undefined) return [];
  const count = Math.ceil(profile.length / iccChunkBytes);
  return Array.from({ length: count }, (_, i) => {
    const part = profile.subarray(i * iccChunkBytes, (i + 1) * iccChunkBytes);
    const name = Array.from("ICC_PROFILE\0", (letter) => letter.charCodeAt(0));
    const out = new Uint8Array(4 + name.length + 2 + part.length);
    const length = out.length - 2;
    out.set([0xff, 0xe2, length >> 8, length & 255, ...name, i + 1, count]);
    out.set(part, 4 + name.length + 2);
    return out;
  });
}

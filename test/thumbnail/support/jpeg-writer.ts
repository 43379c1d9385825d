import type { TestComponent, TestImage } from "./jpeg-image.ts";
import {
  bandFirstTokens,
  bandRefineTokens,
  dcFirstTokens,
  dcRefineTokens,
  sequentialTokens,
  type Token,
} from "./jpeg-tokens.ts";
import { zigzag } from "./zigzag.ts";

/** One scan: indices of its components, and its band and bits (T.81 B.2.3). */
export interface TestScan {
  components: number[];
  from: number;
  to: number;
  high: number;
  shift: number;
}

export interface WriteOptions {
  /** A progressive script; sequential, interleaved if not given. */
  script?: TestScan[];
  /** Sequential scans, one a component. */
  separate?: boolean;
  restartInterval?: number;
  /** Adobe's colour transform (APP14). */
  adobe?: number;
  /** Segments to put in behind SOI. */
  extra?: Uint8Array;
  /** Writes 16-bit quantisation tables. */
  wideQuant?: boolean;
  /** Writes a height of 0 and tells it by DNL. */
  dnl?: boolean;
  /** Bits by which rare codes are longer than need be: from 11 bits on decoders take a slower way. */
  longCodes?: number;
  /** 0xFF bytes before each marker behind the bits (B.1.1.2). */
  fill?: number;
}

/** Writes a picture as a JPEG file. */
export function writeJpeg(image: TestImage, options: WriteOptions = {}): Uint8Array {
  const out: number[] = [0xff, 0xd8, ...(options.extra ?? [])];
  if (options.adobe !== undefined) {
    out.push(...segment(0xee, [0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, options.adobe]));
  }
  image.components.forEach((component, i) => {
    out.push(...segment(0xdb, quantTable(component, i, options.wideQuant ?? false)));
  });
  out.push(...frameHeader(image, options));
  const interval = options.restartInterval ?? 0;
  if (interval > 0) out.push(...segment(0xdd, [interval >> 8, interval & 255]));
  const all = image.components.map((_, i) => i);
  const sequential = (components: number[]): TestScan => ({ components, from: 0, to: 63, high: 0, shift: 0 });
  const scans = options.script ?? (options.separate ? all.map((i) => sequential([i])) : [sequential(all)]);
  scans.forEach((scan, i) => {
    const sequentialScan = options.script === undefined;
    for (const byte of writeScan(image, scan, sequentialScan, interval, options)) out.push(byte);
    for (let fill = 0; fill < (options.fill ?? 0); fill++) out.push(0xff);
    if (i === 0 && options.dnl) out.push(...segment(0xdc, [image.height >> 8, image.height & 255]));
  });
  out.push(0xff, 0xd9);
  return Uint8Array.from(out);
}

function segment(code: number, body: number[]): number[] {
  return [0xff, code, (body.length + 2) >> 8, (body.length + 2) & 255, ...body];
}

function quantTable({ quant }: TestComponent, id: number, wide: boolean): number[] {
  const ordered = zigzag.map((natural) => quant[natural] ?? 1);
  return [(wide ? 0x10 : 0) | id, ...ordered.flatMap((q) => (wide ? [q >> 8, q & 255] : [q]))];
}

function frameHeader(image: TestImage, options: WriteOptions): number[] {
  const height = options.dnl ? 0 : image.height;
  const components = image.components.flatMap(({ id, h, v }, i) => [id, (h << 4) | v, i]);
  const size = [height >> 8, height & 255, image.width >> 8, image.width & 255];
  return segment(options.script ? 0xc2 : 0xc1, [8, ...size, image.components.length, ...components]);
}

function tokensOf(image: TestImage, scan: TestScan, sequential: boolean, interval: number): Token[] {
  const members = scan.components.flatMap((i) => image.components[i] ?? []);
  if (sequential) return sequentialTokens(image, members, interval);
  if (scan.from === 0) {
    return scan.high === 0
      ? dcFirstTokens(image, members, interval, scan.shift)
      : dcRefineTokens(image, members, interval, scan.shift);
  }
  const [only] = members;
  if (!only) throw new Error("a band has one component");
  return scan.high === 0 ? bandFirstTokens(only, interval, scan) : bandRefineTokens(only, interval, scan);
}

function writeScan(
  image: TestImage,
  scan: TestScan,
  sequential: boolean,
  interval: number,
  options: WriteOptions,
): number[] {
  const tokens = tokensOf(image, scan, sequential, interval);
  const dc = makeTable(tokens, "dc", options.longCodes ?? 0);
  const ac = makeTable(tokens, "ac", options.longCodes ?? 0);
  const out: number[] = [];
  if (dc.size > 0) out.push(...segment(0xc4, tableBody(0x00, dc)));
  if (ac.size > 0) out.push(...segment(0xc4, tableBody(0x10, ac)));
  const members = scan.components.flatMap((i) => [image.components[i]?.id ?? 0, 0x00]);
  out.push(
    ...segment(0xda, [scan.components.length, ...members, scan.from, scan.to, (scan.high << 4) | scan.shift]),
  );
  return out.concat(writeBits(tokens, { dc, ac }, options.fill ?? 0));
}

function writeBits(tokens: Token[], tables: Record<"dc" | "ac", Map<number, Code>>, fill: number): number[] {
  const bits = new BitWriter();
  let restarts = 0;
  for (const token of tokens) {
    if (token.kind === "restart") {
      bits.marker(0xd0 + (restarts++ & 7), fill);
      continue;
    }
    if (token.kind !== "bits") {
      const code = tables[token.kind].get(token.symbol);
      if (!code) throw new Error("a symbol without a code");
      bits.put(code.code, code.length);
    }
    bits.put(token.value, token.bits);
  }
  return bits.finish();
}

interface Code {
  code: number;
  length: number;
}

/** Canonical codes (T.81 C.2): the more frequent, the shorter; never all ones. */
function makeTable(tokens: Token[], kind: "dc" | "ac", long: number): Map<number, Code> {
  const counts = new Map<number, number>();
  for (const token of tokens) {
    if (token.kind === kind) counts.set(token.symbol, (counts.get(token.symbol) ?? 0) + 1);
  }
  const symbols = [...counts].sort((a, b) => b[1] - a[1]).map(([symbol]) => symbol);
  const tail = Math.min(16, Math.ceil(Math.log2(symbols.length + 1)) + 3 + long);
  const table = new Map<number, Code>();
  let code = 0;
  let length = 1;
  symbols.forEach((symbol, i) => {
    const wanted = i < 3 ? i + 2 : tail;
    code <<= Math.max(0, wanted - length);
    length = Math.max(length, wanted);
    table.set(symbol, { code, length });
    code++;
  });
  return table;
}

function tableBody(head: number, table: Map<number, Code>): number[] {
  const counts = Array.from({ length: 16 }, () => 0);
  for (const { length } of table.values()) counts[length - 1] = (counts[length - 1] ?? 0) + 1;
  return [head, ...counts, ...table.keys()];
}

/** Bits with stuffed zeros (T.81 F.1.2.3). */
class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;
  #count = 0;

  put(value: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--) {
      this.#bits = (this.#bits << 1) | ((value >> i) & 1);
      if (++this.#count === 8) this.#byte();
    }
  }

  marker(code: number, fill: number): void {
    this.#pad();
    for (let i = 0; i < fill; i++) this.#bytes.push(0xff);
    this.#bytes.push(0xff, code);
  }

  finish(): number[] {
    this.#pad();
    return this.#bytes;
  }

  #pad(): void {
    while (this.#count > 0) this.put(1, 1);
  }

  #byte(): void {
    this.#bytes.push(this.#bits);
    if (this.#bits === 0xff) this.#bytes.push(0);
    this.#bits = 0;
    this.#count = 0;
  }
}

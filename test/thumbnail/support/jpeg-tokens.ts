import type { TestComponent, TestImage } from "./jpeg-image.ts";
import { zigzag } from "./zigzag.ts";

/** What an entropy coder writes: a symbol of a table with bits behind it, bits alone, or a restart marker. */
export type Token =
  | { kind: "dc" | "ac"; symbol: number; value: number; bits: number }
  | { kind: "bits"; value: number; bits: number }
  | { kind: "restart" };

interface Band {
  from: number;
  to: number;
  shift: number;
}

function sizeOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}

/** The bits of a value (F.1.2.1). */
function coded(value: number): { value: number; bits: number } {
  const bits = sizeOf(value);
  return { value: value < 0 ? value + (1 << bits) - 1 : value, bits };
}

function at(block: Int16Array, k: number): number {
  return block[zigzag[k] ?? 0] ?? 0;
}

/** Blocks in the order of their MCUs (A.2), with a call before each MCU. */
function* mcus(
  image: TestImage,
  members: TestComponent[],
): Generator<{ component: number; block: Int16Array }[]> {
  const [only] = members;
  if (only && members.length === 1) {
    for (let y = 0; y < only.blocksY; y++) {
      for (let x = 0; x < only.blocksX; x++) yield [{ component: 0, block: blockAt(only, x, y) }];
    }
    return;
  }
  const hMax = Math.max(...image.components.map(({ h }) => h));
  const vMax = Math.max(...image.components.map(({ v }) => v));
  for (let my = 0; my < Math.ceil(image.height / (8 * vMax)); my++) {
    for (let mx = 0; mx < Math.ceil(image.width / (8 * hMax)); mx++) {
      yield members.flatMap((c, component) =>
        Array.from({ length: c.h * c.v }, (_, i) => ({
          component,
          block: blockAt(c, mx * c.h + (i % c.h), my * c.v + Math.floor(i / c.h)),
        })),
      );
    }
  }
}

function blockAt(c: TestComponent, x: number, y: number): Int16Array {
  return c.blocks[y * c.stride + x] ?? new Int16Array(64);
}

/** Runs `code` over MCUs, with restart markers between intervals. */
function perMcu(
  image: TestImage,
  members: TestComponent[],
  interval: number,
  code: (block: Int16Array, before: number) => { tokens: Token[]; dc: number },
): Token[] {
  const out: Token[] = [];
  let before = members.map(() => 0);
  let count = 0;
  for (const mcu of mcus(image, members)) {
    if (interval > 0 && count > 0 && count % interval === 0) {
      out.push({ kind: "restart" });
      before = members.map(() => 0);
    }
    count++;
    for (const { component, block } of mcu) {
      const { tokens, dc } = code(block, before[component] ?? 0);
      before[component] = dc;
      for (const token of tokens) out.push(token);
    }
  }
  return out;
}

function dcToken(difference: number): Token {
  return { kind: "dc", symbol: sizeOf(difference), ...coded(difference) };
}

export function sequentialTokens(image: TestImage, members: TestComponent[], interval: number): Token[] {
  return perMcu(image, members, interval, (block, before) => {
    const tokens: Token[] = [dcToken(at(block, 0) - before)];
    let run = 0;
    for (let k = 1; k < 64; k++) {
      const value = at(block, k);
      if (value === 0) {
        run++;
        continue;
      }
      for (; run > 15; run -= 16) tokens.push({ kind: "ac", symbol: 0xf0, value: 0, bits: 0 });
      tokens.push({ kind: "ac", symbol: (run << 4) | sizeOf(value), ...coded(value) });
      run = 0;
    }
    if (run > 0) tokens.push({ kind: "ac", symbol: 0, value: 0, bits: 0 });
    return { tokens, dc: at(block, 0) };
  });
}

export function dcFirstTokens(
  image: TestImage,
  members: TestComponent[],
  interval: number,
  shift: number,
): Token[] {
  return perMcu(image, members, interval, (block, before) => {
    const dc = at(block, 0) >> shift;
    return { tokens: [dcToken(dc - before)], dc };
  });
}

export function dcRefineTokens(
  image: TestImage,
  members: TestComponent[],
  interval: number,
  shift: number,
): Token[] {
  return perMcu(image, members, interval, (block) => ({
    tokens: [{ kind: "bits", value: (at(block, 0) >> shift) & 1, bits: 1 }],
    dc: 0,
  }));
}

/** An end-of-band run being counted, and the correction bits that go behind it (G.1.2.2, G.1.2.3). */
class BandRun {
  readonly out: Token[];
  blocks = 0;
  corrections: number[] = [];

  constructor(out: Token[]) {
    this.out = out;
  }

  flush(): void {
    if (this.blocks > 0) {
      const bits = 31 - Math.clz32(this.blocks);
      this.out.push({ kind: "ac", symbol: bits << 4, value: this.blocks - (1 << bits), bits });
    }
    pushBits(this.out, this.corrections);
    this.blocks = 0;
    this.corrections = [];
  }
}

function pushBits(out: Token[], bits: number[]): void {
  for (const value of bits) out.push({ kind: "bits", value, bits: 1 });
}

function perBlock(
  c: TestComponent,
  interval: number,
  code: (block: Int16Array, run: BandRun) => void,
): Token[] {
  const run = new BandRun([]);
  for (let i = 0; i < c.blocksX * c.blocksY; i++) {
    if (interval > 0 && i > 0 && i % interval === 0) {
      run.flush();
      run.out.push({ kind: "restart" });
    }
    code(blockAt(c, i % c.blocksX, Math.floor(i / c.blocksX)), run);
    if (run.blocks === 0x7fff || run.corrections.length > 900) run.flush();
  }
  run.flush();
  return run.out;
}

function shifted(value: number, shift: number): number {
  return value < 0 ? -(-value >> shift) : value >> shift;
}

export function bandFirstTokens(c: TestComponent, interval: number, { from, to, shift }: Band): Token[] {
  return perBlock(c, interval, (block, run) => {
    let zeros = 0;
    for (let k = from; k <= to; k++) {
      const value = shifted(at(block, k), shift);
      if (value === 0) {
        zeros++;
        continue;
      }
      run.flush();
      for (; zeros > 15; zeros -= 16) run.out.push({ kind: "ac", symbol: 0xf0, value: 0, bits: 0 });
      run.out.push({ kind: "ac", symbol: (zeros << 4) | sizeOf(value), ...coded(value) });
      zeros = 0;
    }
    if (zeros > 0) run.blocks++;
  });
}

export function bandRefineTokens(c: TestComponent, interval: number, band: Band): Token[] {
  return perBlock(c, interval, (block, run) => refineBlock(block, run, band));
}

function refineBlock(block: Int16Array, run: BandRun, { from, to, shift }: Band): void {
  const sizes = Array.from({ length: to + 1 }, (_, k) =>
    k < from ? 0 : Math.abs(shifted(at(block, k), shift)),
  );
  const last = sizes.lastIndexOf(1);
  let zeros = 0;
  let corrections: number[] = [];
  const emit = (symbol: number, value: number, bits: number) => {
    run.flush();
    run.out.push({ kind: "ac", symbol, value, bits });
    pushBits(run.out, corrections);
    corrections = [];
  };
  for (let k = from; k <= to; k++) {
    const size = sizes[k] ?? 0;
    if (size === 0) {
      zeros++;
      continue;
    }
    if (k <= last) {
      for (; zeros > 15; zeros -= 16) emit(0xf0, 0, 0);
    }
    if (size > 1) {
      corrections.push(size & 1);
    } else {
      emit((zeros << 4) | 1, at(block, k) < 0 ? 0 : 1, 1);
      zeros = 0;
    }
  }
  if (zeros === 0 && corrections.length === 0) return;
  run.blocks++;
  run.corrections.push(...corrections);
}

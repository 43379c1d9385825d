import { Random } from "./random.ts";

/** A component of a picture that exists as coefficients only: what any decoder must find in its file. */
export interface TestComponent {
  id: number;
  h: number;
  v: number;
  /** Quantisers, natural order. */
  quant: number[];
  /** Blocks across and down, in whole MCUs, and those that hold picture. */
  stride: number;
  rows: number;
  blocksX: number;
  blocksY: number;
  /** 64 quantised coefficients a block, natural order. */
  blocks: Int16Array[];
}

export interface TestImage {
  width: number;
  height: number;
  components: TestComponent[];
}

export interface ImageOptions {
  width: number;
  height: number;
  /** Sampling factors of each component. */
  sampling: readonly (readonly [number, number])[];
  seed: number;
  /** Names of the components; 1, 2, 3, … if not given. */
  ids?: readonly number[];
  /** How many of a block's coefficients are not zero, about. */
  detail?: number;
  /** The largest quantiser. */
  coarseness?: number;
}

/** A random picture: a wandering mean and a few waves in each block. */
export function randomImage(options: ImageOptions): TestImage {
  const { width, height, sampling, detail = 8, coarseness = 24 } = options;
  const random = new Random(options.seed);
  const single = sampling.length === 1;
  const hMax = single ? 1 : Math.max(...sampling.map(([h]) => h));
  const vMax = single ? 1 : Math.max(...sampling.map(([, v]) => v));
  const components = sampling.map(([h, v], i): TestComponent => {
    const [hUsed, vUsed] = single ? [1, 1] : [h, v];
    const stride = Math.ceil(width / (8 * hMax)) * hUsed;
    const rows = Math.ceil(height / (8 * vMax)) * vUsed;
    const quant = Array.from({ length: 64 }, () => random.int(1, coarseness));
    return {
      id: options.ids?.[i] ?? i + 1,
      h,
      v,
      quant,
      stride,
      rows,
      blocksX: Math.ceil(Math.ceil((width * hUsed) / hMax) / 8),
      blocksY: Math.ceil(Math.ceil((height * vUsed) / vMax) / 8),
      blocks: randomBlocks(random, stride * rows, quant, detail),
    };
  });
  return { width, height, components };
}

function randomBlocks(random: Random, count: number, quant: number[], detail: number): Int16Array[] {
  let mean = 0;
  return Array.from({ length: count }, () => {
    const block = new Int16Array(64);
    mean = Math.max(-700, Math.min(700, mean + random.int(-150, 150)));
    block[0] = Math.round(mean / (quant[0] ?? 1));
    const waves = random.next() < 0.2 ? 0 : random.int(0, 2 * detail);
    for (let i = 0; i < waves; i++) {
      const at = random.next() < 0.7 ? random.int(0, 3) * 8 + random.int(0, 3) : random.int(1, 63);
      if (at > 0)
        block[at] = Math.round(random.int(-180, 180) / (1 + (at >> 3) + (at & 7)) / (quant[at] ?? 1));
    }
    return block;
  });
}

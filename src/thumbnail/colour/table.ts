/** Colours at the crossings of a grid: what lies between is interpolated. */
export interface ColourTable {
  /** Channels that go in. */
  inputs: 3 | 4;
  /** The levels, 0 to 255, at which each channel was sampled, rising from 0 to 255. */
  nodes: readonly number[];
  /** Red, green and blue for each crossing, the last channel changing fastest. */
  values: Uint8Array;
}

const OUTPUTS = 3;

/** Looks levels up in a table. */
export class TableReader {
  readonly #table: ColourTable;
  /** For each level the node below it, and how far it is on the way to the next. */
  readonly #below = new Uint8Array(256);
  readonly #fraction = new Float64Array(256);
  /** For each corner of a cell of the grid, how far its colour is from the lowest corner's. */
  readonly #corners: number[];
  readonly #strides: number[];

  constructor(table: ColourTable) {
    this.#table = table;
    const { nodes, inputs } = table;
    for (let level = 0; level < 256; level++) {
      const next = nodes.findIndex((node) => node > level);
      const below = next < 0 ? nodes.length - 2 : next - 1;
      const [low = 0, high = 255] = [nodes[below], nodes[below + 1]];
      this.#below[level] = below;
      this.#fraction[level] = (level - low) / (high - low);
    }
    this.#strides = Array.from({ length: inputs }, (_, i) => OUTPUTS * nodes.length ** (inputs - 1 - i));
    this.#corners = Array.from({ length: 2 ** inputs }, (_, corner) =>
      this.#strides.reduce((sum, stride, i) => sum + ((corner >> i) & 1) * stride, 0),
    );
  }

  /** Writes the colour of `levels`, one a channel, to `out` at `at`. */
  read(levels: Uint8Array, out: Uint8Array, at: number): void {
    const { inputs, values } = this.#table;
    let base = 0;
    for (let i = 0; i < inputs; i++) base += (this.#below[levels[i] ?? 0] ?? 0) * (this.#strides[i] ?? 0);
    let [red, green, blue] = [0, 0, 0];
    for (let corner = 0; corner < this.#corners.length; corner++) {
      let weight = 1;
      for (let i = 0; i < inputs; i++) {
        const fraction = this.#fraction[levels[i] ?? 0] ?? 0;
        weight *= ((corner >> i) & 1) === 1 ? fraction : 1 - fraction;
      }
      if (weight === 0) continue;
      const from = base + (this.#corners[corner] ?? 0);
      red += weight * (values[from] ?? 0);
      green += weight * (values[from + 1] ?? 0);
      blue += weight * (values[from + 2] ?? 0);
    }
    out[at] = Math.round(red);
    out[at + 1] = Math.round(green);
    out[at + 2] = Math.round(blue);
  }
}

/** Samples a conversion of channels, 0 to 1, to red, green and blue, 0 to 255, into a table. */
export function sampleTable(
  inputs: 3 | 4,
  steps: number,
  convert: (channels: number[]) => readonly [number, number, number],
): ColourTable {
  const nodes = Array.from({ length: steps }, (_, i) => Math.round((i * 255) / (steps - 1)));
  const values = new Uint8Array(steps ** inputs * OUTPUTS);
  for (let crossing = 0; crossing * OUTPUTS < values.length; crossing++) {
    const channels = Array.from(
      { length: inputs },
      (_, i) => (nodes[Math.floor(crossing / steps ** (inputs - 1 - i)) % steps] ?? 0) / 255,
    );
    values.set(convert(channels), crossing * OUTPUTS);
  }
  return { inputs, nodes, values };
}

/** Colours at the crossings of a grid: what lies between is interpolated. */
export interface ColourTable {
  /** Channels that go in. */
  readonly inputs: 1 | 3 | 4;
  /** The levels, 0 to 255, at which each channel was sampled, rising from 0 to 255. */
  readonly nodes: readonly number[];
  /**
   * Red, green and blue for each crossing, the last channel changing fastest: levels, which may lie below 0 and above
   * 255, so that what lies between a colour that sRGB has and one that it has not is cut off only when it is known.
   */
  readonly values: Uint8Array | Float32Array;
}

/** A conversion of channels, 0 to 1, to levels of red, green and blue. */
export type ChannelConversion = (channels: readonly number[]) => readonly [number, number, number];

const outputs = 3;

/** Looks levels up in a table. */
export class TableReader {
  readonly #inputs: number;
  readonly #values: ColourTable["values"];
  /** For each level the node below it, and how far it is on the way to the next. */
  readonly #below = new Uint8Array(256);
  readonly #fraction = new Float64Array(256);
  readonly #strides: readonly number[];
  /** The channels in the order of their fractions, the largest first; and these. */
  readonly #order = [0, 0, 0, 0];
  readonly #fractions = [0, 0, 0, 0];

  constructor({ nodes, inputs, values }: ColourTable) {
    this.#inputs = inputs;
    this.#values = values;
    for (let level = 0; level < 256; level++) {
      const next = nodes.findIndex((node) => node > level);
      const below = next < 0 ? nodes.length - 2 : next - 1;
      const [low = 0, high = 255] = [nodes[below], nodes[below + 1]];
      this.#below[level] = below;
      this.#fraction[level] = (level - low) / (high - low);
    }
    this.#strides = Array.from({ length: inputs }, (_, i) => outputs * nodes.length ** (inputs - 1 - i));
  }

  /**
   * Writes the colour of `levels`, one a channel, to `out` at `at`. A cell of the grid is cut into simplices
   * (tetrahedra, where there are three channels), along whose edges the neutral colours lie.
   */
  read(levels: Uint8Array, out: Uint8Array, at: number): void {
    const values = this.#values;
    let corner = this.#findCell(levels);
    let [red, green, blue] = [0, 0, 0];
    let nearer = 1;
    for (let i = 0; i <= this.#inputs; i++) {
      const farther = i < this.#inputs ? (this.#fractions[i] ?? 0) : 0;
      const weight = nearer - farther;
      if (weight > 0) {
        red += weight * (values[corner] ?? 0);
        green += weight * (values[corner + 1] ?? 0);
        blue += weight * (values[corner + 2] ?? 0);
      }
      corner += this.#order[i] ?? 0;
      nearer = farther;
    }
    out[at] = clamp(red);
    out[at + 1] = clamp(green);
    out[at + 2] = clamp(blue);
  }

  /** Where the lowest corner of the levels' cell lies; sorts the channels by how far they are beyond it. */
  #findCell(levels: Uint8Array): number {
    const [order, fractions] = [this.#order, this.#fractions];
    let corner = 0;
    for (let i = 0; i < this.#inputs; i++) {
      const level = levels[i] ?? 0;
      const stride = this.#strides[i] ?? 0;
      const fraction = this.#fraction[level] ?? 0;
      corner += (this.#below[level] ?? 0) * stride;
      let place = i;
      for (; place > 0 && (fractions[place - 1] ?? 0) < fraction; place--) {
        fractions[place] = fractions[place - 1] ?? 0;
        order[place] = order[place - 1] ?? 0;
      }
      fractions[place] = fraction;
      order[place] = stride;
    }
    return corner;
  }
}

/** A whole level; of no number 0. */
function clamp(level: number): number {
  return level >= 255 ? 255 : level > 0 ? Math.round(level) : 0;
}

/** Samples a conversion into a table, at these levels of each channel. */
export function sampleTable(
  inputs: ColourTable["inputs"],
  nodes: readonly number[],
  convert: ChannelConversion,
): ColourTable {
  const steps = nodes.length;
  const values = new Float32Array(steps ** inputs * outputs);
  for (let crossing = 0; crossing * outputs < values.length; crossing++) {
    const channels = Array.from(
      { length: inputs },
      (_, i) => (nodes[Math.floor(crossing / steps ** (inputs - 1 - i)) % steps] ?? 0) / 255,
    );
    values.set(convert(channels), crossing * outputs);
  }
  return { inputs, nodes, values };
}

/**
 * Levels at which to sample a conversion: even steps of how far the colours move when every channel rises alike, and of
 * the levels themselves. Channels that count light have most of what the eye can tell in their lowest levels.
 */
export function chooseNodes(
  inputs: ColourTable["inputs"],
  steps: number,
  convert: ChannelConversion,
): number[] {
  const ramp = Array.from({ length: 256 }, (_, level) =>
    convert(Array.from({ length: inputs }, () => level / 255)).map((value) => clamp(value)),
  );
  const moved = ramp.map((colour, level) =>
    Math.max(...colour.map((value, i) => Math.abs(value - (ramp[Math.max(0, level - 1)]?.[i] ?? 0)))),
  );
  const total = moved.reduce((sum, by) => sum + by, 0) || 1;
  const nodes = [0];
  let [share, next] = [0, 1];
  for (let level = 1; level < 255; level++) {
    share += ((moved[level] ?? 0) / total + 1 / 255) / 2;
    if (share * (steps - 1) < next) continue;
    nodes.push(level);
    next = Math.floor(share * (steps - 1)) + 1;
  }
  return [...nodes, 255];
}

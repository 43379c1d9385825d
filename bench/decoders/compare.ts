import type { RgbRaster } from "./raster.ts";

/** How far two pictures are apart in one channel, in levels of 0 to 255. */
interface Distance {
  /** On average over all pixels. */
  readonly mean: number;
  /** On average over the pixels of that block of some 8 × 8 in which it is the largest. */
  readonly block: number;
}

/** How far two pictures are apart in lightness and in colour, the latter in the worse of its two channels. */
export interface Difference {
  readonly luma: Distance;
  readonly chroma: Distance;
}

/** The sides of the areas whose difference is told apart, and of those within which colours are averaged, in pixels. */
const blockSide = 8;
const colourSide = 4;

/**
 * Compares two pictures of one size in Y'CbCr (ITU-T T.871). Right decoders agree in lightness to a level or two, but
 * each makes colours of half the resolution whole in its own way: hence these are compared in averages of some pixels.
 */
export function differenceOf(a: RgbRaster, b: RgbRaster): Difference {
  if (a.width !== b.width || a.height !== b.height) return apart;
  const [luma, blue, red] = weights.map((weight, channel) => {
    const steps = stepsOf(a, b, weight);
    return channel === 0
      ? distanceOf(steps, blockSide)
      : distanceOf(averaged(steps, colourSide), blockSide / colourSide);
  });
  const chroma = [blue ?? apart.chroma, red ?? apart.chroma];
  return {
    luma: luma ?? apart.luma,
    chroma: {
      mean: Math.max(...chroma.map(({ mean }) => mean)),
      block: Math.max(...chroma.map(({ block }) => block)),
    },
  };
}

/** What pictures of different sizes are told to have between them. */
const apart: Difference = { luma: { mean: 255, block: 255 }, chroma: { mean: 255, block: 255 } };

type Weights = readonly [number, number, number];

const weights: readonly Weights[] = [
  [0.299, 0.587, 0.114],
  [-0.168_736, -0.331_264, 0.5],
  [0.5, -0.418_688, -0.081_312],
];

/** Differences of one channel, pixel by pixel, with their signs. */
interface Steps {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

function stepsOf({ width, height, rgb }: RgbRaster, other: RgbRaster, [red, green, blue]: Weights): Steps {
  const values = new Float64Array(width * height);
  for (let at = 0; at < values.length; at++) {
    const step = (channel: number): number =>
      (rgb[at * 3 + channel] ?? 0) - (other.rgb[at * 3 + channel] ?? 0);
    values[at] = red * step(0) + green * step(1) + blue * step(2);
  }
  return { width, height, values };
}

/** Averages over areas that share the picture evenly, so that none at an edge is a sliver that one pixel decides. */
function averaged({ width, height, values }: Steps, side: number): Steps {
  const [columns, rows] = [shares(width, side), shares(height, side)];
  const sums = new Float64Array(columns * rows);
  const counts = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++) {
      const area = row + Math.floor((x * columns) / width);
      sums[area] = (sums[area] ?? 0) + (values[y * width + x] ?? 0);
      counts[area] = (counts[area] ?? 0) + 1;
    }
  }
  return { width: columns, height: rows, values: sums.map((sum, area) => sum / (counts[area] ?? 1)) };
}

function distanceOf(steps: Steps, side: number): Distance {
  const distances = { ...steps, values: steps.values.map(Math.abs) };
  const sum = distances.values.reduce((total, distance) => total + distance, 0);
  const blocks = averaged(distances, side);
  return {
    mean: sum / distances.values.length,
    block: blocks.values.reduce((worst, block) => Math.max(worst, block), 0),
  };
}

function shares(length: number, side: number): number {
  return Math.max(1, Math.round(length / side));
}

/** How many times what is borne a difference is, in the measure in which it is the most. */
export function excess(difference: Difference, tolerance: Difference): number {
  return Math.max(
    difference.luma.mean / tolerance.luma.mean,
    difference.luma.block / tolerance.luma.block,
    difference.chroma.mean / tolerance.chroma.mean,
    difference.chroma.block / tolerance.chroma.block,
  );
}

/** The tolerance for a picture that was shrunk: each side rounds, and may shrink in two steps. */
export function forShrunk({ luma, chroma }: Difference): Difference {
  const wider = ({ mean, block }: Distance): Distance => ({ mean: mean + 0.8, block: block + 4 });
  return { luma: wider(luma), chroma: wider(chroma) };
}

/** A difference in words: mean and worst block of lightness, then of colour. */
export function inWords({ luma, chroma }: Difference): string {
  const words = ({ mean, block }: Distance): string => `${mean.toFixed(2)} (block ${block.toFixed(1)})`;
  return `luma ${words(luma)}, chroma ${words(chroma)}`;
}

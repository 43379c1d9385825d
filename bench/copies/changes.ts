import type { Sharp } from "sharp";
import { imageOf, type Pixels, rawOf } from "./sources.ts";

/** A way to make a copy of a picture: its name in the report, and the copy's file. */
export interface Change {
  readonly name: string;
  readonly make: (pixels: Pixels) => Promise<Buffer>;
}

const usualQuality = 85;

function saved(image: Sharp, quality = usualQuality): Promise<Buffer> {
  return image.jpeg({ quality }).toBuffer();
}

function smaller(pixels: Pixels, by: number): Sharp {
  const [width, height] = [pixels.width, pixels.height].map((side) => Math.max(1, Math.round(side / by)));
  return imageOf(pixels).resize({ width, height, fit: "fill" });
}

/** The seven turns beside 1, by the number that undoes none of them: as EXIF counts orientations. */
const turns: Readonly<Record<string, (pixels: Pixels) => Promise<Sharp>>> = {
  mirrored: async (pixels) => imageOf(pixels).flop(),
  "turned by 180°": async (pixels) => imageOf(pixels).rotate(180),
  flipped: async (pixels) => imageOf(pixels).flip(),
  transposed: async (pixels) => imageOf(await rawOf(imageOf(pixels).rotate(90))).flop(),
  "turned by 90°": async (pixels) => imageOf(pixels).rotate(90),
  transversed: async (pixels) => imageOf(await rawOf(imageOf(pixels).rotate(270))).flop(),
  "turned by 270°": async (pixels) => imageOf(pixels).rotate(270),
};

function messenger(pixels: Pixels): Sharp {
  return imageOf(pixels).resize({ width: 1600, height: 1600, fit: "inside", withoutEnlargement: true });
}

/** A border of a share of each side. */
function bordered(pixels: Pixels, share: number, background: string): Sharp {
  const [across, down] = [pixels.width, pixels.height].map((side) => Math.round(side * share));
  return imageOf(pixels).extend({ left: across, right: across, top: down, bottom: down, background });
}

/** What the same picture may have gone through. */
export const copies: readonly Change[] = [
  ...[2, 3, 4, 6, 8].map((by) => ({
    name: `1/${by} of the size`,
    make: (p: Pixels) => saved(smaller(p, by)),
  })),
  ...[30, 50, 70, 85, 95].map((quality) => ({
    name: `quality ${quality}`,
    make: (p: Pixels) => saved(imageOf(p), quality),
  })),
  ...Object.entries(turns).map(([name, turn]) => ({ name, make: async (p: Pixels) => saved(await turn(p)) })),
  { name: "1,600 pixels at quality 70", make: (p) => saved(messenger(p), 70) },
  { name: "brightness × 1.1", make: (p) => saved(imageOf(p).linear(1.1, 0)) },
  { name: "brightness × 0.9", make: (p) => saved(imageOf(p).linear(0.9, 0)) },
  { name: "brightness + 10 %", make: (p) => saved(imageOf(p).linear(1, 25.5)) },
  { name: "brightness − 10 %", make: (p) => saved(imageOf(p).linear(1, -25.5)) },
  { name: "lightness × 1.1", make: (p) => saved(imageOf(p).modulate({ brightness: 1.1 })) },
  { name: "lightness × 0.9", make: (p) => saved(imageOf(p).modulate({ brightness: 0.9 })) },
  { name: "white border of 1 %", make: (p) => saved(bordered(p, 0.01, "#fff")) },
  { name: "white border of 2 %", make: (p) => saved(bordered(p, 0.02, "#fff")) },
  { name: "black border of 2 %", make: (p) => saved(bordered(p, 0.02, "#000")) },
  { name: "red border of 2 %", make: (p) => saved(bordered(p, 0.02, "#d22")) },
  {
    name: "1,600 pixels at 70, then brightness × 1.1",
    make: async (p) => saved(imageOf(await rawOf(messenger(p))).linear(1.1, 0), 70),
  },
  {
    name: "white border of 2 %, then 1,600 pixels at 70",
    make: async (p) => saved(messenger(await rawOf(bordered(p, 0.02, "#fff"))), 70),
  },
  {
    name: "1/4 of the size, then turned by 90°",
    make: async (p) => saved(imageOf(await rawOf(smaller(p, 4))).rotate(90), 70),
  },
  { name: "1/8 of the size at quality 30", make: (p) => saved(smaller(p, 8), 30) },
  {
    name: "1/2, black border of 2 %, brightness × 0.9",
    make: async (p) =>
      saved(imageOf(await rawOf(bordered(await rawOf(smaller(p, 2)), 0.02, "#000"))).linear(0.9, 0)),
  },
];

/** A second frame of a scene beside the first: both of their files. */
export interface Neighbour {
  readonly name: string;
  readonly make: (pixels: Pixels, random: () => number) => Promise<readonly [Buffer, Buffer]>;
}

const frameQuality = 92;

/** Two frames of the same size, the second seen from further right and further down by shares of the sides. */
function shifted(pixels: Pixels, across: number, down: number): readonly [Sharp, Sharp] {
  const left = across === 0 ? 0 : Math.max(1, Math.round(pixels.width * across));
  const top = down === 0 ? 0 : Math.max(1, Math.round(pixels.height * down));
  const size = { width: pixels.width - left, height: pixels.height - top };
  return [
    imageOf(pixels).extract({ left: 0, top: 0, ...size }),
    imageOf(pixels).extract({ left, top, ...size }),
  ];
}

/** The noise of an exposure: of a normal distribution, in each channel by itself. */
function noisy({ data, width, height }: Pixels, deviation: number, random: () => number): Pixels {
  const noise = Float32Array.from(
    { length: 65_537 },
    () => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
  const out = Buffer.alloc(data.length);
  let at = Math.floor(random() * noise.length);
  for (let i = 0; i < data.length; i++) {
    if (i % 4096 === 0) at = Math.floor(random() * noise.length);
    at = (at + 1) % noise.length;
    out[i] = Math.min(255, Math.max(0, Math.round((data[i] ?? 0) + (noise[at] ?? 0))));
  }
  return { data: out, width, height };
}

/** Two frames in which a disc of a share of the longer side has moved by its own size; it is 50 shades off what it hides. */
function withObject(
  [first, second]: readonly [Pixels, Pixels],
  share: number,
  random: () => number,
): readonly [Pixels, Pixels] {
  const radius = Math.max(2, (Math.max(first.width, first.height) * share) / 2);
  const [x, y] = [first.width, first.height].map((side) => side * (0.2 + 0.6 * random()));
  const angle = 2 * Math.PI * random();
  const at = { x: x ?? 0, y: y ?? 0, radius };
  const off = { ...at, x: at.x + 2 * radius * Math.cos(angle), y: at.y + 2 * radius * Math.sin(angle) };
  const shade = meanShade(first, at);
  const colour = [0, 1, 2].map(() => (shade > 127 ? shade - 50 : shade + 50));
  return [painted(first, at, colour), painted(second, off, colour)];
}

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

function meanShade({ data, width, height }: Pixels, { x, y, radius }: Disc): number {
  let [sum, count] = [0, 0];
  for (let row = Math.max(0, Math.ceil(y - radius)); row < Math.min(height, y + radius); row++) {
    for (let column = Math.max(0, Math.ceil(x - radius)); column < Math.min(width, x + radius); column++) {
      const at = (row * width + column) * 3;
      sum += 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
      count++;
    }
  }
  return sum / Math.max(1, count);
}

function painted({ data, width, height }: Pixels, { x, y, radius }: Disc, colour: readonly number[]): Pixels {
  const out = Buffer.from(data);
  for (let row = Math.max(0, Math.ceil(y - radius)); row < Math.min(height, y + radius); row++) {
    for (let column = Math.max(0, Math.ceil(x - radius)); column < Math.min(width, x + radius); column++) {
      if ((column - x) ** 2 + (row - y) ** 2 <= radius ** 2) out.set(colour, (row * width + column) * 3);
    }
  }
  return { data: out, width, height };
}

function both([first, second]: readonly [Sharp, Sharp]): Promise<[Buffer, Buffer]> {
  return Promise.all([saved(first, frameQuality), saved(second, frameQuality)]);
}

function moved(name: string, across: number, down: number): Neighbour {
  return { name, make: (pixels) => both(shifted(pixels, across, down)) };
}

/** What the next frame of a burst may have. */
export const neighbours: readonly Neighbour[] = [
  moved("shifted by 1 % across", 0.01, 0),
  moved("shifted by 1 % down", 0, 0.01),
  moved("shifted by 2 % across", 0.02, 0),
  moved("shifted by 2 % down", 0, 0.02),
  moved("shifted by 3 % both ways", 0.03, 0.03),
  {
    name: "1 % cut off at two edges",
    make: async (pixels) => {
      const [, second] = shifted(pixels, 0.01, 0.01);
      return both([imageOf(pixels), second]);
    },
  },
  ...[0.05, 0.1].map((share) => ({
    name: `an object of ${share * 100} % moved`,
    make: (pixels: Pixels, random: () => number) => {
      const [first, second] = withObject([pixels, pixels], share, random);
      return both([imageOf(first), imageOf(second)]);
    },
  })),
  {
    name: "shifted by 1 %, noise, an object of 5 % moved",
    make: async (pixels, random) => {
      const [one, two] = shifted(pixels, 0.01, 0.01);
      const frames = withObject([await rawOf(one), await rawOf(two)], 0.05, random);
      const [first, second] = [noisy(frames[0], 8, random), noisy(frames[1], 8, random)];
      return both([imageOf(first), imageOf(second)]);
    },
  },
];

/** The same scene, exposed twice from the same place. */
export const exposures: readonly Neighbour[] = [4, 8, 12].map((deviation) => ({
  name: `noise of ${deviation} shades`,
  make: (pixels, random) =>
    both([imageOf(noisy(pixels, deviation, random)), imageOf(noisy(pixels, deviation, random))]),
}));

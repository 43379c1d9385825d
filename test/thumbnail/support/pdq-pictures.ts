import { Random } from "./random.ts";
import type { RgbPicture } from "./pdq.ts";

/** What may be seen in a made picture. */
export const sceneKinds = ["noise", "hills", "stripes", "squares", "dots"] as const;

/** One of {@link sceneKinds}. */
type SceneKind = (typeof sceneKinds)[number];

/** How a made picture is drawn: what its size is, what is seen, and what it is drawn from. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly kind: SceneKind;
  readonly seed: number;
}

/** A picture that is the same for the same scene. */
export function draw({ width, height, kind, seed }: Scene): RgbPicture {
  const random = new Random(seed);
  const shade = shades[kind](random, width, height);
  const tint = [random.next(), random.next(), random.next()];
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const value = shade(pixel % width, Math.floor(pixel / width));
    pixels.set(
      tint.map((part) => Math.max(0, Math.min(255, Math.round(value * (0.5 + part))))),
      pixel * 3,
    );
  }
  return { pixels, width, height };
}

type Shade = (x: number, y: number) => number;

const shades: Readonly<Record<SceneKind, (random: Random, width: number, height: number) => Shade>> = {
  noise: (random) => () => random.next() * 255,
  hills: (random, width, height) => {
    const waves = Array.from({ length: 12 }, () => ({
      across: ((random.next() - 0.5) * 30) / width,
      down: ((random.next() - 0.5) * 30) / height,
      phase: random.next() * 7,
      height: 10 + random.next() * 30,
    }));
    return (x, y) =>
      waves.reduce((sum, wave) => {
        return sum + wave.height * Math.sin(x * wave.across + y * wave.down + wave.phase);
      }, 128);
  },
  stripes: (random) => {
    const [across, down] = [random.int(0, 9), random.int(0, 9)];
    return (x, y) => ((x * across + y * down) % 40) * 6;
  },
  squares: (random) => {
    const side = random.int(1, 90);
    return (x, y) => ((Math.floor(x / side) + Math.floor(y / side)) % 2) * 230;
  },
  dots: (random, width, height) => {
    const dots = Array.from({ length: 9 }, () => ({
      x: random.next() * width,
      y: random.next() * height,
      radius: (random.next() * (width + height)) / 9,
    }));
    return (x, y) => (dots.some((dot) => Math.hypot(dot.x - x, dot.y - y) < dot.radius) ? 220 : 30);
  },
};

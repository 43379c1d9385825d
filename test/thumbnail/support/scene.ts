import { Random } from "./random.ts";

/** A picture in RGB, rows without gaps. */
export interface Scene {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const octaves = 6;
const bodies = 9;

/** Something that looks like a photo to a machine: texture at all scales, and bodies of other colours with their own. */
export function sceneOf(seed: number, width: number, height: number): Scene {
  const random = new Random(seed);
  const ground = [0, 1, 2].map(() => textureOf(random, 1 + random.next()));
  const shapes = Array.from({ length: bodies }, () => bodyOf(random));
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / width, y / width];
      const body = shapes.findLast((shape) => shape.covers(u, v));
      for (let channel = 0; channel < 3; channel++) {
        const texture = ground[channel]?.(u, v) ?? 0;
        const base = body === undefined ? 128 + 140 * texture : (body.colour[channel] ?? 0) + 60 * texture;
        data[(y * width + x) * 3 + channel] = Math.min(255, Math.max(0, base));
      }
    }
  }
  return { data, width, height };
}

interface Body {
  readonly colour: readonly number[];
  covers(u: number, v: number): boolean;
}

/** An ellipse somewhere, turned somehow. */
function bodyOf(random: Random): Body {
  const [x, y, angle] = [random.next(), random.next() * 0.75, random.next() * Math.PI];
  const [long, short] = [0.05 + 0.2 * random.next(), 0.03 + 0.1 * random.next()];
  const colour = [random.int(20, 235), random.int(20, 235), random.int(20, 235)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const covers = (u: number, v: number): boolean => {
    const along = ((u - x) * cos + (v - y) * sin) / long;
    const across = ((v - y) * cos - (u - x) * sin) / short;
    return along * along + across * across < 1;
  };
  return { colour, covers };
}

/** Noise of several scales, smooth at each: about −1 to 1. */
function textureOf(random: Random, roughness: number): (u: number, v: number) => number {
  const side = 64;
  const lattices = Array.from({ length: octaves }, () =>
    Float32Array.from({ length: side * side }, () => 2 * random.next() - 1),
  );
  return (u, v) => {
    let [sum, strength, scale] = [0, 0.6, 3];
    for (const lattice of lattices) {
      sum += strength * latticeAt(lattice, side, [u * scale, v * scale]);
      strength /= 2 ** (1 / roughness) * 1.2;
      scale *= 2;
    }
    return sum;
  };
}

/** Between the four nearest points of a lattice that repeats. */
function latticeAt(lattice: Float32Array, side: number, [u, v]: readonly [number, number]): number {
  const [column, row] = [Math.floor(u), Math.floor(v)];
  const [right, below] = [smooth(u - column), smooth(v - row)];
  const point = (x: number, y: number): number => lattice[(y % side) * side + (x % side)] ?? 0;
  const upper = point(column, row) * (1 - right) + point(column + 1, row) * right;
  const lower = point(column, row + 1) * (1 - right) + point(column + 1, row + 1) * right;
  return upper + (lower - upper) * below;
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}

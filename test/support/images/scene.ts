import { joined, littleEndian } from "./bytes.ts";

/** How a scene is taken. */
export interface SceneShot {
  readonly width: number;
  readonly height: number;
  /** Mirrors the picture left to right. */
  readonly mirrored?: boolean;
  /** How far the camera has moved to the right, in parts of the width. */
  readonly shift?: number;
  /** By how much each value is brighter, of 255. */
  readonly brighter?: number;
  /** How many soft spots of light and shade there are; 0 for a flat picture. */
  readonly spots?: number;
}

/** A soft spot of a scene: its place, its radii, and how much light it gives or takes, by channel. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly light: readonly [number, number, number];
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function* numbers(seed: number): Generator<number, never, void> {
  let state = Math.imul(seed + 1, 0x9e3779b9);
  for (;;) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

function spotsOf(seed: number, count: number): Spot[] {
  const random = numbers(seed);
  const next = (least: number, most: number): number => least + random.next().value * (most - least);
  return Array.from({ length: count }, () => {
    const light = next(-110, 110);
    return {
      x: next(-0.1, 1.1),
      y: next(-0.1, 1.1),
      rx: next(0.02, 0.22),
      ry: next(0.02, 0.22),
      light: [light + next(-30, 30), light + next(-30, 30), light + next(-30, 30)],
    };
  });
}

/** A photo of a made-up scene, as a bitmap: every seed is another scene, every shot of a seed the same one. */
export function sceneBytes(seed: number, shot: SceneShot): Uint8Array {
  const { width, height, mirrored = false, shift = 0, brighter = 0, spots = 48 } = shot;
  const values = new Float32Array(width * height * 3).fill(118 + brighter);
  for (const spot of spotsOf(seed, spots)) addSpot(values, { width, height, shift }, spot);
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const pixels = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + (mirrored ? width - 1 - x : x)) * 3;
      for (let channel = 0; channel < 3; channel++) {
        // Rows from the bottom up, blue first.
        pixels[(height - 1 - y) * rowBytes + x * 3 + channel] = Math.max(
          0,
          Math.min(255, values[from + 2 - channel] ?? 0),
        );
      }
    }
  }
  return joined(
    Uint8Array.of(0x42, 0x4d),
    littleEndian(4, 54 + pixels.length, 0, 54, 40, width, height),
    littleEndian(2, 1, 24),
    littleEndian(4, 0, pixels.length, 2835, 2835, 0, 0),
    pixels,
  );
}

/** Adds the light of a spot, with an edge that is soft but narrow. */
function addSpot(
  values: Float32Array,
  { width, height, shift }: Required<Pick<SceneShot, "width" | "height" | "shift">>,
  { x, y, rx, ry, light }: Spot,
): void {
  const [left, right] = [Math.floor((x - shift - rx) * width), Math.ceil((x - shift + rx) * width)];
  const [top, bottom] = [Math.floor((y - ry) * height), Math.ceil((y + ry) * height)];
  for (let row = Math.max(0, top); row < Math.min(height, bottom); row++) {
    for (let column = Math.max(0, left); column < Math.min(width, right); column++) {
      const across = ((column + 0.5) / width + shift - x) / rx;
      const down = ((row + 0.5) / height - y) / ry;
      const weight = Math.min(1, Math.max(0, 4 * (1 - across * across - down * down)));
      const at = (row * width + column) * 3;
      for (const [channel, amount] of light.entries())
        values[at + channel] = (values[at + channel] ?? 0) + amount * weight;
    }
  }
}

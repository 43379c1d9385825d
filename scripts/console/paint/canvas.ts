/** What a scene is painted on, in pixels, and where its chance comes from. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** The next number from 0 to 1; the same seed gives the same ones. */
  readonly chance: () => number;
}

/** Paints a scene: the elements of an SVG drawing, from the back to the front. */
export type Scene = (canvas: Canvas) => readonly string[];

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b9);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number between two bounds. */
export function between({ chance }: Canvas, least: number, most: number): number {
  return least + chance() * (most - least);
}

/** One of several, of which there is at least one. */
export function oneOf<Value>({ chance }: Canvas, values: readonly [Value, ...(readonly Value[])]): Value {
  return values[Math.floor(chance() * values.length)] ?? values[0];
}

/** Two colours that go together. */
export type Pair = readonly [string, string];

/** The colours of a sky, from its top to the horizon, with what they make of the land before it. */
export interface Light {
  readonly sky: readonly [string, string, string];
  readonly sun: string;
  /** From the farthest range of hills to the nearest. */
  readonly land: readonly [string, string, string, string];
  readonly water: Pair;
}

/** The lights in which scenes are painted, by the time of day. */
export const lights = {
  dawn: {
    sky: ["#8fb3d9", "#f3cdb4", "#fdeccf"],
    sun: "#fff6dc",
    land: ["#b9b3c9", "#8f91b3", "#5f6b8f", "#38466b"],
    water: ["#e8cfc0", "#5d7fa3"],
  },
  noon: {
    sky: ["#3f86c9", "#8dc0e6", "#dceef7"],
    sun: "#fffbe8",
    land: ["#a9c3c9", "#7fa58f", "#4d7f5c", "#2c5a3c"],
    water: ["#9fd0dc", "#2a6f97"],
  },
  dusk: {
    sky: ["#2b2f63", "#c75d6e", "#ffc98a"],
    sun: "#ffe9b8",
    land: ["#8a6a9a", "#5f4a80", "#3d3363", "#221f44"],
    water: ["#e2957a", "#232c5c"],
  },
  night: {
    sky: ["#080d24", "#132046", "#274069"],
    sun: "#e9edf5",
    land: ["#22335a", "#1a2848", "#131d36", "#0b1224"],
    water: ["#2c4a75", "#0a132b"],
  },
} as const satisfies Record<string, Light>;

/** The name of one of {@link lights}. */
export type LightName = keyof typeof lights;

/** Covers a canvas with a gradient that runs from one edge to the opposite one, from the top unless told otherwise. */
export function gradient(
  { width }: Canvas,
  colours: readonly string[],
  { top, bottom, id }: { readonly top: number; readonly bottom: number; readonly id: string },
): string {
  const stops = colours.map(
    (colour, index) => `<stop offset="${index / Math.max(1, colours.length - 1)}" stop-color="${colour}"/>`,
  );
  return (
    `<linearGradient id="${id}" x2="0" y2="1">${stops.join("")}</linearGradient>` +
    `<rect y="${top}" width="${width}" height="${bottom - top}" fill="url(#${id})"/>`
  );
}

/** The outline of a range of hills, filled down to the bottom. `rise` is how far its ridge goes up and down, in pixels. */
export function range(
  canvas: Canvas,
  { base, rise, waves, colour }: { base: number; rise: number; waves: number; colour: string },
): string {
  const { width, height } = canvas;
  const phases = [between(canvas, 0, 7), between(canvas, 0, 7), between(canvas, 0, 7)] as const;
  const steps = 90;
  const points = Array.from({ length: steps + 1 }, (_, index) => {
    const at = (index / steps) * 2 * Math.PI;
    const ridge =
      Math.sin(waves * at + phases[0]) +
      0.45 * Math.sin(2.7 * waves * at + phases[1]) +
      0.2 * Math.sin(7.3 * waves * at + phases[2]);
    return `${Math.round((index / steps) * width)},${Math.round(base - (rise * ridge) / 2)}`;
  });
  return `<polygon fill="${colour}" points="0,${height} ${points.join(" ")} ${width},${height}"/>`;
}

/** A whole drawing, as the text of an SVG file. */
export function drawing(scene: Scene, canvas: Canvas): string {
  const { width, height } = canvas;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${scene(canvas).join("")}</svg>`;
}

import { cornerPicture } from "./files/corners.ts";
import { mapped, part, type Pixel, pixelOf, type Raster, rasterOf } from "./raster.ts";

/** A repeatable sequence of numbers from 0 to below 1 (a linear congruence, Numerical Recipes' constants). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function clamped(level: number): number {
  return Math.max(0, Math.min(255, Math.round(level)));
}

/** Whether a place is inked in rows of small strokes that look like text. */
function isInked(x: number, y: number): boolean {
  const [column, line] = [x >> 3, Math.floor(y / 12)];
  const [inX, inY] = [x & 7, y % 12];
  if (inX > 5 || inY > 8 || (column + line) % 7 === 0) return false;
  const glyph = Math.imul(column * 31 + line * 17 + 5, 2_654_435_761) >>> 0;
  const isStem = inX === (glyph & 3) || inX === ((glyph >> 2) & 3) + 2;
  return isStem || inY === (glyph >> 4) % 9 || inY === (glyph >> 8) % 9;
}

/** What photos are made of: a sky, textures, hard edges of strong colours, a page of text, noise over all. */
function photo(width: number, height: number): Raster {
  const next = numbers(width * 65_537 + height);
  return rasterOf(width, height, (x, y) => {
    const noise = (next() - 0.5) * 14;
    const [red, green, blue] = scene(x / width, y / height, x, y);
    return [clamped(red + noise), clamped(green + noise), clamped(blue + noise), 255];
  });
}

function scene(u: number, v: number, x: number, y: number): readonly [number, number, number] {
  const wave = 34 * Math.sin(x / 5) * Math.cos(y / 7) + 20 * Math.sin((x * y) / 900);
  if (Math.hypot(u - 0.3, (v - 0.35) * 0.75) < 0.14) return [214 + wave / 3, 62, 44];
  if (u > 0.62 && u < 0.95 && v > 0.52 && v < 0.92) return isInked(x, y) ? [28, 26, 34] : [238, 234, 222];
  if (v > 0.55 && Math.abs(u - 0.45) < (v - 0.5) * 0.4)
    return (x + y) % 18 < 9 ? [30, 120, 200] : [250, 220, 40];
  if (v < 0.5) return [120 + 90 * v, 165 + 60 * v, 240 - 40 * u];
  return [70 + 60 * u + wave, 118 + wave, 52 + 40 * v - wave / 2];
}

function circled(size: number, radius: number, inside: Pixel, outside: Pixel): Raster {
  return rasterOf(size, size, (x, y) =>
    Math.hypot(x - size / 2 + 0.5, y - size / 2 + 0.5) < radius ? inside : outside,
  );
}

function text(width: number, height: number): Raster {
  return rasterOf(width, height, (x, y) => (isInked(x, y) ? [20, 20, 28, 255] : [252, 252, 248, 255]));
}

function grey(raster: Raster): Raster {
  return mapped(raster, ([red, green, blue, alpha]) => {
    const level = clamped(0.299 * red + 0.587 * green + 0.114 * blue);
    return [level, level, level, alpha];
  });
}

/** Fewer colours: each channel in so many steps. */
function posterised(raster: Raster, steps: number): Raster {
  const step = (level: number): number =>
    Math.round((Math.round((level / 255) * (steps - 1)) * 255) / (steps - 1));
  return mapped(raster, ([red, green, blue, alpha]) => [step(red), step(green), step(blue), alpha]);
}

function faded(raster: Raster): Raster {
  const { width, height } = raster;
  const clear = (x: number, y: number): number => Math.hypot(x / width - 0.5, y / height - 0.5);
  return rasterOf(width, height, (x, y) => {
    const at = (y * width + x) * 4;
    const [red = 0, green = 0, blue = 0] = raster.data.subarray(at, at + 3);
    const alpha = clamped((0.52 - clear(x, y)) * 900);
    return alpha === 0 ? [0, 0, 0, 0] : [red, green, blue, alpha];
  });
}

/** As through a poor lens: each pixel is the mean of those around it. */
function softened(raster: Raster): Raster {
  const { width, height } = raster;
  return rasterOf(width, height, (x, y) => {
    const around = [-1, 0, 1].flatMap((dy) =>
      [-1, 0, 1].map((dx) =>
        pixelOf(raster, Math.min(width - 1, Math.max(0, x + dx)), Math.min(height - 1, Math.max(0, y + dy))),
      ),
    );
    const mean = (channel: 0 | 1 | 2): number =>
      Math.round(around.reduce((sum, pixel) => sum + pixel[channel], 0) / around.length);
    return [mean(0), mean(1), mean(2), 255];
  });
}

/** Colours of stripes that have nothing in common; every fifth is clear. */
function stripe(index: number): Pixel {
  const mixed = Math.imul(index + 1, 2_654_435_761) >>> 0;
  return [mixed & 255, (mixed >> 8) & 255, (mixed >> 16) & 255, index % 5 === 4 ? 0 : 255];
}

function noise(width: number, height: number): Raster {
  const next = numbers(7);
  const level = (): number => Math.floor(next() * 256);
  return rasterOf(width, height, () => [level(), level(), level(), 255]);
}

const makers = {
  photo: () => photo(320, 240),
  soft: () => softened(photo(320, 240)),
  wide: () => softened(photo(640, 360)),
  odd: () => photo(317, 211),
  large: () => photo(1100, 733),
  tall: () => photo(130, 410),
  mini: () => photo(64, 48),
  tiny: () => part(photo(320, 240), 80, 70, [16, 16]),
  small: () => part(photo(320, 240), 200, 140, [33, 17]),
  dot: () => rasterOf(1, 1, () => [200, 60, 40, 255]),
  column: () => part(photo(320, 240), 90, 60, [1, 33]),
  row: () => part(photo(320, 240), 60, 80, [35, 1]),
  few: () => part(photo(320, 240), 92, 62, [7, 5]),
  flat: () => rasterOf(64, 48, () => [200, 60, 40, 255]),
  plain: () => rasterOf(640, 480, () => [40, 110, 190, 255]),
  icon: () => circled(48, 19, [30, 120, 200, 255], [250, 220, 40, 255]),
  sticker: () => circled(160, 50, [200, 60, 40, 255], [0, 0, 0, 0]),
  text: () => text(320, 240),
  grey: () => grey(photo(320, 240)),
  greyodd: () => grey(photo(61, 43)),
  corners: cornerPicture,
  stripes: () => rasterOf(91, 40, (x) => stripe(x >> 3)),
  stripe: () => rasterOf(94, 1, (x) => stripe(x >> 3)),
  ramp: () => rasterOf(13, 73, (x) => [(x * 7) & 255, (x * 7) & 255, (x * 7) & 255, 255]),
  ramprow: () => rasterOf(13, 1, (x) => [(x * 7) & 255, (x * 7) & 255, (x * 7) & 255, 255]),
  noise: () => noise(96, 80),
  alpha: () => faded(photo(320, 240)),
  alphaodd: () => faded(photo(75, 53)),
  colours: () => posterised(photo(320, 240), 6),
  eight: () => posterised(photo(161, 93), 2),
  bilevel: () => posterised(grey(photo(163, 97)), 2),
} as const satisfies Readonly<Record<string, () => Raster>>;

/** The name of a picture that tools are given. */
export type SourceName = keyof typeof makers;

const made = new Map<SourceName, Raster>();

/** A picture by its name; it is the same every time. */
export function source(name: SourceName): Raster {
  const before = made.get(name);
  if (before !== undefined) return before;
  const raster = makers[name]();
  made.set(name, raster);
  return raster;
}

/** Whether there is a picture of this name. */
export function isSourceName(name: string): name is SourceName {
  return Object.hasOwn(makers, name);
}

/** The names of all pictures. */
export const sourceNames: readonly SourceName[] = Object.keys(makers).filter(isSourceName);

import { byteAt, floatAt } from "../number-at.ts";
import { type GreyPicture, type Part, whole } from "./plane.ts";

/** A picture whose border is looked for. */
export interface BorderedPicture {
  readonly width: number;
  readonly height: number;
  /** The shade of a pixel, 0 to 255. */
  shadeAt(x: number, y: number): number;
}

/** A border takes at most this share of the side at each end: of a wide picture it may be 2 % of the longer side. */
export const widestBorder = 0.06;
/** Of a line of a border so many pixels have its shade, */
const plainShare = 0.9;
/** but for so much; */
const plainSpread = 24;
/** and of the first line of the picture behind it at most so many: else it is a sky or a wall that ends nowhere. */
const mostPlainBehind = 0.6;
/** Where border and picture meet so many lines may have something of both. */
const blendedLines = 2;

/**
 * The part of a picture that is not its border: at both ends of the sides, or of the height, or of both, a few lines of one
 * shade, as many at the one end as at the other. Most pictures have none.
 */
export function withinBorder(picture: BorderedPicture): Part {
  const { width, height } = picture;
  const columns = borderLines(width, height, (line, pixel) => picture.shadeAt(line, pixel));
  const rows = borderLines(height, width, (line, pixel) => picture.shadeAt(pixel, line));
  if (columns === null && rows === null) return whole;
  const [first, last] = columns ?? [0, 0];
  const [upper, lower] = rows ?? [0, 0];
  return {
    left: first / width,
    right: 1 - last / width,
    top: upper / height,
    bottom: 1 - lower / height,
  };
}

/** The same of a picture in shades of grey. */
export function withinGreyBorder({ width, height, luma }: GreyPicture): Part {
  return withinBorder({ width, height, shadeAt: (x, y) => byteAt(luma, y * width + x) });
}

type ShadeAt = (line: number, pixel: number) => number;

/** The plain lines at an end of an axis. */
interface PlainEnd {
  readonly lines: number;
  /** Whether a picture begins behind them. A border before a sky of its own shade does not end. */
  readonly isEnded: boolean;
}

/** How many of `count` lines, each of `length` pixels, are border at both ends; null where there is none. */
function borderLines(count: number, length: number, shadeAt: ShadeAt): readonly [number, number] | null {
  const most = Math.floor(count * widestBorder);
  const shade = usualShade(length, (pixel) => shadeAt(0, pixel));
  const plainAt = (line: number): number => shareOf(length, shade, (pixel) => shadeAt(line, pixel));
  const first = plainEnd(most, plainAt);
  if (first.lines === 0) return null;
  const last = plainEnd(most, (line) => plainAt(count - 1 - line));
  if (first.isEnded && last.isEnded) {
    const isEven = Math.abs(first.lines - last.lines) <= Math.max(2, 0.3 * first.lines);
    return isEven ? [first.lines, last.lines] : null;
  }
  if (first.isEnded && last.lines >= first.lines) return [first.lines, first.lines];
  return last.isEnded && first.lines >= last.lines ? [last.lines, last.lines] : null;
}

function plainEnd(most: number, plainAt: (line: number) => number): PlainEnd {
  let lines = 0;
  while (lines <= most && plainAt(lines) >= plainShare) lines++;
  if (lines === 0 || lines > most) return { lines, isEnded: false };
  const behind = Math.min(...Array.from({ length: blendedLines }, (_, i) => plainAt(lines + 1 + i)));
  return { lines, isEnded: behind <= mostPlainBehind };
}

/** The middle one of the shades of a line. */
function usualShade(length: number, shadeAt: (pixel: number) => number): number {
  const shades = Float32Array.from({ length }, (_, pixel) => shadeAt(pixel)).sort();
  return floatAt(shades, length >> 1);
}

/** How many of a line's pixels have a shade, as a share of all. */
function shareOf(length: number, shade: number, shadeAt: (pixel: number) => number): number {
  let near = 0;
  for (let pixel = 0; pixel < length; pixel++) {
    if (Math.abs(shadeAt(pixel) - shade) <= plainSpread) near++;
  }
  return near / length;
}

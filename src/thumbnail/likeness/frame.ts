import { byteAt } from "../number-at.ts";
import type { Placement } from "./align.ts";
import type { GreyPicture, Part } from "./plane.ts";

/** How far the other picture reaches beyond a picture at both ends of an axis, in shares of the side; negative where it ends before. */
interface Overhang {
  readonly start: number;
  readonly end: number;
}

/** Edges that lie on each other do so but for this share of the side, */
const exactShare = 0.003;
/** and for so much of a pixel of the picture that has fewer. */
const exactPixels = 0.4;
/** A border takes at most this share of the side at each end: of a wide picture it may be 2 % of the longer side. */
const widestBorder = 0.06;
/** Nine tenths of the pixels of a border have one shade, but for so much. */
const borderSpread = 16;
const borderShare = 0.9;
/** The innermost pixels of a border, which may have something of the picture. */
const blendedPixels = 0.75;

function overhangsOf(placement: Placement): { across: Overhang; down: Overhang } {
  const [x0 = 0, x1 = 0, , y0 = 0, , y2 = 0] = placement;
  return {
    across: { start: (x0 - x1) / 2, end: -(x0 + x1) / 2 },
    down: { start: (y0 - y2) / 2, end: -(y0 + y2) / 2 },
  };
}

/**
 * Whether two pictures show the same frame: they end at the same places, or one has a border around
 * the other, and neither is skewed. The next frame of a burst has something new at one edge, and has lost something at the
 * edge opposite.
 */
export function isSameFrame(
  placement: Placement,
  [picture, other]: readonly [GreyPicture, GreyPicture],
): boolean {
  const [, , x2 = 0, , y1 = 0] = placement;
  const exactAcross = exactShare + exactPixels / Math.min(picture.width, other.width);
  const exactDown = exactShare + exactPixels / Math.min(picture.height, other.height);
  if (Math.abs(x2) > 2 * exactAcross || Math.abs(y1) > 2 * exactDown) return false;
  const { across, down } = overhangsOf(placement);
  const bordered = (overhang: Overhang): GreyPicture => (overhang.start > 0 ? other : picture);
  return (
    (endsMeet(across, exactAcross) || isBorder(across, exactAcross, columnsOf(bordered(across)))) &&
    (endsMeet(down, exactDown) || isBorder(down, exactDown, rowsOf(bordered(down))))
  );
}

function endsMeet({ start, end }: Overhang, exact: number): boolean {
  return Math.max(Math.abs(start), Math.abs(end)) <= exact;
}

/** A picture's pixels by lines that are parallel to two of its edges. */
interface Lines {
  readonly luma: Uint8Array;
  /** How many lines there are, and how many pixels in each. */
  readonly count: number;
  readonly length: number;
  /** From one line to the next, and from one pixel of a line to the next, in bytes. */
  readonly lineStep: number;
  readonly pixelStep: number;
}

function columnsOf({ luma, width, height }: GreyPicture): Lines {
  return { luma, count: width, length: height, lineStep: 1, pixelStep: width };
}

function rowsOf({ luma, width, height }: GreyPicture): Lines {
  return { luma, count: height, length: width, lineStep: width, pixelStep: 1 };
}

/** Whether what reaches over at both ends is a border: alike wide, narrow, and of one shade. */
function isBorder({ start, end }: Overhang, exact: number, lines: Lines): boolean {
  if (Math.max(Math.abs(start), Math.abs(end)) > widestBorder || Math.abs(start - end) > exact) return false;
  const [first, last] = [start, end].map((share) =>
    Math.max(1, Math.floor(Math.abs(share) * lines.count - blendedPixels)),
  );
  if (first === undefined || last === undefined) return false;
  return isPlain(lines, 0, first) && isPlain(lines, lines.count - last, last);
}

/** Whether some lines are of one shade. */
function isPlain(lines: Lines, from: number, count: number): boolean {
  const shades = new Uint8Array(count * lines.length);
  for (let line = 0; line < count; line++) {
    for (let pixel = 0; pixel < lines.length; pixel++) {
      const at = (from + line) * lines.lineStep + pixel * lines.pixelStep;
      shades[line * lines.length + pixel] = byteAt(lines.luma, at);
    }
  }
  const usual = shades.toSorted()[shades.length >> 1] ?? 0;
  const near = shades.reduce((sum, shade) => sum + (Math.abs(shade - usual) <= borderSpread ? 1 : 0), 0);
  return near >= borderShare * shades.length;
}

/** The parts that a picture and another one have in common, each in shares of its own sides, where they show the same frame. */
export function commonParts(placement: Placement): readonly [ofPicture: Part, ofOther: Part] {
  const { across, down } = overhangsOf(placement);
  const [columns, rows] = [commonSpans(across), commonSpans(down)];
  return [
    { left: columns[0], right: columns[1], top: rows[0], bottom: rows[1] },
    { left: columns[2], right: columns[3], top: rows[2], bottom: rows[3] },
  ];
}

/** Where what is common begins and ends on a side of the picture, and of the other one. */
function commonSpans({ start, end }: Overhang): readonly [number, number, number, number] {
  const [from, to] = [Math.max(0, start), Math.min(1, 1 - end)];
  const length = 1 - start - end;
  return [(from - start) / length, (to - start) / length, from, to];
}

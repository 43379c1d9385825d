import type { Orientation } from "../../core/orientation.ts";
import { byteAt } from "../number-at.ts";
import { align, type Alignment, placementOfWhole } from "./align.ts";
import { withinGreyBorder } from "./border.ts";
import { isSameDetail } from "./detail.ts";
import { commonParts, isSameFrame } from "./frame.ts";
import { type GreyPicture, type Part, rendered, type Size, whole } from "./plane.ts";
import { rankedCurve, toned } from "./tone.ts";
import { inverseTurn, turnedPicture } from "./turn.ts";

export type { GreyPicture } from "./plane.ts";

/** The greatest distance of hashes, in bits of 256, at which two pictures are looked at together. */
export const likenessRadius = 64;

/** Pictures of a lower quality than this are too flat to be told from one another. */
export const leastQuality = 50;

/** Pictures are compared with at most so many pixels along the longer side. */
const comparedSide = 128;
/** What lies so near to the edges (a share of each side) may be a border, which says nothing of the picture's shades. */
const marginShare = 0.06;
/** Sides whose proportion differs by more than this show different pictures: a border changes it by less. */
const mostSquashed = 0.08;
/** Pictures that are less alike than this where they lie on each other best are others. */
const leastCorrelation = 0.7;

/** Why two files do not show the same picture: in the order in which that is found out, which is from cheap to dear. */
export type Unlikeness = "proportions" | "picture" | "frame" | "detail";

/**
 * Whether two files show the same picture (resized, saved again, turned, mirrored, with a thin border), and not merely one
 * like it, such as the next of a burst. `turn` is how `other` is to be turned to look like `picture`, as their hashes say.
 */
export function isSamePicture(picture: GreyPicture, other: GreyPicture, turn: Orientation): boolean {
  return unlikenessOf(picture, other, turn) === null;
}

/** The same, with what tells the pictures apart; null where nothing does. */
export function unlikenessOf(picture: GreyPicture, other: GreyPicture, turn: Orientation): Unlikeness | null {
  // The answer must not depend on which of them is asked about, so that one of them always goes first.
  const order = compare(picture, other);
  if (order === 0 && turn === 1) return null;
  const isInOrder = order < 0 || (order === 0 && turn <= inverseTurn(turn));
  if (isInOrder) return unlikenessOfPair(picture, turnedPicture(other, turn));
  return unlikenessOfPair(other, turnedPicture(picture, inverseTurn(turn)));
}

/** An order of pictures, whatever it is. */
function compare(one: GreyPicture, two: GreyPicture): number {
  if (one.width !== two.width) return one.width - two.width;
  if (one.height !== two.height) return one.height - two.height;
  const first = one.luma.findIndex((shade, i) => shade !== two.luma[i]);
  return first === -1 ? 0 : byteAt(one.luma, first) - byteAt(two.luma, first);
}

function unlikenessOfPair(picture: GreyPicture, other: GreyPicture): Unlikeness | null {
  const proportion = (picture.width * other.height) / (picture.height * other.width);
  const size = commonSize(picture, other);
  // A side of few pixels is rounded to whole ones.
  const rounding = 1.5 / Math.min(picture.width, picture.height, other.width, other.height);
  if (Math.abs(Math.log(proportion)) > mostSquashed + rounding) return "proportions";

  const { placement, correlation } = placeOn(picture, other, size);
  if (!(correlation >= leastCorrelation)) return "picture";
  if (!isSameFrame(placement, [picture, other])) return "frame";
  const [part, otherPart] = commonParts(placement);
  return isSameDetail(rendered(picture, size, part), rendered(other, size, otherPart)) ? null : "detail";
}

/** Finds how a picture lies on another one: as they are, or without the borders that they have. */
function placeOn(picture: GreyPicture, other: GreyPicture, size: Size): Alignment {
  const asTheyAre = placePart([picture, whole], [other, whole], size);
  const [part, otherPart] = [withinGreyBorder(picture), withinGreyBorder(other)];
  if (part === whole && otherPart === whole) return asTheyAre;
  const within = placePart([picture, part], [other, otherPart], size);
  return within.correlation > asTheyAre.correlation ? within : asTheyAre;
}

type PictureWithPart = readonly [GreyPicture, Part];

function placePart(
  [picture, part]: PictureWithPart,
  [other, otherPart]: PictureWithPart,
  size: Size,
): Alignment {
  const one = rendered(picture, size, part);
  const two = rendered(other, size, otherPart);
  const { placement, correlation } = align(one, toned(two, rankedCurve(two, one, marginShare)));
  return { placement: placementOfWhole(placement, part, otherPart), correlation };
}

/** A size that both pictures have pixels for. */
function commonSize(picture: GreyPicture, other: GreyPicture): Size {
  const [width, height] = [Math.min(picture.width, other.width), Math.min(picture.height, other.height)];
  const shrink = Math.max(1, Math.max(width, height) / comparedSide);
  return { width: Math.max(1, Math.round(width / shrink)), height: Math.max(1, Math.round(height / shrink)) };
}

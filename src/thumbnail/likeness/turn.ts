import type { Orientation } from "../../core/orientation.ts";
import { uprightWalk } from "../raster/geometry.ts";
import { byteAt } from "../number-at.ts";
import type { GreyPicture } from "./plane.ts";

/** A picture turned as an orientation says. */
export function turnedPicture(picture: GreyPicture, turn: Orientation): GreyPicture {
  if (turn === 1) return picture;
  const isSideways = turn >= 5;
  const width = isSideways ? picture.height : picture.width;
  const height = isSideways ? picture.width : picture.height;
  const { first, stepX, stepY } = uprightWalk({ width, height, orientation: turn });
  const luma = new Uint8Array(width * height);
  for (let y = 0, from = 0; y < picture.height; y++) {
    let to = first + y * stepY;
    for (let x = 0; x < picture.width; x++, from++, to += stepX) luma[to] = byteAt(picture.luma, from);
  }
  return { width, height, luma };
}

/** The turn that takes a turn back. */
export function inverseTurn(turn: Orientation): Orientation {
  if (turn === 6) return 8;
  return turn === 8 ? 6 : turn;
}

import type { Attachment } from "svelte/attachments";
import { blurOf } from "../../grid/cell/thumbhash.ts";

/** Draws the thumbhash of a photo on a canvas, which the page stretches to the size of the picture. */
export function placeholder(thumbhash: string): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const blur = blurOf(thumbhash);
    if (blur === null) return;
    const { width, height, pixels } = blur;
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
  };
}

import type { Attachment } from "svelte/attachments";
import { thumbHashToRGBA } from "thumbhash";

/** Draws the thumbhash of a photo on a canvas, which the page stretches to the size of the picture. */
export function placeholder(thumbhash: string): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const bytes = Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0));
    const { w: width, h: height, rgba } = thumbHashToRGBA(bytes);
    canvas.width = width;
    canvas.height = height;
    const pixels = new ImageData(new Uint8ClampedArray(rgba), width, height);
    canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  };
}

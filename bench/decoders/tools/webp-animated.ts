import { type CodingTool, picture, tolerances } from "../tool.ts";

/** An animation: its thumbnail is its first picture, on its whole canvas. */
function animated(name: string, ...lines: readonly string[]): CodingTool {
  return {
    name: `webp/animated-${name}`,
    mediaType: "image/webp",
    coding: { lines },
    truth: { kind: "sharp" },
    tolerance: tolerances.coded,
    expect: picture,
  };
}

const still = "cwebp -quiet -q 75 icon.png -o still.webp";
const stillLossless = "cwebp -quiet -lossless icon.png -o still.webp";
const stillClear = "cwebp -quiet -q 75 alphaodd.png -o still.webp";
const canvas = "cwebp -quiet -q 75 sticker.png -o canvas.webp";
const frames = "convert -dispose previous -delay 10 photo.png -page +40+30 icon.png frames.gif";
const stickerFrames = "convert -dispose background -delay 10 sticker.png -page +4+6 icon.png frames.gif";

/** Animated WebP (RFC 9649, 2.7.1.1) by img2webp, gif2webp and webpmux. */
export const animatedWebpTools: readonly CodingTool[] = [
  animated("img2webp", "img2webp -lossy -d 50 photo.png alpha.png -o out.webp"),
  animated("img2webp-lossless", "img2webp -lossless -d 50 photo.png alpha.png -o out.webp"),
  animated("img2webp-mixed", "img2webp -mixed -d 50 photo.png alpha.png -o out.webp"),
  animated("img2webp-smallest", "img2webp -min_size -lossy -d 50 sticker.png sticker.png -o out.webp"),
  animated("img2webp-alpha", "img2webp -lossy -d 50 alpha.png photo.png -o out.webp"),
  animated("img2webp-sticker", "img2webp -lossy -d 50 sticker.png sticker.png -o out.webp"),
  animated("img2webp-sticker-lossless", "img2webp -lossless -d 50 sticker.png sticker.png -o out.webp"),
  animated("gif2webp", frames, "gif2webp -quiet frames.gif -o out.webp"),
  animated("gif2webp-lossy", frames, "gif2webp -quiet -lossy frames.gif -o out.webp"),
  animated("gif2webp-mixed", frames, "gif2webp -quiet -mixed frames.gif -o out.webp"),
  animated("gif2webp-sticker", stickerFrames, "gif2webp -quiet frames.gif -o out.webp"),
  animated("gif2webp-sticker-lossy", stickerFrames, "gif2webp -quiet -lossy frames.gif -o out.webp"),
  animated(
    "small-first",
    still,
    canvas,
    "webpmux -frame still.webp +50+20+30 -frame canvas.webp +50+0+0 -o out.webp",
  ),
  animated(
    "small-first-lossless",
    stillLossless,
    canvas,
    "webpmux -frame still.webp +50+20+30 -frame canvas.webp +50+0+0 -o out.webp",
  ),
  animated(
    "small-first-clear",
    stillClear,
    canvas,
    "webpmux -frame still.webp +50+20+30 -frame canvas.webp +50+0+0 -o out.webp",
  ),
  animated(
    "small-first-background",
    still,
    canvas,
    "webpmux -frame still.webp +50+20+30 -frame canvas.webp +50+0+0 -bgcolor 255,0,0,255 -o out.webp",
  ),
  animated(
    "small-first-disposed",
    still,
    canvas,
    "webpmux -frame still.webp +50+20+30+1-b -frame canvas.webp +50+0+0+0+b -o out.webp",
  ),
  animated(
    "small-first-corner",
    still,
    canvas,
    "webpmux -frame still.webp +50+112+112 -frame canvas.webp +50+0+0 -o out.webp",
  ),
  animated("only-small", still, "webpmux -frame still.webp +50+20+30 -o out.webp"),
  animated(
    "small-second",
    still,
    canvas,
    "webpmux -frame canvas.webp +50+0+0 -frame still.webp +50+20+30 -o out.webp",
  ),
  animated(
    "one-segment",
    "cwebp -quiet -segments 1 photo.png -o still.webp",
    "webpmux -frame still.webp +50+0+0 -frame still.webp +50+0+0 -o out.webp",
  ),
];

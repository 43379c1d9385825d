import { overlaid } from "../raster.ts";
import { type SourceName, source } from "../sources.ts";
import { type CodingTool, picture, tolerances } from "../tool.ts";

function gif(name: string, ...lines: readonly string[]): CodingTool {
  return {
    name: `gif/${name}`,
    mediaType: "image/gif",
    coding: { lines },
    truth: { kind: "sharp" },
    tolerance: tolerances.exact,
    expect: picture,
  };
}

/** A picture at a place of a larger screen; what it leaves free is clear, whatever the background colour is. */
function placed(
  name: string,
  from: SourceName,
  [x, y, width, height]: readonly [number, number, number, number],
  ...lines: readonly string[]
): CodingTool {
  return {
    ...gif(name, ...lines),
    truth: { kind: "picture", picture: () => overlaid(source(from), x, y, [width, height]) },
  };
}

/** GIF (GIF89a, 18–26) by ImageMagick, netpbm and ffmpeg. */
export const gifTools: readonly CodingTool[] = [
  ...[
    "photo",
    "odd",
    "large",
    "tall",
    "tiny",
    "small",
    "dot",
    "column",
    "row",
    "few",
    "flat",
    "icon",
    "text",
    "noise",
    "grey",
    "colours",
    "eight",
    "bilevel",
    "sticker",
    "alpha",
  ].flatMap((from) => [
    gif(from, `convert ${from}.png out.gif`),
    gif(`${from}-interlaced`, `convert ${from}.png -interlace GIF out.gif`),
  ]),
  gif("netpbm", "pamtogif eight.ppm > out.gif"),
  gif("netpbm-interlaced", "pamtogif -interlace eight.ppm > out.gif"),
  gif("netpbm-plain", "pamtogif -noclear eight.ppm > out.gif"),
  gif("netpbm-uncompressed", "pamtogif -nolzw eight.ppm > out.gif"),
  gif("netpbm-sorted", "pamtogif -sort eight.ppm > out.gif"),
  gif("netpbm-clear", "pamtogif -transparent=#ff0000 eight.ppm > out.gif"),
  gif("ffmpeg", "ffmpeg -y -loglevel error -i photo.png out.gif"),
  gif("ffmpeg-clear", "ffmpeg -y -loglevel error -i alpha.png out.gif"),
  gif("two-frames", "convert -delay 10 photo.png alpha.png out.gif"),
  gif("local-palettes", "convert -delay 10 photo.png grey.png +map out.gif"),
  placed(
    "small-first",
    "icon",
    [40, 30, 160, 160],
    "convert -page 160x160+40+30 icon.png -page 160x160+0+0 sticker.png out.gif",
  ),
  placed(
    "small-first-interlaced",
    "icon",
    [41, 31, 160, 160],
    "convert -interlace GIF -page 160x160+41+31 icon.png -page 160x160+0+0 sticker.png out.gif",
  ),
  placed(
    "small-first-clear",
    "sticker",
    [20, 30, 200, 200],
    "convert -page 200x200+20+30 sticker.png -page 200x200+0+0 sticker.png out.gif",
  ),
  placed(
    "small-first-background",
    "icon",
    [40, 30, 160, 160],
    "convert -background red -page 160x160+40+30 icon.png -page 160x160+0+0 sticker.png out.gif",
  ),
  placed("only-small", "icon", [10, 20, 100, 90], "convert -page 100x90+10+20 icon.png out.gif"),
  placed("only-small-corner", "icon", [112, 112, 160, 160], "convert -page 160x160+112+112 icon.png out.gif"),
  gif(
    "disposed-to-background",
    "convert -dispose background -delay 10 sticker.png -page +4+6 icon.png out.gif",
  ),
  gif("disposed-to-previous", "convert -dispose previous -delay 10 sticker.png -page +4+6 icon.png out.gif"),
  gif("larger-than-screen", "convert -page 30x30+0+0 icon.png out.gif"),
];

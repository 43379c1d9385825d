import type { CodingTool } from "../tool.ts";
import { avifTools } from "./avif.ts";
import { aomTools } from "./avif-aom.ts";
import { bmpTools } from "./bmp.ts";
import { gifTools } from "./gif.ts";
import { heicTools } from "./heic.ts";
import { jpegTools } from "./jpeg.ts";
import { pngTools } from "./png.ts";
import { madeTiffTools } from "./tiff/made.ts";
import { lossyTiffTools } from "./tiff/lossy.ts";
import { tiffPageTools } from "./tiff/pages.ts";
import { tiffTools } from "./tiff/libtiff.ts";
import { animatedWebpTools } from "./webp-animated.ts";
import { webpTools } from "./webp.ts";

/** Every coding tool that is tried, format by format. */
export const codingTools: readonly CodingTool[] = [
  ...avifTools,
  ...aomTools,
  ...heicTools,
  ...webpTools,
  ...animatedWebpTools,
  ...tiffTools,
  ...lossyTiffTools,
  ...madeTiffTools,
  ...tiffPageTools,
  ...pngTools,
  ...gifTools,
  ...bmpTools,
  ...jpegTools,
];

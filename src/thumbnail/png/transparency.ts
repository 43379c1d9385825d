import { type ColourMeaning, convertPixels } from "../colour/convert.ts";
import type { DecodedPicture } from "../raster/decoder.ts";
import { uprightWalk } from "../raster/geometry.ts";
import { COLOUR_GRAY } from "../kernel/layout.ts";
import type { Kernel } from "../raster/kernel.ts";

/**
 * Makes a picture sRGB and lays it on white. Its colours have been multiplied by the alpha, which is the last of its
 * planes. The conversion comes first: what shines through is the white of sRGB, and in between is a mean of sRGB's
 * levels, as browsers show it.
 */
export function layOnWhite(kernel: Kernel, { rgb, source }: DecodedPicture, meaning: ColourMeaning): void {
  const alphas = uprightAlpha(kernel, source);
  const pixels = kernel.u8(rgb.address, rgb.width * rgb.height * 3);
  for (let at = 0; at < pixels.length; at++) {
    const alpha = alphas[Math.floor(at / 3)] ?? 0;
    if (alpha < 255)
      pixels[at] = alpha === 0 ? 0 : Math.min(255, Math.round(((pixels[at] ?? 0) * 255) / alpha));
  }
  convertPixels(pixels, meaning);
  for (let at = 0; at < pixels.length; at++) {
    const alpha = alphas[Math.floor(at / 3)] ?? 0;
    if (alpha < 255) pixels[at] = Math.round(((pixels[at] ?? 0) * alpha + 255 * (255 - alpha)) / 255);
  }
}

function uprightAlpha(kernel: Kernel, { geometry, channels, colour }: DecodedPicture["source"]): Uint8Array {
  const { storedWidth, storedHeight } = geometry;
  const plane = colour === COLOUR_GRAY ? 1 : 3;
  // Set aside before the views, which are void afterwards.
  const address = kernel.allocate(storedWidth * storedHeight);
  const stored = kernel.u8(channels.planes + plane * channels.planeBytes, storedWidth * storedHeight);
  const { first, stepX, stepY } = uprightWalk(geometry);
  const upright = kernel.u8(address, stored.length);
  for (let y = 0; y < storedHeight; y++) {
    for (let x = 0; x < storedWidth; x++) {
      upright[first + x * stepX + y * stepY] = stored[y * storedWidth + x] ?? 0;
    }
  }
  return upright;
}

import type { Channels } from "./channels.ts";
import type { DecodedPicture } from "./decoder.ts";
import { type Geometry, uprightWalk } from "./geometry.ts";
import type { Kernel } from "./kernel.ts";

/** The thumbnail's planes → upright RGB. `colour` is one of the layout's `COLOUR_` numbers. */
export function finishPicture(
  kernel: Kernel,
  geometry: Geometry,
  channels: Channels,
  colour: number,
): DecodedPicture {
  const { width, height, storedWidth, storedHeight } = geometry;
  const address = kernel.allocate(width * height * 3);
  const { first, stepX, stepY } = uprightWalk(geometry);
  const { planes, planeBytes } = channels;
  kernel.run.planesToRgb(
    planes,
    planeBytes,
    storedWidth,
    storedHeight,
    colour,
    address,
    first * 3,
    stepX * 3,
    stepY * 3,
  );
  return {
    rgb: { address, width, height },
    spare: { at: planes, bytes: planeBytes * channels.list.length },
    source: { geometry, channels, colour },
  };
}

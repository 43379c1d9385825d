import type { Channels } from "../raster/channels.ts";
import type { DecodedPicture } from "../raster/decoder.ts";
import { finishPicture } from "../raster/finish.ts";
import type { Geometry } from "../raster/geometry.ts";
import { COLOUR_CMYK, COLOUR_CMYK_INVERTED, COLOUR_GRAY, COLOUR_RGB } from "../kernel/layout.ts";
import type { Kernel } from "../raster/kernel.ts";
import type { RowSink } from "../raster/rows.ts";
import { convertChroma } from "./chroma.ts";
import { convertLab } from "./lab.ts";
import type { Page } from "./directory/page.ts";

/** The thumbnail of rows that were painted: their colours as `Painter` has them. */
export function finishSinks(
  kernel: Kernel,
  geometry: Geometry,
  page: Page,
  sinks: readonly RowSink[],
): DecodedPicture {
  return finishPlanes(kernel, geometry, page, { channels: joinChannels(kernel, sinks), isTurned: true });
}

/** The thumbnail of planes; `isTurned` says whether the page's masks were applied to them. */
export function finishPlanes(
  kernel: Kernel,
  geometry: Geometry,
  page: Page,
  made: { readonly channels: Channels; readonly isTurned: boolean },
): DecodedPicture {
  const { channels, isTurned } = made;
  const samples = geometry.storedWidth * geometry.storedHeight;
  const plane = (i: number) => kernel.u8(channels.planes + i * channels.planeBytes, samples);
  if (page.kind === "inks") {
    return finishPicture(kernel, geometry, channels, isTurned ? COLOUR_CMYK_INVERTED : COLOUR_CMYK);
  }
  if (page.kind === "grey") {
    const mask = isTurned ? 0 : (page.masks[0] ?? 0);
    const levels = plane(0);
    for (let i = 0; i < samples; i++) levels[i] = (levels[i] ?? 0) ^ mask;
    return finishPicture(kernel, geometry, channels, COLOUR_GRAY);
  }
  if (page.kind === "ycc" && page.chroma !== null) convertChroma([plane(0), plane(1), plane(2)], page.chroma);
  if (page.kind === "lab") convertLab([plane(0), plane(1), plane(2)]);
  return finishPicture(kernel, geometry, channels, COLOUR_RGB);
}

/** Planes of several sinks, put one behind the other. */
function joinChannels(kernel: Kernel, sinks: readonly RowSink[]): Channels {
  const list = sinks.flatMap(({ channels }) => channels.list);
  const [first] = sinks;
  if (first === undefined) throw new Error("a picture has at least one plane");
  const { planeBytes } = first.channels;
  if (sinks.length === 1) return first.channels;
  const planes = kernel.allocate(planeBytes * list.length);
  let at = planes;
  for (const { channels } of sinks) {
    const bytes = planeBytes * channels.list.length;
    kernel.write(at, kernel.u8(channels.planes, bytes));
    at += bytes;
  }
  return { list, planes, planeBytes };
}

import { maxPixels } from "../budget.ts";
import { type Channels, openChannels } from "../raster/channels.ts";
import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../raster/decoder.ts";
import { finishPicture } from "../raster/finish.ts";
import { fitPicture, type Geometry } from "../raster/geometry.ts";
import {
  COLOUR_CMYK,
  COLOUR_CMYK_INVERTED,
  COLOUR_GRAY,
  COLOUR_RGB,
  COLOUR_YCC,
  COLOUR_YCCK_INVERTED,
  INPUT_BYTES,
} from "../kernel/layout.ts";
import type { Kernel } from "../raster/kernel.ts";
import { corrupt, unsupported } from "../types.ts";
import { type FrameLayout, placeComponent, planFrame } from "./components.ts";
import {
  type FoundScan,
  type Frame,
  findHeight,
  findStart,
  initialState,
  type JpegState,
  nextScan,
  profileOf,
} from "./header.ts";
import { decodeScans } from "./scans.ts";

/** Bytes of the kernel's constants, see `open` in `kernel/index.ts`. */
const constantBytes = 1024;

/**
 * JPEG of any size: baseline, extended and progressive Huffman, 8 bits (ITU-T T.81). Reads at 1/8, 1/4, 1/2 or
 * 1/1, so that time and memory follow the thumbnail. Files that break off give what there is.
 */
export const jpegDecoder: ThumbnailDecoder = {
  name: "jpeg",
  accepts: (contentType) => contentType === "image/jpeg",
  decode: decodeJpeg,
};

/** The components of a picture, each shrunk to the thumbnail's size, and what the file says of them. */
export interface JpegPlanes {
  readonly geometry: Geometry;
  readonly channels: Channels;
  readonly frame: Frame;
  readonly state: JpegState;
}

function decodeJpeg(job: DecodeJob): DecodedPicture {
  const { facts, variant, kernel } = job;
  const planes = decodePlanes(kernel, job.bytes, initialState(), ({ width, height }) =>
    fitPicture(width, height, facts.orientation, variant),
  );
  const { geometry, channels, frame, state } = planes;
  const picture = finishPicture(kernel, geometry, channels, colourOf(frame, state));
  return { ...picture, profile: profileOf(state) };
}

/** Decodes the components of a JPEG stream to what `fit` makes of the frame; `state` has tables that came before it. */
export function decodePlanes(
  kernel: Kernel,
  bytes: Uint8Array,
  state: JpegState,
  fit: (frame: Frame) => Geometry,
): JpegPlanes {
  const first = nextScan(bytes, findStart(bytes), state);
  if (first === undefined) throw corrupt("The file has no picture data.");
  const frame = completeFrame(bytes, first, state);
  const geometry = fit(frame);
  const layout = planFrame(frame, geometry);
  const input = kernel.allocate(INPUT_BYTES);
  const constants = kernel.allocate(constantBytes);
  const channels = openChannels(
    kernel,
    geometry,
    layout.components.map(({ plane }) => plane),
  );
  const records = placeComponents(kernel, layout, channels.list, frame.progressive);
  kernel.run.open(input, constants);
  kernel.write(constants + 512, basis);
  kernel.u8(channels.planes, channels.planeBytes * records.length).fill(128);
  decodeScans({ bytes, kernel, state, frame, layout, records }, first);
  if (kernel.run.unitsDecoded.value === 0) throw corrupt("The file has no picture data.");
  return { geometry, channels, frame, state };
}

/** 1-D bases of the 2- and 4-point inverse transforms; see `kernel/transform.ts`. */
const basis = Float32Array.of(
  Math.cos(Math.PI / 4) / 2,
  Math.cos(Math.PI / 8) / 2,
  Math.cos((3 * Math.PI) / 8) / 2,
  Math.cos(Math.PI / 4) / 2,
  Math.cos(Math.PI / 8) / 2,
  Math.cos((3 * Math.PI) / 8) / 2,
);

function completeFrame(bytes: Uint8Array, first: FoundScan, state: JpegState): Frame {
  const { frame: told } = state;
  if (told === undefined) throw corrupt("The file has no frame header.");
  const frame = told.height === 0 ? { ...told, height: findHeight(bytes, first.dataAt) } : told;
  if (frame.height === 0) throw corrupt("The file does not tell its height.");
  if (frame.width * frame.height > maxPixels) {
    throw unsupported(
      "too_many_pixels",
      `The picture has ${frame.width} × ${frame.height} pixels, too many to decode.`,
    );
  }
  return frame;
}

function placeComponents(
  kernel: Kernel,
  layout: FrameLayout,
  channels: Parameters<typeof placeComponent>[2][],
  progressive: boolean,
): number[] {
  return layout.components.flatMap((component, i) => {
    const channel = channels[i];
    return channel !== undefined ? [placeComponent(kernel, component, channel, progressive)] : [];
  });
}

/** What the components mean: by Adobe's marker (T.872, 6.5.3), JFIF, else by their names. */
function colourOf(frame: Frame, state: JpegState): number {
  const { adobeTransform } = state;
  if (frame.components.length === 1) return COLOUR_GRAY;
  if (frame.components.length === 4) {
    if (adobeTransform === undefined) return COLOUR_CMYK;
    return adobeTransform === 2 ? COLOUR_YCCK_INVERTED : COLOUR_CMYK_INVERTED;
  }
  if (adobeTransform !== undefined) return adobeTransform === 0 ? COLOUR_RGB : COLOUR_YCC;
  const names = String.fromCharCode(...frame.components.map(({ id }) => id));
  return !state.isJfif && names === "RGB" ? COLOUR_RGB : COLOUR_YCC;
}

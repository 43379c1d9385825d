import type { DecodedPicture, DecodeJob } from "./decoder.ts";
import { finishPicture } from "./finish.ts";
import { fitPicture } from "./geometry.ts";
import { COLOUR_GRAY, COLOUR_RGB } from "../kernel/layout.ts";
import { openRows } from "./rows.ts";
import { corrupt } from "../types.ts";

/** A whole picture as another decoder leaves it: 8 bits a sample, rows without gaps. */
export interface PixelPicture {
  readonly width: number;
  readonly height: number;
  /** Samples a pixel: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly samples: 1 | 2 | 3 | 4;
  readonly pixels: Uint8Array;
}

/** Shrinks a decoded picture to the thumbnail, upright, transparency onto white. */
export function shrinkPixels(job: DecodeJob, picture: PixelPicture): DecodedPicture {
  const { width, height, samples, pixels } = picture;
  const rowBytes = width * samples;
  if (width < 1 || height < 1 || pixels.length < rowBytes * height) throw corrupt("The picture is empty.");
  return shrinkRows(job, picture, (y, target) =>
    target.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes)),
  );
}

/** The same for a picture that comes in rows: `write` puts row `y` where it is told. */
export function shrinkRows(
  { kernel, facts, variant }: DecodeJob,
  { width, height, samples }: Omit<PixelPicture, "pixels">,
  write: (y: number, target: Uint8Array) => void,
): DecodedPicture {
  const rowBytes = width * samples;
  const geometry = fitPicture(width, height, facts.orientation, variant);
  const sink = openRows(kernel, geometry, { width, height, format: { depth: 8, samples } });
  // 16 bytes behind a row may be read
  const row = kernel.allocate(rowBytes + 32);
  for (let y = 0; y < height; y++) {
    write(y, kernel.u8(row, rowBytes));
    if (kernel.run.pushRow(sink.record, row) !== 0) break;
  }
  return finishPicture(kernel, geometry, sink.channels, sink.planes === 1 ? COLOUR_GRAY : COLOUR_RGB);
}

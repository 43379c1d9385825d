import type { DecodedPicture } from "../raster/decoder.ts";
import { PlanarShrinker } from "../raster/planar.ts";
import { withReserve } from "../raster/reserve.ts";
import { corrupt, unsupported } from "../types.ts";
import { type Av1Colours, readAv1Colours } from "./av1-sequence.ts";
import { type Av1Frame, Dav1dInstance, loadDav1d } from "./dav1d.ts";
import type { HeifJob } from "./decode.ts";
import { initialBytes } from "../module-memory.ts";

/** What dav1d takes: so much to begin with, and for each pixel three planes with margins and its notes on blocks. */
const baseBytes = initialBytes;
const bytesPerPixel = 1.6;

/** Decodes an AV1 item (AV1 Image File Format, 2.1) of 8 bits and 4:2:0, which is how photos are mostly stored. */
export async function decodeAv1(job: HeifJob): Promise<DecodedPicture> {
  const { bytes, picture, account } = job;
  if (picture.data === null)
    throw unsupported("unsupported_coding", "AVIF in several pieces is not decoded here.");
  const { offset, length } = picture.data;
  const item = bytes.subarray(offset, offset + length);
  const colours = readAv1Colours(item);
  checkCoding(colours);
  const module = await loadDav1d();
  const expected = baseBytes + length + bytesPerPixel * picture.width * picture.height;
  const shrinker = withReserve(account, expected, () => {
    const instance = new Dav1dInstance(module);
    return { result: shrinkFrame(instance, item, job), takenBytes: instance.bytes };
  });
  // The container's word goes before the bitstream's (MIAF, 7.3.6.4).
  const coding = picture.nclx ?? colours;
  return { ...shrinker.finish(coding), cicp: coding };
}

function checkCoding({ bitDepth, monochrome, subsampled }: Av1Colours): void {
  if (bitDepth === 8 && !monochrome && subsampled.x && subsampled.y) return;
  throw unsupported("unsupported_coding", "AVIF other than of 8 bits and 4:2:0 is not decoded here.");
}

function shrinkFrame(instance: Dav1dInstance, item: Uint8Array, job: HeifJob): PlanarShrinker {
  const { kernel, geometry, picture } = job;
  const { width, height } = picture;
  const shrinker = new PlanarShrinker(kernel, geometry, width, height);
  instance.decode(item, (frame) => {
    if (frame.width !== width || frame.height !== height)
      throw corrupt("The picture has another size than told.");
    pushFrame(shrinker, instance, frame);
  });
  return shrinker;
}

function pushFrame(shrinker: PlanarShrinker, instance: Dav1dInstance, frame: Av1Frame): void {
  const { memory } = instance;
  shrinker.push(0, frame.height, (plane, y, target) => {
    const { at, stride } = frame.planes[plane];
    target.set(memory.subarray(at + y * stride, at + y * stride + target.length));
  });
}

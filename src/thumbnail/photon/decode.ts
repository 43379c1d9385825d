import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../raster/decoder.ts";
import { embeddedProfile } from "../colour/embedded-profile.ts";
import { shrinkPixels } from "../raster/pixels.ts";
import { withReserve } from "../raster/reserve.ts";
import { corrupt, type PictureError, unsupported } from "../types.ts";
import {
  giveBackPhoton,
  maxInstanceBytes,
  type PhotonInstance,
  PhotonPanic,
  type RgbaPicture,
  takePhoton,
} from "./instance.ts";

/** Files above this are stored and served, not decoded by photon, which has a copy of them beside the pixels. */
const maxFileBytes = 16 * 1024 * 1024;
/** What photon takes for a pixel at its peak: the picture as decoded, as RGBA, and the copy that it hands out. */
const bytesPerPixel = 13;

/**
 * GIF by photon (Rust's `image`), as far as it fits its memory: the first picture of animations, transparency onto
 * white.
 */
export const photonDecoder: ThumbnailDecoder = {
  name: "photon",
  accepts: (contentType) => contentType === "image/gif",
  decode: decodeByPhoton,
};

async function decodeByPhoton(job: DecodeJob): Promise<DecodedPicture> {
  const { bytes, facts, account } = job;
  if (bytes.length > maxFileBytes) {
    throw unsupported("file_too_large", `The file has ${bytes.length} bytes, too many to decode.`);
  }
  const needed = bytesPerPixel * facts.width * facts.height + bytes.length;
  if (needed > maxInstanceBytes) throw overBudget();
  const instance = await takePhoton(account);
  // Without a size in the header, the instance's own bound is what it may come to.
  const expected = facts.width * facts.height > 0 ? needed : maxInstanceBytes;
  const before = instance.bytes;
  const picture = withReserve(account, expected - before, () => {
    const result = decodeFirst(instance, job);
    return { result, takenBytes: instance.bytes - before };
  });
  const decoded = shrinkPixels(job, { ...picture, samples: 4 });
  giveBackPhoton(instance);
  return { ...decoded, profile: embeddedProfile(bytes) };
}

function decodeFirst(instance: PhotonInstance, job: DecodeJob): RgbaPicture {
  try {
    return instance.decode(withScreen(job));
  } catch (error) {
    throw error instanceof PhotonPanic ? reasonOf(error) : error;
  }
}

/**
 * The file, or a copy of a GIF whose logical screen (GIF89a §18) has no size: photon takes it as it stands, browsers
 * take the size of the first frame, which is what the facts have.
 */
function withScreen({ bytes, facts, account }: DecodeJob): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isSizeless = bytes.length >= 10 && view.getUint32(6) === 0;
  if (!isSizeless || facts.width > 0xffff || facts.height > 0xffff) return bytes;
  account.take(bytes.length);
  const file = bytes.slice();
  new DataView(file.buffer).setUint16(6, facts.width, true);
  new DataView(file.buffer).setUint16(8, facts.height, true);
  return file;
}

/** What a panic means: Rust prints the `ImageError` that it could not unwrap. */
function reasonOf({ panic }: PhotonPanic): PictureError {
  // Running out of memory aborts without a word.
  if (panic === undefined || panic.includes(" Limits(")) return overBudget();
  if (panic.includes("` value: Unsupported(")) {
    return unsupported("unsupported_coding", "This kind of GIF is not decoded here.");
  }
  return corrupt("The GIF cannot be decoded: it is damaged or cut short.");
}

function overBudget(): PictureError {
  return unsupported("over_budget", "Decoding this picture would take more memory than a Worker has.");
}

import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../decoder.ts";
import { embeddedProfile } from "../embedded-profile.ts";
import { shrinkPixels } from "../pixels.ts";
import { withReserve } from "../reserve.ts";
import { corrupt, type PictureError, unsupported } from "../types.ts";
import {
  giveBackPhoton,
  MAX_INSTANCE_BYTES,
  type PhotonInstance,
  PhotonPanic,
  type RgbaPicture,
  takePhoton,
} from "./instance.ts";

/** Files above this are stored and served, not decoded by photon, which has a copy of them beside the pixels. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** What photon takes for a pixel at its peak: the picture as decoded, as RGBA, and the copy that it hands out. */
const BYTES_PER_PIXEL = 13;

const NAMES: ReadonlyMap<string, string> = new Map([
  ["image/gif", "GIF"],
  ["image/webp", "WebP"],
]);

/**
 * GIF and WebP by photon (Rust's `image`), as far as they fit its memory: the first picture of animations,
 * transparency onto white.
 */
export const photonDecoder: ThumbnailDecoder = {
  name: "photon",
  accepts: (contentType) => NAMES.has(contentType),
  decode: decodeByPhoton,
};

async function decodeByPhoton(job: DecodeJob): Promise<DecodedPicture> {
  const { bytes, facts, account } = job;
  if (bytes.length > MAX_FILE_BYTES) {
    throw unsupported("file_too_large", `The file has ${bytes.length} bytes, too many to decode.`);
  }
  const needed = BYTES_PER_PIXEL * facts.width * facts.height + bytes.length;
  if (needed > MAX_INSTANCE_BYTES) throw overBudget();
  const instance = await takePhoton(account);
  // Without a size in the header, the instance's own bound is what it may come to.
  const expected = facts.width * facts.height > 0 ? needed : MAX_INSTANCE_BYTES;
  const before = instance.bytes;
  const picture = withReserve(account, expected - before, () => {
    const result = decodeFirst(instance, job);
    return { result, takenBytes: instance.bytes - before };
  });
  const decoded = shrinkPixels(job, { ...picture, samples: 4 });
  giveBackPhoton(instance);
  return { ...decoded, profile: embeddedProfile(bytes) };
}

function decodeFirst(instance: PhotonInstance, { bytes, facts }: DecodeJob): RgbaPicture {
  try {
    return instance.decode(bytes);
  } catch (error) {
    throw error instanceof PhotonPanic ? reasonOf(error, NAMES.get(facts.contentType) ?? "picture") : error;
  }
}

/** What a panic means: Rust prints the `ImageError` that it could not unwrap. */
function reasonOf({ panic }: PhotonPanic, name: string): PictureError {
  // Running out of memory aborts without a word.
  if (panic === undefined || panic.includes(" Limits(")) return overBudget();
  if (panic.includes("` value: Unsupported(")) {
    return unsupported("unsupported_coding", `This kind of ${name} is not decoded here.`);
  }
  return corrupt(`The ${name} cannot be decoded: it is damaged or cut short.`);
}

function overBudget(): PictureError {
  return unsupported("over_budget", "Decoding this picture would take more memory than a Worker has.");
}

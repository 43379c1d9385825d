import type { Media } from "../../../../scripts/corpus/client.ts";
import type { Look, Thumbnail } from "../../../../scripts/corpus/look.ts";
import type { Picture } from "../../../../scripts/corpus/pictures.ts";

/** A picture of one colour. */
export function plain(width: number, height: number, colour: readonly number[] = [0, 0, 0]): Picture {
  const data = new Uint8Array(width * height * 3).map((_, index) => colour[index % 3] ?? 0);
  return { width, height, data };
}

/** A thumbnail that was made. */
export function made(width: number, height: number): Thumbnail {
  return { outcome: "made", jpeg: new Uint8Array(10), picture: plain(width, height) };
}

/** What the service tells of a photo that was taken by a phone held upright. */
export const photo: Media = {
  id: "1",
  state: "ready",
  error: null,
  content_type: "image/jpeg",
  intrinsic: {
    width: 3024,
    height: 4032,
    orientation: 6,
    taken_at: "2024-07-14T16:03:11.123",
    taken_at_offset: "+02:00",
    camera: { make: "Maker", model: "Model", lens: null },
    exposure: { time: 0.01, f_number: 5.6, iso: 100, focal_length: 50 },
    location: { latitude: 48.8545541, longitude: -2.3002905, altitude: 35.1 },
  },
  taken: { at: "2024-07-14T16:03:11.123", offset: "+02:00", precision: "second", source: "exif" },
  place: { latitude: 48.8545541, longitude: -2.3002905, altitude: 35.1 },
  object_metadata: { description: "A caption", keywords: ["a", "b"] },
};

/** The photo with some of its fields changed; those of the file by their own names. */
export function photoWith({
  intrinsic,
  ...change
}: Partial<Omit<Media, "intrinsic">> & { intrinsic?: Partial<Media["intrinsic"]> }): Media {
  return { ...photo, ...change, intrinsic: { ...photo.intrinsic, ...intrinsic } };
}

/** A look at a record, with thumbnails as its state has them. */
export function lookAt(media: Media, contain: Thumbnail = made(384, 512)): Look {
  const cover = contain.outcome === "made" ? made(512, 512) : contain;
  return { media: { kind: "given", value: media }, contain, cover };
}

/** A look at a file that could not be processed, or is not supported. */
export function lookAtNone(state: "failed" | "unsupported", code: string): Look {
  const error = { code, detail: "Why." };
  return lookAt(photoWith({ state, error }), { outcome: state, reason: error });
}

/** A look at a file that was refused. */
export function lookAtRefused(code = "unsupported_media_type"): Look {
  const why = { status: 415, code, detail: "No photo.", errors: [] };
  const none = { outcome: "refused", reason: why } as const;
  return { media: { kind: "refused", why }, contain: none, cover: none };
}

/** The sizes of thumbnails that the service makes, in pixels; 2048 only as `contain`. */
export const thumbnailSizes = [128, 256, 512, 1024, 2048] as const;

/** One of {@link thumbnailSizes}. */
export type ThumbnailSize = (typeof thumbnailSizes)[number];

/** `cover`: a filled square. `contain`: the whole picture, `size` is its longest side. */
export type Fit = "cover" | "contain";

/** Which thumbnail of a photo is meant. */
export interface Variant {
  readonly size: ThumbnailSize;
  readonly fit: Fit;
}

/**
 * The address of a thumbnail, for an `img`: the browser sends the session by itself, and keeps for good what is named by
 * its version. Null for a photo that can have no thumbnail.
 */
export function thumbnailUrl(
  { id, thumbnailVersion }: { readonly id: string; readonly thumbnailVersion: string | null },
  { size, fit }: Variant,
): string | null {
  if (thumbnailVersion === null) return null;
  const query = new URLSearchParams({ size: String(size), fit, v: thumbnailVersion });
  return `/v1/media/${encodeURIComponent(id)}/thumbnail?${query}`;
}

/** The address of the photo's own file, to be shown or, with `download`, to be saved under its name. */
export function originalUrl(id: string, { download = false } = {}): string {
  return `/v1/media/${encodeURIComponent(id)}/data${download ? "?download=true" : ""}`;
}

/** The smallest size that has a pixel for each pixel of a screen: `pixels` CSS pixels at `ratio` device pixels each. */
export function sizeFor(pixels: number, ratio: number, largest: ThumbnailSize = 1024): ThumbnailSize {
  const wanted = pixels * ratio;
  return thumbnailSizes.find((size) => size >= wanted || size === largest) ?? largest;
}

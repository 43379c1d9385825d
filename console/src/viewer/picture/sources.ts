import { originalUrl, thumbnailUrl } from "../../service/pictures.ts";
import type { Pictured } from "../photos/pictured.ts";

/** What a photo can be shown by, the one with the fewest pixels first. */
export const sources = ["thumbnail-1024", "thumbnail-2048", "original"] as const;

/** One of {@link sources}: a thumbnail of the whole picture, or the photo's own file. */
export type Source = (typeof sources)[number];

/** The types of files that every browser of today shows. HEIC and TIFF are not among them. */
const shownTypes = new Set(["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp"]);

/** An original that is larger is not loaded to be looked at, in bytes. */
const largestOriginal = 50_000_000;

/** Whether the photo's own file can be shown by a browser, in a time that somebody waits. */
export function canShowOriginal({ contentType, fileSize, missingSince }: Pictured): boolean {
  return (
    missingSince === null && shownTypes.has(contentType) && fileSize !== null && fileSize <= largestOriginal
  );
}

/** A source may be stretched so much before a better one is loaded: nobody sees the difference, and the service makes less. */
const stretch = 1.25;

/**
 * What is enough to show the longest side of a picture on so many pixels of the screen. The original is for whoever has
 * enlarged the picture. Of a missing photo only the preview is left, which the thumbnails up to 1024 are made of.
 */
export function sourceFor(
  pictured: Pictured,
  { pixels, isZoomed }: { readonly pixels: number; readonly isZoomed: boolean },
): Source {
  const longest = longestSideOf(pictured) ?? Number.POSITIVE_INFINITY;
  if (pixels <= 1024 * stretch || longest <= 1024 || pictured.missingSince !== null) return "thumbnail-1024";
  if (pixels <= 2048 * stretch || longest <= 2048 || !isZoomed || !canShowOriginal(pictured))
    return "thumbnail-2048";
  return "original";
}

/** Where a source is loaded from; null for a photo that can have no thumbnail. */
export function urlOf(pictured: Pictured, source: Source): string | null {
  if (source === "original") return originalUrl(pictured.id);
  return thumbnailUrl(pictured, { size: source === "thumbnail-1024" ? 1024 : 2048, fit: "contain" });
}

/** How many pixels the longest side of a source has. Thumbnails are never larger than their photo. */
export function pixelsOf(pictured: Pictured, source: Source): number {
  const longest = longestSideOf(pictured);
  const most = source === "thumbnail-1024" ? 1024 : 2048;
  if (source === "original") return longest ?? most;
  return longest === null ? most : Math.min(longest, most);
}

function longestSideOf({ width, height }: Pictured): number | null {
  return width === null || height === null ? null : Math.max(width, height);
}

import type { ObjectInfo } from "../../storage/provider.ts";

/** Raised when thumbnails of the same bytes come to look different, so that old ones are made anew. */
const generation = 2;

/**
 * Names the picture that the thumbnails of these bytes show. It follows from the bytes and not from where they lie, so
 * that a photo that has moved keeps its thumbnails.
 */
export function thumbnailVersionOf(object: Pick<ObjectInfo, "contentHash" | "version">): string {
  const name = object.contentHash?.split(":")[1] ?? object.version;
  return `${name.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 32)}-${generation}`;
}

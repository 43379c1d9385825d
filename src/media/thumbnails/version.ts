import type { ObjectInfo } from "../../storage/provider.ts";

/** Raised when thumbnails of the same bytes come to look different, so that old ones are made anew. */
const generation = 3;

/**
 * Names the picture that the thumbnails of these bytes show. It follows from the bytes and not from where they lie, so
 * that a photo that has moved keeps its thumbnails.
 */
export function thumbnailVersionOf(object: Pick<ObjectInfo, "contentHash" | "version">): string {
  const name = object.contentHash?.split(":")[1] ?? object.version;
  return `${name.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 32)}-${generation}`;
}

/** The generation of a version: 2 has the colours and the decoders of today, 3 the preview. 0 where it tells none. */
export function generationOf(version: string): number {
  return Number(/-(\d{1,9})$/.exec(version)?.[1] ?? 0);
}

/**
 * Whether a record with this version has a preview, or will have one, with a placeholder and a hash of the whole picture.
 * One of an older generation has a square, until a scan for thumbnails has it processed again.
 */
export function hasPreview(version: string): boolean {
  return generationOf(version) >= generation;
}

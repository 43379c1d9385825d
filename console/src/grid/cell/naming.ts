import type { Photo } from "../../library/photo.ts";

/** Why a photo has no picture in the grid: its object is gone, or its state says so. */
export type Lack = "missing" | "pending" | "unsupported" | "failed";

/** Why no thumbnail of a photo is shown; null where there is one. */
export function lackOf({ missingSince, state, thumbnailVersion }: Photo): Lack | null {
  if (missingSince !== null) return "missing";
  if (state !== "ready") return state;
  return thumbnailVersion === null ? "unsupported" : null;
}

/** What a photo is called: its description, else its title, else the name of its file. */
export function nameOf({ description, title, objectKey }: Photo): string {
  return description ?? title ?? objectKey.slice(objectKey.lastIndexOf("/") + 1);
}

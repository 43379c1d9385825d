import type { Photo } from "../../library/photo.ts";

/** Why a photo has no picture in the grid: its object is gone, or its state says so. */
export type Lack = "missing" | "pending" | "unsupported" | "failed";

/** Why no thumbnail of a photo is shown; null where there is one. */
export function lackOf({ missingSince, state, thumbnailVersion }: Photo): Lack | null {
  if (missingSince !== null) return "missing";
  if (state !== "ready") return state;
  return thumbnailVersion === null ? "unsupported" : null;
}

/** What a photo is called: its description, else its title, else the name of its file, on one line. */
export function nameOf({ description, title, objectKey }: Photo): string {
  const name = description ?? title ?? objectKey.slice(objectKey.lastIndexOf("/") + 1);
  return name.replaceAll(/\s+/g, " ").trim();
}

/** Parts of a name with commas between them, without those that are null and those that another part says already. */
export function joined(parts: readonly (string | null)[]): string {
  const told = parts.filter((part) => part !== null);
  return told
    .filter((part, index) => !told.slice(0, index).some((before) => before.includes(part)))
    .join(", ");
}

import type { MediaObject } from "tagline-client";
import { folderOf } from "../care/tile.ts";

/** Photos that lie in one folder. */
export interface FolderGroup {
  /** With its slash at the end; empty for photos that lie in none. */
  readonly path: string;
  readonly media: readonly MediaObject[];
}

/** The photos by the folder that they lie directly in, folders in the order of their names. */
export function byFolder(media: readonly MediaObject[]): FolderGroup[] {
  const groups = Map.groupBy(media, ({ object_key: key }) => folderOf(key));
  return [...groups]
    .map(([path, of]) => ({ path, media: of }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

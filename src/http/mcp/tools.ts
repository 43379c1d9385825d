import type { KnownCaller } from "../context.ts";
import type { Tool } from "./tool.ts";
import { describePhotos } from "./tools/describe-photos.ts";
import { listPhotosWithout } from "./tools/list-photos-without.ts";
import { lookAtPhoto } from "./tools/look-at-photo.ts";
import { searchPhotos } from "./tools/search-photos.ts";
import { tagPhotos } from "./tools/tag-photos.ts";
import { undo } from "./tools/undo.ts";

/** Every tool, in the order in which agents are shown them. */
export const tools: readonly Tool[] = [
  searchPhotos,
  lookAtPhoto,
  listPhotosWithout,
  describePhotos,
  tagPhotos,
  undo,
];

/** The tool with this name; null where there is none. */
export function toolNamed(name: string): Tool | null {
  return tools.find((tool) => tool.name === name) ?? null;
}

/** Those that a caller may use: nobody is shown what would be refused. */
export function toolsOf({ scopes }: KnownCaller): readonly Tool[] {
  return tools.filter(({ scope }) => scopes.has(scope));
}

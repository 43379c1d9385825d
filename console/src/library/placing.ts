import type { Photo } from "./photo.ts";
import { stretchAt } from "./sections.ts";
import type { Page, Part } from "./stretches.ts";

/**
 * Puts the photos of a page where their times say, in the order in which they were listed. The archive may have changed
 * since its photos were counted: each month still begins where it was laid out, surplus photos are left out, and places
 * that have lost theirs stay empty.
 */
export function placed(page: Page, listed: readonly Photo[]): readonly (Photo | null)[] {
  const { parts, isOpen } = page.stretch;
  // Nothing tells where the photos of an open stretch belong but their order.
  if (isOpen) return listed;
  const photos = Array.from<Photo | null>({ length: page.end - page.first }).fill(null);
  const here = parts[stretchAt(parts, page.first)];
  const next = new Map(parts.map((part) => [part, part === here ? page.first : part.first]));
  for (const photo of listed) {
    const part = partOf(parts, photo);
    const place = part === null ? null : (next.get(part) ?? null);
    if (part === null || place === null || place >= Math.min(part.first + part.count, page.end)) continue;
    if (place < page.first) continue;
    photos[place - page.first] = photo;
    next.set(part, place + 1);
  }
  return photos;
}

/** The part that a photo belongs to by its time; null where that part was not counted. */
function partOf(parts: readonly Part[], { taken }: Photo): Part | null {
  const [only, ...others] = parts;
  if (only?.period === null && others.length === 0) return only;
  if (taken === null) return null;
  // The newest comes first, so that the first that is no newer is the one, if any.
  const found = parts.find(({ period }) => period !== null && taken.at.startsWith(period));
  return found ?? null;
}

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
  // The first part of a page goes on where the page before has ended.
  const here = parts[stretchAt(parts, page.first)];
  const next = new Map([[here, page.first]]);
  for (const photo of listed) {
    const part = partOf(parts, photo);
    if (part === undefined) continue;
    const place = next.get(part) ?? part.first;
    if (place < page.first || place >= Math.min(part.first + part.count, page.end)) continue;
    photos[place - page.first] = photo;
    next.set(part, place + 1);
  }
  return photos;
}

/** The part that a photo belongs to by its time, if that part was counted. */
function partOf(parts: readonly Part[], { taken }: Photo): Part | undefined {
  return parts.find(({ period }) =>
    period === null ? taken === null : taken?.at.startsWith(period) === true,
  );
}

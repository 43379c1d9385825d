import type { DerivativePage, DerivativeStore } from "../../storage/r2/derivatives.ts";

/** The stored thumbnails of a stretch of keys, all of them. */
export interface Stretch {
  readonly objects: DerivativePage["objects"];
  /** The last key that belongs to it, or behind that; null where nothing follows. */
  readonly end: string | null;
}

/**
 * How often a page of a scan lists, 1,000 keys each time: what 500 records have at most with every variant that there is,
 * and a good deal of what belongs to none.
 */
const maxLists = 5;

/**
 * The stored thumbnails behind a key, up to another one; to the end where that is null. Where they are too many, the
 * stretch ends earlier, and whoever wants the rest goes on from there.
 */
export async function storedStretch(
  derivatives: DerivativeStore,
  after: string,
  upTo: string | null,
): Promise<Stretch> {
  const objects: DerivativePage["objects"][number][] = [];
  let position = after;
  for (let lists = 0; lists < maxLists; lists++) {
    const page = await derivatives.list(position);
    const within = page.objects.filter(({ key }) => upTo === null || key <= upTo);
    objects.push(...within);
    if (page.complete || within.length < page.objects.length) return { objects, end: upTo };
    position = page.objects.at(-1)?.key ?? position;
  }
  return { objects, end: position };
}

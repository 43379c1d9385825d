import type { DerivativePage, DerivativeStore } from "../../storage/r2/derivatives.ts";

/** The stored thumbnails of a stretch of keys, all of them. */
export interface Stretch {
  readonly objects: DerivativePage["objects"];
  /** The last key of the stretch, or a key behind the last; null if no thumbnail follows. */
  readonly end: string | null;
}

/**
 * The most listings of a page of a scan, 1,000 keys each: enough for 500 records with every variant, and for many
 * thumbnails that belong to no record.
 */
const maxLists = 5;

/**
 * The stored thumbnails behind a key, up to another key, or to the end if the other key is null. If the thumbnails are
 * too many, the stretch ends earlier, and the caller continues from its end.
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

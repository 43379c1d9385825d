import type { MediaObject } from "tagline-client";
import { kindOf } from "../service/failure.ts";

/**
 * Takes photos out of the trash, one after the other; `restore` does that to one. A photo that is no longer in the trash was
 * restored by somebody else, or deleted for good, and stops no other. Throws what `restore` throws, and so if all are gone;
 * `taken` hears of those that are back either way.
 */
export async function restoreAll(
  ids: readonly string[],
  restore: (id: string) => Promise<MediaObject>,
  taken: (back: readonly MediaObject[]) => void,
): Promise<{ readonly gone: number }> {
  const back: MediaObject[] = [];
  let goneBy: Error | null = null;
  try {
    for (const id of ids)
      try {
        back.push(await restore(id));
      } catch (error) {
        if (kindOf(error) !== "gone" || !(error instanceof Error)) throw error;
        goneBy = error;
      }
  } finally {
    if (back.length > 0) taken(back);
  }
  if (back.length === 0 && goneBy !== null) throw goneBy;
  return { gone: ids.length - back.length };
}

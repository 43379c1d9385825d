import { TaglineError, type MediaObject, type Tagline } from "tagline-client";
import { isSame } from "../json.ts";
import type { Taken } from "../suggestions/suggested.ts";
import type { Change } from "./desk.ts";
import { edited } from "./draft.ts";

type Service = Pick<Tagline, "api">;

/**
 * Changes the words of a photo that are at a revision, and nothing else. What was taken of the suggestions is told first, so
 * that they are decided; whatever becomes of that, the words arrive. Throws a `TaglineError`.
 */
export async function sendWords(
  service: Service,
  id: string,
  { revision, edits, taken }: Change,
): Promise<MediaObject> {
  const media = taken === null ? null : await accepted(service, id, { revision, taken });
  if (media !== null && isSame(edited(media.object_metadata, edits), media.object_metadata)) return media;
  const { data } = await service.api.PATCH("/v1/media/{id}", {
    params: { path: { id }, header: { "If-Match": matchOf(media?.revision ?? revision) } },
    body: { object_metadata: edits },
  });
  return data;
}

/** The photo with what was taken; null where it is suggested no more, such as after an answer was lost. */
async function accepted(
  { api }: Service,
  id: string,
  { revision, taken }: { readonly revision: number; readonly taken: Taken },
): Promise<MediaObject | null> {
  try {
    const { data } = await api.POST("/v1/media/{id}/suggestions/accept", {
      params: { path: { id }, header: { "If-Match": matchOf(revision) } },
      body: { ...taken, keywords: [...taken.keywords] },
    });
    return data;
  } catch (error) {
    const isSuggestedNoMore = error instanceof TaglineError && [404, 409, 422].includes(error.status ?? 0);
    if (isSuggestedNoMore) return null;
    throw error;
  }
}

/** The service compares the revision alone. */
function matchOf(revision: number): string {
  return `"${revision}-0"`;
}

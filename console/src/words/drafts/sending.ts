import { TaglineError, type MediaObject, type Tagline } from "tagline-client";
import { kindOf } from "../../service/failure.ts";
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

/** The photo with what was taken; null where that could not be told, such as since it is suggested no more. */
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
    const isChanged = error instanceof TaglineError && error.code === "precondition_failed";
    if (isChanged || !["gone", "refused", "broken"].includes(kindOf(error) ?? "")) throw error;
    return null;
  }
}

/** The service compares the revision alone. */
function matchOf(revision: number): string {
  return `"${revision}-0"`;
}

import type { MediaObject, Tagline } from "tagline-client";
import type { Revision } from "../history/changes.ts";
import type { NeighbourAnswer, NeighbourQuery } from "./around.ts";

/** As much of the client as the viewer calls. Every call throws a `TaglineError`. */
export type Service = Pick<Tagline, "api">;

/** Everything that is known of a photo. */
export async function loadMedia(service: Service, id: string, signal: AbortSignal): Promise<MediaObject> {
  const { data } = await service.api.GET("/v1/media/{id}", { params: { path: { id } }, signal });
  return data;
}

/** The photos on both sides of another one, in the order and with the filters of the query. */
export async function loadNeighbours(
  service: Service,
  { id, query }: { readonly id: string; readonly query: NeighbourQuery },
  signal: AbortSignal,
): Promise<NeighbourAnswer> {
  const { data } = await service.api.GET("/v1/media/{id}/neighbours", {
    params: { path: { id }, query },
    signal,
  });
  return data;
}

/** Some revisions of a photo, the newest first. */
export interface RevisionPage {
  readonly revisions: readonly Revision[];
  /** Leads to the next page; null on the last. */
  readonly cursor: string | null;
}

/** So many revisions are shown at a time. */
const pageLength = 20;

/** A page of the history of a photo; the first one without a cursor. */
export async function loadHistory(
  service: Service,
  { id, cursor }: { readonly id: string; readonly cursor: string | null },
  signal: AbortSignal,
): Promise<RevisionPage> {
  const { data } = await service.api.GET("/v1/media/{id}/history", {
    params: { path: { id }, query: { limit: pageLength, ...(cursor === null ? {} : { cursor }) } },
    signal,
  });
  return { revisions: data.items, cursor: data.next_cursor };
}

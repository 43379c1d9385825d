import type { operations } from "tagline-client";
import { filterQueryOf } from "../../address/query.ts";
import type { Finding } from "../../address/view.ts";
import type { Library } from "../../library/library.ts";
import { picturedOfPhoto, type Pictured } from "./pictured.ts";

/** The photo before or behind another one. */
export type Neighbour =
  | { readonly kind: "unknown" }
  /** There is none; with `isCapped` the service has stopped looking. */
  | { readonly kind: "none"; readonly isCapped: boolean }
  /** `pictured` is null where only the id is known. */
  | { readonly kind: "photo"; readonly id: string; readonly pictured: Pictured | null };

/** The photos on both sides of another one. */
export interface Around {
  readonly previous: Neighbour;
  readonly next: Neighbour;
}

/** Nothing is known yet, or nobody could say. */
export const unknownAround: Around = { previous: { kind: "unknown" }, next: { kind: "unknown" } };

/** The query of `GET /v1/media/{id}/neighbours`. */
export type NeighbourQuery = NonNullable<operations["getNeighbours"]["parameters"]["query"]>;

/** The answer of `GET /v1/media/{id}/neighbours`. */
export interface NeighbourAnswer {
  readonly previous: string | null;
  readonly next: string | null;
  readonly capped: boolean;
}

/** What {@link lookAround} walks: the list that the photo was opened from, and the service for what is not loaded in it. */
export interface Walk {
  readonly library: Pick<Library, "load" | "photo" | "isAbsent">;
  readonly finding: Finding;
  readonly ask: (id: string, query: NeighbourQuery, signal: AbortSignal) => Promise<NeighbourAnswer>;
}

/**
 * The neighbours of a photo: those of its place where the list knows it, else those that the service finds by the list's
 * order and filters. Throws what the list or the service throws.
 */
export async function lookAround(
  { id, index }: { readonly id: string; readonly index: number | null },
  { library, finding, ask }: Walk,
  signal: AbortSignal,
): Promise<Around> {
  if (index === null) {
    const { previous, next, capped } = await ask(id, neighbourQueryOf(finding), signal);
    return { previous: found(previous, capped), next: found(next, capped) };
  }
  const [previous, next] = await Promise.all([
    nextIn(library, { index, direction: -1 }, signal),
    nextIn(library, { index, direction: 1 }, signal),
  ]);
  return { previous, next };
}

/** So many places without a photo are passed over before the list is asked anew. */
const mostAbsent = 500;

/** The next photo of the list; photos that have gone since they were counted are passed over. */
async function nextIn(
  library: Walk["library"],
  { index, direction }: { readonly index: number; readonly direction: 1 | -1 },
  signal: AbortSignal,
): Promise<Neighbour> {
  for (let steps = 1; steps <= mostAbsent; steps++) {
    const place = index + direction * steps;
    if (library.isAbsent(place)) continue;
    const photo = place < 0 ? null : (library.photo(place) ?? (await library.load(place, signal)));
    if (photo !== null) return { kind: "photo", id: photo.id, pictured: picturedOfPhoto(photo) };
    if (!library.isAbsent(place)) return { kind: "none", isCapped: false };
  }
  return { kind: "none", isCapped: true };
}

/** How the service is asked for the neighbours in a finding; a search has an order of its own. */
export function neighbourQueryOf(finding: Finding): NeighbourQuery {
  const filters = filterQueryOf(finding);
  if (finding.q !== "") return { q: finding.q, ...filters };
  return { sort: finding.sort, order: finding.sort === "object_key" ? "asc" : "desc", ...filters };
}

function found(id: string | null, isCapped: boolean): Neighbour {
  return id === null ? { kind: "none", isCapped } : { kind: "photo", id, pictured: null };
}

import type { Range } from "../library/plan.ts";

/**
 * Which photos are selected:
 * - `some`: those with these ids, and those at the `awaited` places, whose ids have not come yet.
 * - `all`: every photo of the finding, whatever their ids are.
 */
export type Selection =
  | { readonly kind: "some"; readonly ids: ReadonlySet<string>; readonly awaited: ReadonlySet<number> }
  | { readonly kind: "all" };

/** What is at a place: the id of its photo, null where there is none, undefined while that is not known. */
export type IdAt = (place: number) => string | null | undefined;

/** So many photos can be selected other than by all of a finding: each is one in the memory of this page. */
export const mostSelected = 10_000;

/** No photo. */
export const nothing: Selection = { kind: "some", ids: new Set(), awaited: new Set() };

/** Whether the photo at a place is selected. */
export function isSelected(selection: Selection, place: number, idAt: IdAt): boolean {
  return selection.kind === "all" || selection.awaited.has(place) || selection.ids.has(idAt(place) ?? "");
}

/** How many photos are selected of a finding that has so many. */
export function sizeOf(selection: Selection, count: number): number {
  return selection.kind === "all" ? count : selection.ids.size + selection.awaited.size;
}

/** With the photo at a place if it was not selected, else without it; of all photos none is taken out. */
export function toggled(selection: Selection, place: number, idAt: IdAt): Selection {
  if (selection.kind === "all") return selection;
  if (!isSelected(selection, place, idAt))
    return withRange(selection, { first: place, end: place + 1 }, idAt);
  const [ids, awaited] = [new Set(selection.ids), new Set(selection.awaited)];
  ids.delete(idAt(place) ?? "");
  awaited.delete(place);
  return { kind: "some", ids, awaited };
}

/** With every photo of a range of places. */
export function withRange(selection: Selection, { first, end }: Range, idAt: IdAt): Selection {
  const places = Array.from({ length: end - first }, (_, index) => first + index);
  return selection.kind === "all" ? selection : withPlaces(selection, places, idAt);
}

/** The same photos, those by their ids whose ids have come since. A place that has lost its photo is selected no more. */
export function withLoaded(selection: Selection, idAt: IdAt): Selection {
  return selection.kind === "all" ? selection : withPlaces(selection, selection.awaited, idAt);
}

function withPlaces(
  selection: Extract<Selection, { readonly kind: "some" }>,
  places: Iterable<number>,
  idAt: IdAt,
): Selection {
  const [ids, awaited] = [new Set(selection.ids), new Set(selection.awaited)];
  for (const place of places) {
    const id = idAt(place);
    if (id === undefined) awaited.add(place);
    else {
      awaited.delete(place);
      if (id !== null) ids.add(id);
    }
  }
  return { kind: "some", ids, awaited };
}

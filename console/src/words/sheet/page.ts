/** So many photos are on a page of the contact sheet: their words come in one answer. */
export const pageSize = 20;

/** Which photos are on a page, and where the pages beside it begin. */
export interface SheetPage {
  /** The places of its photos among all, from 0. */
  readonly places: readonly number[];
  /** Null where there is none. */
  readonly previous: number | null;
  readonly next: number | null;
}

/** The page that begins at a place, as far as photos are known of. */
export function pageAt(
  from: number,
  { count, isWhole }: { readonly count: number; readonly isWhole: boolean },
): SheetPage {
  const end = isWhole || count > from ? Math.min(from + pageSize, count) : from + pageSize;
  return {
    places: Array.from({ length: Math.max(end - from, 0) }, (_, index) => from + index),
    previous: from === 0 ? null : Math.max(Math.min(from, count) - pageSize, 0),
    next: from + pageSize < count ? from + pageSize : null,
  };
}

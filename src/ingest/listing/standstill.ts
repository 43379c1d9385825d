import { begun } from "../../protocol/tasks.ts";

/** How far a listing is from getting on; travels with its tasks from page to page. */
export interface Progress {
  /** The weight of the last pages in a row without progress; see {@link standstill}. */
  readonly standing: number;
  /** A position that was met before. It moves on at pages 1, 2, 4, 8, …, so that a circle of any length comes to it. */
  readonly anchor: string | null;
}

/** A page of a listing, as far as it tells whether the listing gets on. */
export interface PageStep {
  readonly page: number;
  /** Where the page was to go on from, and where the next one is to; null for the beginning, and for the end. */
  readonly from: string | null;
  readonly to: string | null;
  /** The storage told nothing on this page. */
  readonly isEmpty: boolean;
}

/**
 * A page weighs `stuck` that leads to where it began, and `empty` that leads elsewhere but tells nothing, as some of
 * Dropbox do. A listing whose last pages weigh `most` in a row does not get on: 100 of the former, or 10,000 of the latter.
 */
export const standstill = { stuck: 100, empty: 1, most: 10_000 } as const;

/**
 * What becomes of a listing's progress by a page; null where it does not get on any more, so that it would never end: it
 * has stood still for too long, or its positions go round in a circle (R. P. Brent, "An improved Monte Carlo
 * factorization algorithm", BIT 20, 1980, §2).
 */
export function progressAfter({ standing, anchor }: Progress, step: PageStep): Progress | null {
  const { page, from, to, isEmpty } = step;
  if (to === null) return begun;
  if (to === from) return heldAt(standing + standstill.stuck, anchor);
  if (to === anchor) return null;
  const isPowerOfTwo = Number.isInteger(Math.log2(page + 1));
  return heldAt(isEmpty ? standing + standstill.empty : 0, isPowerOfTwo ? to : anchor);
}

function heldAt(standing: number, anchor: string | null): Progress | null {
  return standing >= standstill.most ? null : { standing, anchor };
}

/** The error of a provider whose listing would never end. */
export const neverEnds =
  "The storage provider answers the same again and again, so that its listing would never end.";

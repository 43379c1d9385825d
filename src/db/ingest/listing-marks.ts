import { sql, type SQL } from "drizzle-orm";

/** A full listing of a provider that tells changes, which a run has begun for the `round`-th time. */
export interface FullListing {
  readonly run: string;
  readonly round: number;
  /** Names the attempt at its first page; empty for changes. */
  readonly attempt: string;
}

/** A page of it, or of changes. */
export interface MarkedPage extends FullListing {
  readonly page: number;
}

/** Names a page of changes. */
export function pageMarkOf({ page, ...listing }: MarkedPage): string {
  return `${listingMark(listing)}${page}`;
}

/** How the marks of all pages of a listing begin. */
function listingMark({ run, round, attempt }: FullListing): string {
  return `${run}:${round}:${attempt}:`;
}

/**
 * Whether a full listing has marked a row. What was seen before it had to begin anew, or by an earlier attempt to begin
 * it, may be gone since.
 */
export function isListed(listing: FullListing): SQL {
  const prefix = listingMark(listing);
  return sql`substr(listed_run, 1, ${prefix.length}) = ${prefix}`;
}

/** Whether two marks are of the same page, be it of several attempts at it. */
export function isSamePage(mark: string | null, other: string | null): boolean {
  const pageOf = (text: string | null): string | undefined => text?.replace(/:[^:]*(?=:\d+$)/, "");
  return pageOf(mark) === pageOf(other);
}

/** The mark of what a run has put to its place after its listing was complete. */
export function placedMark(run: string): string {
  return `${run}:placed`;
}

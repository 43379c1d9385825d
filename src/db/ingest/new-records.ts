import { sql, type SQL } from "drizzle-orm";

/** By whom, where and when records are made. */
export interface Finding {
  readonly provider: string;
  readonly run: string;
  readonly now: number;
  /** Names the page of a provider's changes on which they were seen, or {@link placedMark}; null where nobody asks. */
  readonly mark: string | null;
}

/** A full listing of a provider that tells changes, which a run has begun for the `round`-th time. */
export interface FullListing {
  readonly run: string;
  readonly round: number;
  /** Names the attempt at its first page; empty for changes. */
  readonly listing: string;
}

/** A page of it, or of changes. */
export interface MarkedPage extends FullListing {
  readonly page: number;
}

/** Names a page of changes. */
export function pageMark({ page, ...listing }: MarkedPage): string {
  return `${listingMark(listing)}${page}`;
}

/** How the marks of all pages of a listing begin. */
function listingMark({ run, round, listing }: FullListing): string {
  return `${run}:${round}:${listing}:`;
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

/** An object as a listing or an upload tells it; `id` is the record's, should it become a new one. */
export interface SeenObject {
  readonly id: string;
  readonly objectKey: string;
  readonly pathKey: string;
  readonly providerRef: string | null;
  readonly version: string;
  readonly contentHash: string | null;
  readonly fileSize: number;
  readonly contentType: string;
  readonly lastModified: number | null;
  readonly thumbnailVersion: string;
}

/** Makes records of seen objects, an array of them as JSON; where a key has a record already, that one stays. */
export function insertNew({ provider, run, now, mark }: Finding, json: string): SQL {
  return sql`
    INSERT INTO media_objects (
      id, provider, object_key, path_key, provider_ref, version, content_hash, file_size, content_type, last_modified,
      state, thumbnail_version, run_id, run_change, listed_run, observed_at, updated_at
    )
    SELECT
      value ->> 'id', ${provider}, value ->> 'objectKey', value ->> 'pathKey', value ->> 'providerRef',
      value ->> 'version', value ->> 'contentHash', value ->> 'fileSize', value ->> 'contentType',
      value ->> 'lastModified', 'pending', value ->> 'thumbnailVersion', ${run}, 'new', ${mark}, ${now}, ${now}
    FROM json_each(${json}) WHERE true
    ON CONFLICT (provider, path_key) DO NOTHING`;
}

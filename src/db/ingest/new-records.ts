import { sql, type SQL } from "drizzle-orm";

/** By whom, where and when records are made. */
export interface Finding {
  readonly provider: string;
  readonly run: string;
  readonly now: number;
  /** Names the page of a provider's changes on which they were seen, or {@link placedMark}; null where nobody asks. */
  readonly pageMark: string | null;
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
export function insertNew({ provider, run, now, pageMark }: Finding, json: string): SQL {
  return sql`
    INSERT INTO media_objects (
      id, provider, object_key, path_key, provider_ref, version, content_hash, file_size, content_type, last_modified,
      state, thumbnail_version, run_id, run_change, listed_run, observed_at, updated_at
    )
    SELECT
      value ->> 'id', ${provider}, value ->> 'objectKey', value ->> 'pathKey', value ->> 'providerRef',
      value ->> 'version', value ->> 'contentHash', value ->> 'fileSize', value ->> 'contentType',
      value ->> 'lastModified', 'pending', value ->> 'thumbnailVersion', ${run}, 'new', ${pageMark}, ${now}, ${now}
    FROM json_each(${json}) WHERE true
    ON CONFLICT (provider, path_key) DO NOTHING`;
}

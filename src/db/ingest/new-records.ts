import { sql, type SQL } from "drizzle-orm";

import { slicesOf } from "../json-slices.ts";
import { keyText } from "../search/index-text.ts";
import { textVersion } from "../search/unread.ts";
import { isNotTrashed } from "../trash/known.ts";

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

/** Seen objects as {@link insertNew} takes them: arrays as JSON, each short enough for one statement. */
export function newRecordSlices(objects: readonly SeenObject[]): string[] {
  return slicesOf(objects.map((object) => ({ ...object, keyText: keyText(object.objectKey) })));
}

/**
 * Makes records of seen objects, of {@link newRecordSlices}; where a key has a record already, that one stays, and a photo
 * that was put into the trash from there makes none.
 */
export function insertNew({ provider, run, now, pageMark }: Finding, json: string): SQL {
  return sql`
    INSERT INTO media_objects (
      id, provider, object_key, path_key, provider_ref, version, content_hash, file_size, content_type, last_modified,
      state, thumbnail_version, run_id, run_change, listed_run, observed_at, updated_at, key_text, text_version
    )
    SELECT
      value ->> 'id', ${provider}, value ->> 'objectKey', value ->> 'pathKey', value ->> 'providerRef',
      value ->> 'version', value ->> 'contentHash', value ->> 'fileSize', value ->> 'contentType',
      value ->> 'lastModified', 'pending', value ->> 'thumbnailVersion', ${run}, 'new', ${pageMark}, ${now}, ${now},
      value ->> 'keyText', ${textVersion}
    FROM json_each(${json}) WHERE ${isNotTrashed(provider)}
    ON CONFLICT (provider, path_key) DO NOTHING`;
}

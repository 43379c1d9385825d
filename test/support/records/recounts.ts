const presentOr = (bits: number) => `sum(missing_since IS NULL AND known & ${bits} <> 0)`;
const inState = (state: string, presence: string) => `sum(missing_since ${presence} AND state = '${state}')`;
const folderOf = `(rtrim(json_quote(object_key), replace(json_quote(object_key), '/', '')) || '"') ->> '$'`;

/** What triggers keep, and the same counted anew: pairs of queries that answer the same. */
export const recounts = [
  [
    "SELECT folded, media_id, media_pk FROM media_keywords ORDER BY 1, 2",
    `SELECT value AS folded, media.id AS media_id, pk AS media_pk
     FROM media_objects media, json_each(folded_keywords) ORDER BY 1, 2`,
  ],
  [
    "SELECT * FROM media_counts WHERE present + missing > 0 ORDER BY provider, state",
    `SELECT provider, state, sum(missing_since IS NULL) AS present, sum(missing_since IS NOT NULL) AS missing
     FROM media_objects GROUP BY provider, state ORDER BY provider, state`,
  ],
  [
    "SELECT provider, trashed FROM media_totals WHERE trashed <> 0 ORDER BY provider",
    `SELECT provider, count(*) AS trashed FROM trashed_media WHERE trashed_at IS NOT NULL
     GROUP BY provider ORDER BY provider`,
  ],
  [
    `SELECT provider, pending, ready, failed, unsupported, missing_pending, missing_ready, missing_failed,
       missing_unsupported, with_description, with_keywords, with_words, with_location, with_taken_at
     FROM media_totals WHERE pending + ready + failed + unsupported + missing_pending + missing_ready
       + missing_failed + missing_unsupported > 0 ORDER BY provider`,
    `SELECT provider,
       ${inState("pending", "IS NULL")} AS pending, ${inState("ready", "IS NULL")} AS ready,
       ${inState("failed", "IS NULL")} AS failed, ${inState("unsupported", "IS NULL")} AS unsupported,
       ${inState("pending", "IS NOT NULL")} AS missing_pending, ${inState("ready", "IS NOT NULL")} AS missing_ready,
       ${inState("failed", "IS NOT NULL")} AS missing_failed,
       ${inState("unsupported", "IS NOT NULL")} AS missing_unsupported,
       ${presentOr(1)} AS with_description, ${presentOr(2)} AS with_keywords, ${presentOr(3)} AS with_words,
       ${presentOr(4)} AS with_location, ${presentOr(8)} AS with_taken_at
     FROM media_objects GROUP BY provider ORDER BY provider`,
  ],
  [
    `SELECT provider FROM media_totals WHERE min(pending, ready, failed, unsupported, missing_pending, missing_ready,
       missing_failed, missing_unsupported, with_description, with_keywords, with_words, with_location, with_taken_at) < 0`,
    "SELECT provider FROM media_totals WHERE false",
  ],
  [
    "SELECT axis, day, count, imprecise FROM media_days ORDER BY axis, day",
    `SELECT 'created_at' AS axis, created_on AS day, count(*) AS count, 0 AS imprecise
     FROM media_objects WHERE missing_since IS NULL GROUP BY day
     UNION ALL SELECT 'taken_at' AS axis, substr(best_taken_at, 1, 10) AS day, count(*), sum(is_taken_in_year)
     FROM media_objects WHERE missing_since IS NULL AND best_taken_at IS NOT NULL GROUP BY 1, 2 ORDER BY axis, day`,
  ],
  [
    "SELECT folded, count FROM keywords ORDER BY 1",
    "SELECT folded, count(*) AS count FROM media_keywords GROUP BY 1 ORDER BY 1",
  ],
  [
    "SELECT folded, count FROM cameras ORDER BY 1",
    "SELECT lower(camera) AS folded, count(*) AS count FROM media_objects WHERE camera IS NOT NULL GROUP BY 1 ORDER BY 1",
  ],
  [
    `SELECT DISTINCT ${folderOf} AS folder, provider FROM media_objects WHERE instr(object_key, '/') > 0
     EXCEPT SELECT folder, provider FROM media_folders`,
    "SELECT folder, provider FROM media_folders WHERE substr(CAST(folder AS BLOB), -1) <> x'2f'",
  ],
] as const;

import { env } from "cloudflare:workers";

/** The states that seeded records go through, by turns. */
const seedStates = ["ready", "ready", "ready", "pending", "unsupported"] as const;

/** How many pairs of provider and state {@link seedMany} makes. */
export const seededCounters = new Set(seedStates).size;

/**
 * Stores `count` records of every kind by one statement: each has the keyword `all`, every sort key holds ties and, in
 * one half of `taken_at`, nothing. With `tied` all have the same size and time of change. Ids and keys are numbered from
 * `first`.
 */
export async function seedMany(
  count: number,
  options: { readonly tied?: boolean; readonly first?: number } = {},
): Promise<void> {
  const { first = 0 } = options;
  const indices = JSON.stringify(Array.from({ length: count }, (_, index) => first + index));
  const tied = options.tied === true ? 0 : 1;
  await env.DB.prepare(
    `INSERT INTO media_objects (id, provider, object_key, path_key, version, content_hash, file_size, content_type,
       state, width, height, taken_at, object_metadata, folded_keywords, keyword_spellings, words_text, key_text,
       text_version, thumbnail_version, change, updated_at)
     SELECT
       printf('018cc251-%04x-7000-8000-%012x', value / 65536, value), 'r2',
       printf('%02d/%06d.jpg', value % 100, value), printf('%02d/%06d.jpg', value % 100, value),
       printf('%032x', value), printf('md5:%032x', value), 1000 + ?2 * (value * 7919 % 5000), 'image/jpeg',
       CASE value % 5 WHEN 3 THEN 'pending' WHEN 4 THEN 'unsupported' ELSE 'ready' END, 400, 300,
       CASE value % 2 WHEN 0 THEN printf('20%02d-07-14T16:03:11.000', value % 24) END,
       '{"keywords":["All"]}', '["all"]', '["All"]', '+all =all', printf('. %02d %06d jpg', value % 100, value), 1,
       printf('%032x-1', value), 1, 1704067200000 + ?2 * (value * 31 % 999)
     FROM json_each(?1)`,
  )
    .bind(indices, tied)
    .run();
}

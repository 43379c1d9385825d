import { sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";

/** Which suggestions are wanted. */
export interface Wanted {
  /** The models, and for which words each: `lacks` is their number in `lacking_words`, `field` their name in verdicts. */
  readonly models: readonly {
    readonly lacks: 1 | 2;
    readonly field: "description" | "keywords";
    readonly name: string | null;
  }[];
  /** Whether those are asked about once more for whom every attempt has failed, or whom one of the models was never asked. */
  readonly again: boolean;
  readonly now: number;
}

/**
 * Marks those of these records that are processed and lack words, so that models are asked about them. A record whose
 * picture is another begins anew; of one that has the same nothing changes. Suggestions for a picture that is gone close.
 */
export async function wantSuggestions(db: Database, ids: readonly string[], wanted: Wanted): Promise<void> {
  const { models, now } = wanted;
  const lacking = models.reduce((sum, { lacks }) => sum + lacks, 0);
  const json = JSON.stringify(ids);
  await db.write([
    sql`UPDATE suggestions SET state = 'closed', search_text = ''
      WHERE media_id IN (SELECT value FROM json_each(${json})) AND state = 'open' AND NOT EXISTS (
        SELECT 1 FROM media_objects m WHERE m.id = media_id AND m.thumbnail_version = picture)`,
    sql`INSERT INTO suggestions (media_id, media_pk, picture, state, due_at)
      SELECT m.id, m.pk, m.thumbnail_version, 'wanted', ${now}
      FROM json_each(${json}) CROSS JOIN media_objects m ON m.id = value
      WHERE m.state = 'ready' AND m.missing_since IS NULL AND m.thumbnail_version IS NOT NULL
        AND m.lacking_words & ${lacking} > 0
      ON CONFLICT (media_id) DO UPDATE SET
        picture = excluded.picture, state = 'wanted', due_at = excluded.due_at, attempts = 0, description = NULL,
        candidates = '[]', model = NULL, decision_model = '', created_at = NULL, verdicts = '{}', decided_at = NULL,
        decided_operation = NULL, decided_revision = NULL, verdicts_before = NULL, search_text = ''
      WHERE picture <> excluded.picture`,
    sql`UPDATE suggestions SET state = 'wanted', due_at = ${now}, attempts = 0
      WHERE media_id IN (SELECT value FROM json_each(${json})) AND media_pk IS NOT NULL AND is_missing = 0
        AND (state = 'wanted' AND due_at IS NULL${wanted.again ? sql` OR ${isWantedAgain(wanted)}` : sql``})`,
  ]);
}

/** Everything has failed, or words lack on which nobody has decided and for which the model was never asked. */
function isWantedAgain({ models }: Wanted): SQL {
  return sql`state = 'failed' OR state = 'closed' AND EXISTS (
    SELECT 1 FROM json_each(${JSON.stringify(models)}) JOIN media_objects m ON m.id = media_id
    WHERE m.lacking_words & (value ->> 'lacks') > 0 AND instr(coalesce(model, ''), value ->> 'name') = 0
      AND coalesce(verdicts -> (value ->> 'field'), '{}') = '{}')`;
}

/** Records after a row id, in the order of row ids. */
export async function findIdsAfter(
  db: Database,
  afterPk: number,
  limit: number,
): Promise<{ readonly pk: number; readonly id: string }[]> {
  return db.orm.all(sql`SELECT pk, id FROM media_objects WHERE pk > ${afterPk} ORDER BY pk LIMIT ${limit}`);
}

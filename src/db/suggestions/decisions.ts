import { sql, type SQL } from "drizzle-orm";

import type { Authorship, EditingOperation } from "../history/edits.ts";

/** What becomes of the suggestions for a record, decided by a person on the suggestions as they were read. */
export interface Decision {
  /** The picture, and the verdicts as JSON, that the decision was made from. */
  readonly picture: string;
  readonly before: string;
  /** JSON. */
  readonly verdicts: string;
  readonly state: "open" | "closed";
  /** The tokens of what is left to decide. */
  readonly searchText: string;
  /** JSON: the verdicts that taking the decision back leads to; null where nothing does. */
  readonly wayBack: string | null;
}

/** A decision that changes no words of its record. */
export interface LoneDecision {
  readonly id: string;
  /** The revision of the record that the decision was made from. */
  readonly revision: number;
  readonly decision: Decision;
}

/** Whether the suggestions `s` are as they were when the decision was made from them. */
const isAsRead = sql`s.media_id = value ->> 'id' AND s.state IN ('open', 'closed')
  AND s.picture = value ->> '$.decision.picture' AND s.verdicts = value ->> '$.decision.before'`;

/**
 * Writes decisions to those suggestions that are as they were read, of records that are. It comes before the edits of the
 * records, which heed it: see {@link isDecided}.
 */
export function decide(json: string, { now, operation }: Authorship): SQL {
  return sql`
    UPDATE suggestions AS s SET
      verdicts = value ->> '$.decision.verdicts', state = value ->> '$.decision.state',
      search_text = value ->> '$.decision.searchText', verdicts_before = value ->> '$.decision.wayBack',
      decided_at = ${now}, decided_operation = ${operation?.id ?? null},
      decided_revision = CASE WHEN value ->> 'patch' IS NOT NULL THEN (value ->> 'revision') + 1 END
    FROM json_each(${json}) CROSS JOIN media_objects m ON m.id = value ->> 'id'
    WHERE ${isAsRead} AND m.revision = value ->> 'revision'
      AND (value ->> 'patch' IS NULL OR m.revision > 0 OR m.change = value ->> 'change')`;
}

/** Whether the decision that an edit brings along has been written in its transaction, or it brings none. */
export const isDecided = sql`(value ->> 'decision' IS NULL OR EXISTS (
  SELECT 1 FROM suggestions s WHERE s.media_id = media_objects.id
    AND s.decided_revision = media_objects.revision + 1 AND s.verdicts = value ->> '$.decision.verdicts'))`;

/** The statements of lone decisions: a visible change of each record (which answers it), the decisions, and their count. */
export function loneStatements(json: string, authorship: Authorship): SQL[] {
  const { now, operation } = authorship;
  const seen = sql`
    UPDATE media_objects SET change = media_objects.change + 1, updated_at = ${now}
    FROM json_each(${json}) CROSS JOIN suggestions s ON ${isAsRead}
    WHERE media_objects.id = s.media_id AND media_objects.revision = value ->> 'revision'
    RETURNING media_objects.id, media_objects.revision`;
  const counted = operation === null ? [] : [countDecided(json, authorship, operation)];
  return [seen, decide(json, authorship), ...counted];
}

function countDecided(json: string, { by, now }: Authorship, operation: EditingOperation): SQL {
  return sql`
    INSERT INTO operations (id, kind, changed_by, changed_at, updated, reverts, details)
    SELECT ${operation.id}, ${operation.kind}, ${by}, ${now}, count(s.media_id), ${operation.reverts}, ${operation.details}
    FROM json_each(${json}) CROSS JOIN suggestions s
      ON s.media_id = value ->> 'id' AND s.decided_operation = ${operation.id}
    WHERE true
    ON CONFLICT (id) DO UPDATE SET updated = operations.updated + excluded.updated`;
}

import { sql, type SQL } from "drizzle-orm";

import type { CopyKind, GroupKey } from "./copy-groups.ts";

/** A page of groups, and how much of each is looked at with it. */
interface Glance {
  /** The group after which the page begins; null for the first. */
  readonly after: GroupKey | null;
  readonly groups: number;
  readonly members: number;
}

/** Groups with the first of their members, as JSON. */
export function nextGroups(kind: CopyKind, { after, groups, members }: Glance): SQL {
  if (kind === "same") return nextOfSame(after?.name ?? "", { groups, members });
  const { name, size } = after ?? { name: "", size: 0 };
  return sql`
    SELECT g.content_hash AS name, g.file_size AS size, (
      SELECT json_group_array(json_array(pk, pk, present)) FROM (${equalMembers(sql`g.content_hash`, sql`g.file_size`)} LIMIT ${members})
    ) AS members
    FROM repeated_bytes g WHERE (g.content_hash, g.file_size) > (${name}, ${size})
    ORDER BY g.content_hash, g.file_size LIMIT ${groups}`;
}

/** Each step goes from a group to the next one in the index, past its members however many they are. */
function nextOfSame(after: string, { groups, members }: Omit<Glance, "after">): SQL {
  return sql`
    WITH RECURSIVE step (id, number) AS (
      SELECT (SELECT min(group_id) FROM picture_copies WHERE group_id > ${after}), 1
      UNION ALL
      SELECT (SELECT min(group_id) FROM picture_copies WHERE group_id > step.id), number + 1 FROM step
      WHERE id IS NOT NULL AND number < ${groups}
    )
    SELECT id AS name, 0 AS size, (
      SELECT json_group_array(json_array(media_id, pk, present)) FROM (${sameMembers(sql`step.id`)} LIMIT ${members})
    ) AS members
    FROM step WHERE id IS NOT NULL ORDER BY number`;
}

/** The members of a group after one of them, each as JSON. */
export function nextMembers(
  kind: CopyKind,
  { name, size }: GroupKey,
  { after, limit }: { readonly after: string | number; readonly limit: number },
): SQL {
  return kind === "same"
    ? sql`
      SELECT json_array(media_id, pk, present) AS member
      FROM (${sameMembers(sql`${name}`, sql`AND c.media_id > ${after}`)} LIMIT ${limit})`
    : sql`
      SELECT json_array(pk, pk, present) AS member
      FROM (${equalMembers(sql`${name}`, sql`${size}`, sql`AND pk > ${after}`)} LIMIT ${limit})`;
}

/** The hash alone leads, since the index has no sizes. */
function equalMembers(hash: SQL, size: SQL, from = sql``): SQL {
  return sql`
    SELECT pk, file_size = ${size} AND missing_since IS NULL AS present
    FROM media_objects INDEXED BY media_objects_by_hash
    WHERE content_hash = ${hash} ${from} ORDER BY pk`;
}

function sameMembers(group: SQL, from = sql``): SQL {
  return sql`
    SELECT c.media_id, m.pk, m.missing_since IS NULL AS present
    FROM picture_copies c CROSS JOIN media_objects m ON m.id = c.media_id
    WHERE c.group_id = ${group} ${from} ORDER BY c.media_id`;
}

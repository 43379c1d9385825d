import type { Database } from "../connection.ts";
import { readByPk } from "../media/by-pk.ts";
import type { ShownMedia } from "../media/record.ts";
import { takeFitting } from "../media/rows.ts";

/**
 * Reads the records of groups of row ids in their order, such as a record with its candidates: of as many groups as an
 * answer has room for, and at least of one. A record may be in several groups; one that is gone is in none.
 */
export async function readGroups(
  db: Database,
  wanted: readonly (readonly number[])[],
): Promise<ShownMedia[][]> {
  const rows = new Map((await readByPk(db, [...new Set(wanted.flat())])).map((row) => [row.pk, row]));
  const inOrder = wanted.map((pks) => pks.flatMap((pk) => rows.get(pk) ?? []));
  const { media, taken } = await takeFitting(db, inOrder.flat());
  let end = 0;
  const groups: ShownMedia[][] = [];
  for (const group of inOrder) {
    end += group.length;
    if (end > taken && groups.length > 0) break;
    groups.push(
      group.slice(0, group.length - Math.max(0, end - taken)).flatMap(({ pk }) => media.get(pk) ?? []),
    );
  }
  return groups;
}

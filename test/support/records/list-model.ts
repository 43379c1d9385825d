import { type SortKey } from "../../../src/db/lists/filter.ts";
import { afterPrefix } from "../../../src/db/prefix-range.ts";
import type { buildMedia } from "./media.ts";

type Row = ReturnType<typeof buildMedia>;

const sortValue: Readonly<Record<SortKey, (row: Row) => string | number | null>> = {
  created_at: (row) => row.id,
  updated_at: (row) => row.updatedAt,
  taken_at: (row) => row.takenAt,
  object_key: (row) => row.objectKey,
  file_size: (row) => row.fileSize,
};

/** Compares as SQLite does: numbers as numbers, texts byte by byte. */
function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareBytes(String(a), String(b));
}

/** Compares texts by their UTF-8 bytes. */
export function compareBytes(a: string, b: string): number {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  const at = left.findIndex((byte, index) => byte !== right[index]);
  return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}

/** The list as plain JavaScript sorts it: without the sort key last, ties in the order in which they were stored. */
export function sortedIds(rows: readonly Row[], sort: SortKey, order: "asc" | "desc"): string[] {
  const sign = order === "asc" ? 1 : -1;
  return rows
    .map((row, index) => ({ id: row.id, value: sortValue[sort](row), index }))
    .toSorted((a, b) => {
      if (a.value === null || b.value === null) {
        if (a.value !== b.value) return a.value === null ? 1 : -1;
        return sign * (a.index - b.index);
      }
      return sign * (compare(a.value, b.value) || a.index - b.index);
    })
    .map((row) => row.id);
}

/** True for a key that begins with these bytes. */
export function hasBytePrefix(key: string, prefix: string): boolean {
  const [bytes, start] = [new TextEncoder().encode(key), new TextEncoder().encode(prefix)];
  return start.every((byte, index) => bytes[index] === byte);
}

/** True for a key in the range of keys that a prefix spans. */
export function isInPrefixRange(key: string, prefix: string): boolean {
  const end = afterPrefix(prefix);
  return compareBytes(key, prefix) >= 0 && (end === null || compareBytes(key, end) < 0);
}

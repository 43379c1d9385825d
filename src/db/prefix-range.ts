import { and, gte, lt, sql, type SQL } from "drizzle-orm";

import { mediaObjects } from "./schema.ts";

/** A stretch of values: from a first one on, and up to where it ends; undefined for an open side. */
export interface Range {
  readonly from: SQL | undefined;
  readonly to: SQL | undefined;
}

/** A range as a condition. */
export function within({ from, to }: Range): SQL {
  return and(from, to) ?? sql`true`;
}

/**
 * A half-open range of keys, since LIKE would read the whole table. UTF-8 sorts by code point, so the end is the prefix
 * with its last code point raised by one; a prefix of nothing but the highest code point has no end.
 */
export function prefixRange(prefix: string): Range {
  const end = afterPrefix(prefix);
  return {
    from: gte(mediaObjects.objectKey, prefix),
    to: end === null ? undefined : lt(mediaObjects.objectKey, end),
  };
}

/** The least text that is greater than every text with this prefix, in the order of UTF-8; null where there is none. */
export function afterPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last < 0x10ffff) {
      // U+D800–U+DFFF are no characters: what follows U+D7FF is U+E000.
      const next = last === 0xd7ff ? 0xe000 : last + 1;
      return String.fromCodePoint(...points, next);
    }
  }
  return null;
}

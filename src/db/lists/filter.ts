import { and, eq, gte, lt, sql, type SQL } from "drizzle-orm";

import { mediaObjects, type MediaState } from "../schema.ts";

/** Which records a list shows; everything given must hold. */
export interface MediaFilter {
  readonly provider?: string | undefined;
  /** Of the object key, byte-wise. */
  readonly prefix?: string | undefined;
  /** Folded; all must match. */
  readonly keywords: readonly string[];
  /** `image/jpeg`, or `image/*`. */
  readonly contentType?: string | undefined;
  readonly state?: MediaState | undefined;
  readonly missing: "false" | "true" | "any";
  /** Local time, inclusive; of the best that is known of a record. */
  readonly takenAfter?: string | undefined;
  /** Local time, exclusive; likewise. */
  readonly takenBefore?: string | undefined;
  /** Milliseconds since the epoch, inclusive. */
  readonly updatedAfter?: number | undefined;
}

/** What a list is sorted by. */
export const sortKeys = ["created_at", "updated_at", "taken_at", "object_key", "file_size"] as const;

/** One of {@link sortKeys}. */
export type SortKey = (typeof sortKeys)[number];

/** Which records a list shows by whether their object is there: the values of the column `is_missing`. */
export function presenceOf(filter: MediaFilter): readonly (0 | 1)[] {
  return { false: [0] as const, true: [1] as const, any: [0, 1] as const }[filter.missing];
}

/** One thing that a filter asks for: by name, so that a walk can leave out what its index bounds already. */
export interface Condition {
  readonly of: string;
  readonly holds: SQL;
}

/** The name of the condition that a keyword makes. */
export function keywordCondition(folded: string): string {
  return `keyword ${folded}`;
}

/** All that a filter asks of a row of `media_objects`. */
export function conditionsOf(filter: MediaFilter): Condition[] {
  const [missing, ...both] = presenceOf(filter);
  const conditions: readonly (readonly [string, SQL | undefined])[] = [
    ["presence", both.length > 0 ? undefined : eq(mediaObjects.isMissing, missing ?? 0)],
    ["provider", filter.provider === undefined ? undefined : eq(mediaObjects.provider, filter.provider)],
    ["prefix", filter.prefix === undefined ? undefined : within(prefixRange(filter.prefix))],
    ["state", filter.state === undefined ? undefined : stateRange(filter.state)],
    ["content type", contentTypeCondition(filter.contentType)],
    ["taken", isTakenBounded(filter) ? within(takenRange(filter)) : undefined],
    ["updated", filter.updatedAfter === undefined ? undefined : updatedSince(filter.updatedAfter)],
    ...filter.keywords.map((each) => [keywordCondition(each), hasKeyword(each)] as const),
  ];
  return conditions.flatMap(([of, holds]) => (holds === undefined ? [] : [{ of, holds }]));
}

/** A stretch of values: from a first one on, and up to where it ends; undefined for an open side. */
export interface Range {
  readonly from: SQL | undefined;
  readonly to: SQL | undefined;
}

/** A range as a condition. */
export function within({ from, to }: Range): SQL {
  return and(from, to) ?? sql`true`;
}

/** The second term lets SQLite see that the partial index holds every match. */
export function stateRange(state: MediaState): SQL {
  const is = eq(mediaObjects.state, state);
  return state === "ready" ? is : sql`${is} AND ${mediaObjects.state} <> 'ready'`;
}

/** True where only dated records belong to the list. */
export function isTakenBounded({ takenAfter, takenBefore }: MediaFilter): boolean {
  return takenAfter !== undefined || takenBefore !== undefined;
}

/** Taken between two times. */
export function takenRange({ takenAfter, takenBefore }: MediaFilter): Range {
  return {
    from: takenAfter === undefined ? undefined : gte(mediaObjects.bestTakenAt, takenAfter),
    to: takenBefore === undefined ? undefined : lt(mediaObjects.bestTakenAt, takenBefore),
  };
}

/** Changed since then. */
export function updatedSince(since: number): SQL {
  return gte(mediaObjects.updatedAt, since);
}

function contentTypeCondition(contentType: string | undefined): SQL | undefined {
  if (contentType === undefined) return undefined;
  if (!contentType.endsWith("/*")) return eq(mediaObjects.contentType, contentType);
  const family = contentType.slice(0, -1);
  return sql`substr(${mediaObjects.contentType}, 1, ${family.length}) = ${family}`;
}

function hasKeyword(folded: string): SQL {
  return sql`EXISTS (SELECT 1 FROM media_keywords other WHERE other.folded = ${folded} AND other.media_id = ${mediaObjects.id})`;
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

/** All of these conditions. */
export function all(conditions: readonly SQL[]): SQL {
  return and(...conditions) ?? sql`true`;
}

import { and, eq, gte, lt, sql, type SQL } from "drizzle-orm";

import { mediaObjects, type MediaState } from "./schema.ts";

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
  /** Local time of the camera, inclusive. */
  readonly takenAfter?: string | undefined;
  /** Local time of the camera, exclusive. */
  readonly takenBefore?: string | undefined;
  /** Milliseconds since the epoch, inclusive. */
  readonly updatedAfter?: number | undefined;
}

/** What a list is sorted by. */
export const sortKeys = ["created_at", "updated_at", "taken_at", "object_key", "file_size"] as const;

/** One of {@link sortKeys}. */
export type SortKey = (typeof sortKeys)[number];

/** The table as a query reads it, with the index that it walks; and the conditions beside the walk. */
export interface MediaSource {
  readonly from: SQL;
  readonly where: SQL;
  /** The record's id as the walk has it: to order and seek by it without looking at the record. */
  readonly id: SQL;
}

const indexOfSort = {
  created_at: "media_objects_by_created",
  updated_at: "media_objects_by_updated",
  taken_at: "media_objects_by_taken",
  object_key: "media_objects_by_key",
  file_size: "media_objects_by_size",
} as const satisfies Record<SortKey, string>;

/**
 * Chooses how the table is read. SQLite has no statistics to choose by, and its guess would depend on them; so the
 * choice is ours and each query has one plan: the filter that narrows most leads, and only where none narrows the
 * index of the sort is walked.
 */
export function mediaSource(filter: MediaFilter, sort: SortKey, missing: 0 | 1): MediaSource {
  const [keyword, ...otherKeywords] = filter.keywords;
  const conditions = [...filterConditions(filter), ...otherKeywords.map(hasKeyword)];
  if (keyword !== undefined) {
    return {
      from: sql`media_keywords CROSS JOIN media_objects ON ${mediaObjects.pk} = media_keywords.media_pk`,
      where: all([
        sql`media_keywords.folded = ${keyword}`,
        eq(mediaObjects.isMissing, missing),
        ...conditions,
      ]),
      id: sql`media_keywords.media_id`,
    };
  }
  return {
    from: sql`media_objects INDEXED BY ${sql.identifier(leadingIndex(filter, sort))}`,
    where: all([eq(mediaObjects.isMissing, missing), ...conditions]),
    id: sql`${mediaObjects.id}`,
  };
}

function leadingIndex(filter: MediaFilter, sort: SortKey): string {
  if (filter.prefix !== undefined) return indexOfSort.object_key;
  if (filter.state !== undefined && filter.state !== "ready") return "media_objects_unsettled";
  if (filter.updatedAfter !== undefined) return indexOfSort.updated_at;
  if (filter.takenAfter !== undefined || filter.takenBefore !== undefined) return indexOfSort.taken_at;
  return indexOfSort[sort];
}

function filterConditions(filter: MediaFilter): SQL[] {
  const conditions: (SQL | undefined)[] = [
    filter.provider === undefined ? undefined : eq(mediaObjects.provider, filter.provider),
    ...(filter.prefix === undefined ? [] : prefixRange(filter.prefix)),
    stateCondition(filter.state),
    contentTypeCondition(filter.contentType),
    filter.takenAfter === undefined ? undefined : gte(mediaObjects.takenAt, filter.takenAfter),
    filter.takenBefore === undefined ? undefined : lt(mediaObjects.takenAt, filter.takenBefore),
    filter.updatedAfter === undefined ? undefined : gte(mediaObjects.updatedAt, filter.updatedAfter),
  ];
  return conditions.filter((condition) => condition !== undefined);
}

/** The second term lets SQLite see that the partial index holds every match. */
function stateCondition(state: MediaState | undefined): SQL | undefined {
  if (state === undefined) return undefined;
  return state === "ready" ? eq(mediaObjects.state, state) : sql`state = ${state} AND state <> 'ready'`;
}

function contentTypeCondition(contentType: string | undefined): SQL | undefined {
  if (contentType === undefined) return undefined;
  if (!contentType.endsWith("/*")) return eq(mediaObjects.contentType, contentType);
  const family = contentType.slice(0, -1);
  return sql`substr(content_type, 1, ${family.length}) = ${family}`;
}

function hasKeyword(folded: string): SQL {
  return sql`EXISTS (SELECT 1 FROM media_keywords other WHERE other.folded = ${folded} AND other.media_id = ${mediaObjects.id})`;
}

/**
 * A half-open range of keys, since LIKE would read the whole table. UTF-8 sorts by code point, so the end is the prefix
 * with its last code point raised by one; a prefix of nothing but the highest code point has no end.
 */
function prefixRange(prefix: string): SQL[] {
  const start = gte(mediaObjects.objectKey, prefix);
  const end = afterPrefix(prefix);
  return end === null ? [start] : [start, lt(mediaObjects.objectKey, end)];
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

function all(conditions: SQL[]): SQL {
  return and(...conditions) ?? sql`true`;
}

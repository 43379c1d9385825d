import { and, eq, gte, lt, sql, type SQL } from "drizzle-orm";

import {
  hasAll,
  hasSidecarChange,
  hasSuggestions,
  lacksAll,
  liesWithin,
  type Box,
  type KnownThing,
} from "./known.ts";
import { prefixRange, type Range, within } from "../prefix-range.ts";
import { mediaObjects, type MediaState } from "../schema.ts";

/** Which records a list shows; everything given must hold. */
export interface MediaFilter {
  readonly provider?: string | undefined;
  /** The beginning of the object key, compared byte by byte. */
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
  /** Ids as they are stored, in order and none twice; those that nobody has are left out. */
  readonly ids?: readonly string[] | undefined;
  /** The whole object key. */
  readonly objectKey?: string | undefined;
  /** In the order of `knownThings`, none twice, at least one; all of them are known. */
  readonly has?: readonly KnownThing[] | undefined;
  /** Likewise; none of them is known. */
  readonly without?: readonly KnownThing[] | undefined;
  /** Where the best known place lies. */
  readonly within?: Box | undefined;
}

/** The fields that a list can be sorted by. */
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

/** The conditions that `without` makes: one for each index that holds what lacks something. */
export const lackingParts = [
  "lacks words",
  "lacks location",
  "lacks taken_at",
  "lacks sidecar change",
  "lacks suggestions",
] as const;

/** One of {@link lackingParts}. */
export type LackingPart = (typeof lackingParts)[number];

const thingsOfPart = {
  "lacks words": ["description", "keywords"],
  "lacks location": ["location"],
  "lacks taken_at": ["taken_at"],
  "lacks sidecar change": ["sidecar_change"],
  "lacks suggestions": ["suggestions"],
} as const satisfies Record<LackingPart, readonly KnownThing[]>;

/** What of these things such a part is about. */
export function lackingOf(part: LackingPart, { without = [] }: MediaFilter): KnownThing[] {
  return thingsOfPart[part].filter((thing) => without.includes(thing));
}

/** True where the list is empty whatever is stored: nothing both has and lacks a thing. */
export function isContradictory({ has = [], without = [] }: MediaFilter): boolean {
  return has.some((thing) => without.includes(thing));
}

/** The name of the condition that a keyword makes. */
export function keywordCondition(folded: string): string {
  return `keyword ${folded}`;
}

/** The name of the condition that a change of the sidecar makes. */
export const sidecarCondition = "sidecar change";

/** Whether a filter asks for records whose sidecar has changed. */
export function asksSidecarChange({ has = [] }: MediaFilter): boolean {
  return has.includes("sidecar_change");
}

/** The name of the condition that suggestions make. */
export const suggestionsCondition = "suggestions";

/** Whether a filter asks for records for which something is suggested. */
export function asksSuggestions({ has = [] }: MediaFilter): boolean {
  return has.includes("suggestions");
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
    ["ids", filter.ids === undefined ? undefined : isOneOf(filter.ids)],
    ["object key", filter.objectKey === undefined ? undefined : eq(mediaObjects.objectKey, filter.objectKey)],
    ["has", filter.has === undefined ? undefined : hasAll(filter.has)],
    [sidecarCondition, asksSidecarChange(filter) ? hasSidecarChange : undefined],
    [suggestionsCondition, asksSuggestions(filter) ? hasSuggestions : undefined],
    ...lackingConditions(filter),
    ["within", filter.within === undefined ? undefined : liesWithin(filter.within)],
    ...filter.keywords.map((each) => [keywordCondition(each), hasKeyword(each)] as const),
  ];
  return conditions.flatMap(([of, holds]) => (holds === undefined ? [] : [{ of, holds }]));
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

/** Named by one of these ids. However many they are, they are bound as one value. */
export function isOneOf(ids: readonly string[]): SQL {
  return sql`${mediaObjects.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}

function lackingConditions(filter: MediaFilter): (readonly [string, SQL | undefined])[] {
  return lackingParts.map((part) => {
    const things = lackingOf(part, filter);
    return [part, things.length === 0 ? undefined : lacksAll(things)];
  });
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

/** A condition that holds where all these conditions hold. */
export function all(conditions: readonly SQL[]): SQL {
  return and(...conditions) ?? sql`true`;
}

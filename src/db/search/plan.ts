import { sql, type SQL } from "drizzle-orm";

import { all, conditionsOf, isOneOf, keywordCondition, type MediaFilter } from "../lists/filter.ts";
import { hasAll, lacksAll } from "../lists/known.ts";
import { afterPrefix } from "../prefix-range.ts";
import { mediaObjects } from "../schema.ts";
import { matchExpressions, suggestedExpressions, type MatchExpressions } from "./expression.ts";
import { keywordToken } from "./index-text.ts";
import type { SearchQuery, TakenTerm } from "./terms.ts";

/** An index of full text: of the words of records, or of those that are only suggested. */
export type FullText = "media_search" | "suggestion_search";

/** Records that come before or behind all others of a search: what one expression matches and another does not. */
export interface Group {
  /** Where {@link match} is looked for. */
  readonly index: FullText;
  readonly match: string;
  /** What of the words of records has come in the groups before, or is unwanted; null for the first one. */
  readonly except: string | null;
  /** What must hold of a row besides. */
  readonly holds: SQL;
}

/** How a search is answered: by expressions of full text, and by conditions on the rows that these lead to. */
export interface SearchPlan {
  /** In the order in which their records come, each with the newest record first. */
  readonly groups: readonly Group[];
  /** What the groups match together in the words of records. */
  readonly match: string;
  /** Narrows a match to few row ids, where the filter names the records; else nothing. */
  readonly narrowed: SQL;
  /** What must hold of a row besides. */
  readonly holds: SQL;
  /** Whether that is no more than that the object is there. */
  readonly asksPresence: boolean;
  /** At how many rows a look at a record looks: at itself, and at some of its keywords. */
  readonly rowsEach: number;
}

/** Plans a search of the records that a filter shows; with suggestions also by words that are only suggested. */
export function planSearch(query: SearchQuery, filter: MediaFilter, suggestions = false): SearchPlan {
  const asked = matchExpressions(query);
  // What every record has narrows nothing, and full text would go through it beside the keywords.
  const isBare = asked.isUnbounded && filter.keywords.length > 0;
  const match = withKeywords(isBare ? [] : [asked.all], filter);
  const words = asked.words === null ? null : withKeywords([asked.words], filter);
  const others = asked.others === null ? match : withKeywords([asked.others], filter);
  const told = new Set(filter.keywords.filter(hasOwnToken).map(keywordCondition));
  const everyCondition = conditionsOf(filter);
  const conditions = everyCondition.filter(({ of }) => !told.has(of));
  const asksRows = rowConditions(asked);
  const holds = all([...conditions.map((each) => each.holds), ...asksRows]);
  const own = { index: "media_search", holds } as const;
  const groups: Group[] =
    words === null
      ? [{ ...own, match, except: null }]
      : [
          { ...own, match: words, except: null },
          { ...own, match: others, except: words },
        ];
  const suggested = suggestions ? suggestedExpressions(query) : null;
  if (suggested !== null)
    groups.push({
      index: "suggestion_search",
      match: suggested.match,
      except: suggested.unwanted === null ? match : `(${match}) OR ${suggested.unwanted}`,
      // Its index knows no keywords of the records.
      holds: all([...everyCondition.map((each) => each.holds), ...asksRows]),
    });
  const asksPresence =
    filter.missing === "false" && asksRows.length === 0 && conditions.every(({ of }) => of === "presence");
  const rowsEach = 1 + filter.keywords.length - told.size;
  return { groups, match, narrowed: namedRecords(filter), holds, asksPresence, rowsEach };
}

/** Keywords with signs or spaces may share their token with another, so that the row has to be asked as well. */
function hasOwnToken(keyword: string): boolean {
  return /^[\p{L}\p{N}\p{M}]*$/u.test(keyword);
}

/** The index knows keywords, too. */
function withKeywords(matches: readonly string[], { keywords }: MediaFilter): string {
  return [...matches, ...keywords.map((each) => `"${keywordToken(each)}"`)]
    .map((each) => `(${each})`)
    .join(" AND ");
}

function namedRecords({ ids, objectKey }: MediaFilter): SQL {
  const { pk } = mediaObjects;
  if (ids !== undefined) return sql` AND rowid IN (SELECT ${pk} FROM media_objects WHERE ${isOneOf(ids)})`;
  if (objectKey === undefined) return sql``;
  return sql` AND rowid IN (
    SELECT ${pk} FROM media_objects WHERE ${mediaObjects.isMissing} IN (0, 1) AND ${mediaObjects.objectKey} = ${objectKey})`;
}

/** A query may hold more folders and periods than a statement takes values, so each kind is bound as one. */
function rowConditions({ folders, taken, has }: MatchExpressions): SQL[] {
  const [within, outside] = parted(folders);
  const [during, outOf] = parted(taken);
  const [having, lacking] = parted(has);
  const conditions = [
    [
      within,
      liesInAll(
        within.map(({ prefix }) => [prefix, afterPrefix(prefix)]),
        mediaObjects.objectKey,
      ),
    ],
    [
      outside,
      liesInNone(
        outside.map(({ prefix }) => [prefix, afterPrefix(prefix)]),
        mediaObjects.objectKey,
      ),
    ],
    [during, liesInAll(during.map(period), mediaObjects.bestTakenAt)],
    [outOf, liesInNone(outOf.map(period), mediaObjects.bestTakenAt)],
    [having, hasAll(having.map(({ field }) => field))],
    [lacking, lacksAll(lacking.map(({ field }) => field))],
  ] as const;
  return conditions.flatMap(([terms, holds]) => (terms.length === 0 ? [] : [holds]));
}

function parted<T extends { readonly negated: boolean }>(terms: readonly T[]): [T[], T[]] {
  return [terms.filter(({ negated }) => !negated), terms.filter(({ negated }) => negated)];
}

/** From where to where, the end excluded; null for an open side. */
type Span = readonly [string | null, string | null];

function period({ after, before }: TakenTerm): Span {
  return [after, before];
}

const isInSpan = (column: typeof mediaObjects.objectKey | typeof mediaObjects.bestTakenAt): SQL =>
  sql`coalesce(${column} >= coalesce(span.value ->> 0, '')
    AND (span.value ->> 1 IS NULL OR ${column} < span.value ->> 1), false)`;

function liesInAll(spans: readonly Span[], column: Parameters<typeof isInSpan>[0]): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(spans)}) span WHERE NOT ${isInSpan(column)})`;
}

function liesInNone(spans: readonly Span[], column: Parameters<typeof isInSpan>[0]): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(spans)}) span WHERE ${isInSpan(column)})`;
}

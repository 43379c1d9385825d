import type { Database } from "../connection.ts";
import type { MediaFilter } from "../lists/filter.ts";
import { listMedia, type MediaPosition } from "../lists/list.ts";
import { readByPk } from "../media/by-pk.ts";
import type { ShownMedia } from "../media/record.ts";
import { takeFitting } from "../media/rows.ts";
import { lookBelow, type Looked } from "../search/matches.ts";
import { planSearch, type SearchPlan } from "../search/plan.ts";
import type { SearchQuery } from "../search/terms.ts";

/** Which records are meant: all that a list or a search shows. */
export interface Selection {
  readonly filter: MediaFilter;
  /** Without terms every record of the filter is meant. */
  readonly query: SearchQuery;
}

/** How far a walk along a selection has come: in a list, or in a search, whose row ids fall. */
export type SelectionPosition =
  | { readonly list: MediaPosition }
  | { readonly search: { readonly below: number | null } };

/** Some records of a selection, and where it goes on; null at its end. */
export interface SelectionPage {
  readonly media: readonly ShownMedia[];
  readonly next: SelectionPosition | null;
}

/** From where a page of a selection is read (null for its beginning), and how many records it holds at the most. */
export interface SelectionStep {
  readonly after: SelectionPosition | null;
  readonly limit: number;
}

/** At how many matches of a search a page looks, where the first ones are not its records. */
const searchLooks = 2000;

/**
 * Reads a page of a selection by `created_at`: from the oldest on in a list, from the newest on in a search. A position
 * is that of a record, so that whatever becomes of the records that were walked, none that is left is skipped. It looks at
 * 10,000 rows at the most, and its words have 4 MiB at the most; so it may be short, or empty, and only `next` tells
 * whether there is more.
 */
export async function readSelection(
  db: Database,
  selection: Selection,
  { after, limit }: SelectionStep,
): Promise<SelectionPage> {
  if (selection.query.terms.length > 0) {
    const below = after !== null && "search" in after ? after.search.below : null;
    return readMatches(db, selection, { below, limit });
  }
  const start = after !== null && "list" in after ? { after: after.list } : { offset: 0 };
  const order = { sort: "created_at", descending: false } as const;
  const { items, next } = await listMedia(db, selection.filter, { order, start, limit });
  return { media: items.map(({ media }) => media), next: next === null ? null : { list: next } };
}

async function readMatches(
  db: Database,
  { query, filter }: Selection,
  { below, limit }: { readonly below: number | null; readonly limit: number },
): Promise<SelectionPage> {
  const plan = planSearch(query, filter);
  const { count, ...looked } = await lookFor(db, plan, { below, limit });
  const pks = looked.pks.slice(0, limit);
  const rows = (await readByPk(db, pks)).toSorted((a, b) => b.pk - a.pk);
  const { media, taken } = await takeFitting(db, rows);
  const shown = rows.slice(0, taken).flatMap(({ pk }) => media.get(pk) ?? []);
  const last = taken < rows.length ? rows[taken - 1]?.pk : pks.at(-1);
  const isCut = taken < rows.length || pks.length < looked.pks.length;
  if (isCut && last !== undefined) return { media: shown, next: { search: { below: last } } };
  const isEnd = looked.matches < count || looked.last === null;
  return { media: shown, next: isEnd ? null : { search: { below: looked.last } } };
}

/** Looks at as many matches as a page has records; only if few of them are its own, at more. */
async function lookFor(
  db: Database,
  plan: SearchPlan,
  { below, limit }: { readonly below: number | null; readonly limit: number },
): Promise<Looked & { readonly count: number }> {
  const looked = await lookBelow(db, plan.match, plan, { below, count: limit });
  if (looked.matches < limit || looked.pks.length > limit / 2) return { ...looked, count: limit };
  const count = Math.max(limit, Math.floor(searchLooks / plan.rowsEach));
  return { ...(await lookBelow(db, plan.match, plan, { below, count })), count };
}

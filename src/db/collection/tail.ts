import type { Database } from "../connection.ts";
import { compareKeys } from "../../core/text/key-order.ts";
import { compareCounted, readNames, type Counted, type CountedPage, type CountedTable } from "./counted.ts";

/**
 * Where a list by count goes on: behind this name among those with this count. Every way of reading gives the same order,
 * so that a list may go from one to another between two pages.
 */
export interface CountPosition {
  readonly count: number;
  /** Null for before the first one with this count. */
  readonly folded: string | null;
  /** `whole`: nothing is known yet. `tiers`: too many for reading them all. `pass`: within a pass, see {@link walkPass}. */
  readonly way: "whole" | "tiers" | "pass";
  /** In a pass: the greatest smaller count that it has seen; 0 for none, null where it has not seen all names. */
  readonly below: number | null;
}

/** A page of a list by count. */
export type CountPage = CountedPage<CountPosition>;

/** What is left to be read of a page. */
export interface CountWalk {
  readonly prefix: string;
  readonly start: CountPosition;
  readonly limit: number;
  /** How many rows may still be read. */
  readonly looks: number;
}

/** Counts up to this have no tier. */
export const greatestUntiered = 8;

/** Names that no index has in the order of counts: read whole and sorted if they are few, else pass by pass. */
export async function readTail(db: Database, table: CountedTable, walk: CountWalk): Promise<CountPage> {
  const { prefix, start, looks } = walk;
  // Nothing comes behind those with a count of one: they are in their order already.
  if (start.count === 1) return walkPass(db, table, walk);
  const rows = await readNames(db, table, { prefix, after: null }, looks);
  if (rows.length < looks) return sorted(rows, walk);
  const at: CountPosition = { ...start, way: "pass", below: belowAtStart(start) };
  if (start.folded !== null) return { items: [], next: at };
  const items: Counted[] = [];
  return { items, next: passOver(rows, items, { at, limit: walk.limit }).at };
}

/** A page of names that were read whole. */
export function sorted(rows: readonly Counted[], { start, limit }: CountWalk): CountPage {
  const behind = rows.filter((row) => isBehind(row, start)).toSorted(compareCounted);
  return { items: behind.slice(0, limit), next: behindPage(behind, limit, "whole") };
}

/**
 * Walks the names in their own order for those with one count, while it notes the greatest count below: the next pass is
 * for that one. So a pass is made for each count that there is, and each name that keeps its count comes once.
 */
export async function walkPass(db: Database, table: CountedTable, walk: CountWalk): Promise<CountPage> {
  const { prefix, start, limit } = walk;
  const items: Counted[] = [];
  let at: CountPosition = { ...start, way: "pass", below: start.below ?? belowAtStart(start) };
  let { looks } = walk;
  for (let take = limit + 1; looks > 0; take *= 4) {
    const room = Math.min(take, looks);
    const rows = await readNames(db, table, { prefix, after: at.folded }, room);
    looks -= Math.max(1, rows.length);
    const passed = passOver(rows, items, { at, limit });
    at = passed.at;
    if (passed.isFull) break;
    if (rows.length === room) continue;
    const following = at.below ?? at.count - 1;
    if (following < 1) return { items, next: null };
    at = { count: following, folded: null, way: "pass", below: 0 };
    if (table.hasTiers && following > greatestUntiered)
      return { items, next: { ...at, way: "tiers", below: null } };
  }
  return { items, next: at };
}

/** Takes the names of a pass into a page, until it sees one more than the page has room for. */
function passOver(
  rows: readonly Counted[],
  items: Counted[],
  { at: start, limit }: { readonly at: CountPosition; readonly limit: number },
): { readonly at: CountPosition; readonly isFull: boolean } {
  let { folded, below } = start;
  for (const row of rows) {
    const isOfPass = row.count === start.count;
    if (isOfPass && items.length === limit) return { at: { ...start, folded, below }, isFull: true };
    if (isOfPass) items.push(row);
    folded = row.folded;
    if (below !== null && row.count < start.count) below = Math.max(below, row.count);
  }
  return { at: { ...start, folded, below }, isFull: false };
}

/** A pass that begins with the first name sees every count there is. */
export function belowAtStart({ folded }: CountPosition): number | null {
  return folded === null ? 0 : null;
}

/** That a name belongs behind a position. */
export function isBehind({ count, folded }: Counted, start: CountPosition): boolean {
  if (count !== start.count) return count < start.count;
  return start.folded === null || compareKeys(folded, start.folded) > 0;
}

/** Where a list goes on behind its first `limit` names; null where there are no more. */
export function behindPage(
  sorted: readonly Counted[],
  limit: number,
  way: CountPosition["way"],
): CountPosition | null {
  const last = sorted[limit - 1];
  if (sorted.length <= limit) return null;
  if (last === undefined) return { count: greatestUntiered, folded: null, way: "whole", below: null };
  return { count: last.count, folded: last.folded, way, below: null };
}

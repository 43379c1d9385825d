import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { compareKeys } from "../../core/text/key-order.ts";
import {
  compareCounted,
  hasPrefix,
  mostLooks,
  readNames,
  type Counted,
  type CountedPage,
  type CountedTable,
} from "./counted.ts";

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

/** Which page of a list by count. */
export interface CountQuery {
  /** Folded; empty for all. */
  readonly prefix: string;
  /** Null for the first page. */
  readonly from: CountPosition | null;
  readonly limit: number;
}

type CountPage = CountedPage<CountPosition>;

interface Walk {
  readonly prefix: string;
  readonly start: CountPosition;
  readonly limit: number;
  /** How many rows may still be read. */
  readonly looks: number;
}

/** Before every count that there can be. */
const top: CountPosition = {
  count: Number.MAX_SAFE_INTEGER - 1,
  folded: null,
  way: "whole",
  below: null,
};

/** Counts up to this have no tier. */
const greatestUntiered = 8;

/** How many names with a prefix are read whole while the tiers could serve the page as well; the rest is for the tiers. */
const wholePrefixLooks = 6000;

/** The greatest count that a name of this tier may have, as the triggers keep it. */
function greatestOf(tier: number): number {
  return tier + Math.floor(tier / 8) + 8;
}

/** A page of the names that are used most. It may hold fewer than were asked for, since it looks at so many only. */
export async function listByCount(db: Database, table: CountedTable, query: CountQuery): Promise<CountPage> {
  const { prefix, from, limit } = query;
  const start = from ?? top;
  const walk = { prefix, start, limit, looks: mostLooks };
  if (start.way === "pass") return walkPass(db, table, walk);
  if (!table.hasTiers || start.count <= greatestUntiered) return readTail(db, table, walk);
  if (prefix === "" || start.way === "tiers") return walkTiers(db, table, walk);
  const rows = await readNames(db, table, { prefix, after: null }, wholePrefixLooks);
  if (rows.length < wholePrefixLooks) return sorted(rows, walk);
  const rest = { ...walk, start: { ...start, way: "tiers" }, looks: mostLooks - wholePrefixLooks } as const;
  return walkTiers(db, table, rest);
}

/** Names that no index has in the order of counts: read whole and sorted if they are few, else pass by pass. */
async function readTail(db: Database, table: CountedTable, walk: Walk): Promise<CountPage> {
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
function sorted(rows: readonly Counted[], { start, limit }: Walk): CountPage {
  const behind = rows.filter((row) => isBehind(row, start)).toSorted(compareCounted);
  return { items: behind.slice(0, limit), next: behindPage(behind, limit, "whole") };
}

/**
 * Walks the names in their own order for those with one count, while it notes the greatest count below: the next pass is
 * for that one. So a pass is made for each count that there is, and each name that keeps its count comes once.
 */
async function walkPass(db: Database, table: CountedTable, walk: Walk): Promise<CountPage> {
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
function belowAtStart({ folded }: CountPosition): number | null {
  return folded === null ? 0 : null;
}

interface TierEntry extends Counted {
  readonly tier: number;
  /** The name that the index has, also where it has another prefix. */
  readonly entry: string;
}

/** An entry of the index as it is read: without a name where it has another prefix. */
type TierRow = Pick<TierEntry, "tier" | "entry"> & {
  readonly [Field in keyof Counted]: Counted[Field] | null;
};

/**
 * Walks the tiers downwards. What is still to come has a count of at most {@link greatestOf} the last tier, so that
 * everything above is settled.
 */
async function walkTiers(db: Database, table: CountedTable, walk: Walk): Promise<CountPage> {
  const { prefix, start, limit } = walk;
  const found: Counted[] = [];
  let { looks } = walk;
  let from = { tier: start.count + 1, entry: "" };
  for (let take = 2 * limit + 16; ; take *= 2) {
    // An entry of the index, and the row that it leads to.
    const room = Math.min(take, Math.floor(looks / 2));
    const entries = await readTiers(db, prefix, from, room);
    const named = entries.filter(isNamed);
    looks -= entries.length + named.length;
    found.push(...named.filter((each) => isBehind(each, start)));
    from = entries.at(-1) ?? from;
    const isEnd = entries.length < room;
    const bound = isEnd ? greatestUntiered : greatestOf(from.tier);
    const settled = found.filter(({ count }) => count > bound).toSorted(compareCounted);
    if (settled.length > limit)
      return { items: settled.slice(0, limit).map(countedOf), next: behindPage(settled, limit, start.way) };
    if (isEnd) return goOnWithTail(db, table, walk, { settled: settled.map(countedOf), looks });
    if (looks <= 1) return { items: settled.map(countedOf), next: behindSettled(settled, start) };
  }
}

/** Fills a page whose tiers have come to their end. */
async function goOnWithTail(
  db: Database,
  table: CountedTable,
  walk: Walk,
  { settled, looks }: { readonly settled: readonly Counted[]; readonly looks: number },
): Promise<CountPage> {
  const start = { count: greatestUntiered, folded: null, way: "whole", below: null } as const;
  const limit = walk.limit - settled.length;
  const tail = await readTail(db, table, { prefix: walk.prefix, start, limit, looks });
  return { items: [...settled, ...tail.items], next: tail.next };
}

/** Where a page goes on that could not be filled: where nothing at all could be settled, pass by pass. */
function behindSettled(settled: readonly Counted[], start: CountPosition): CountPosition {
  const last = settled.at(-1);
  if (last !== undefined) return { count: last.count, folded: last.folded, way: start.way, below: null };
  return { ...start, way: "pass", below: belowAtStart(start) };
}

async function readTiers(
  db: Database,
  prefix: string,
  from: { readonly tier: number; readonly entry: string },
  limit: number,
): Promise<TierRow[]> {
  const entries = sql`SELECT tier, folded FROM keywords INDEXED BY keywords_by_tier
    WHERE tier > 0 AND (tier, folded) < (${from.tier}, ${from.entry}) ORDER BY tier DESC, folded DESC LIMIT ${limit}`;
  return db.orm.all<TierRow>(sql`
    SELECT entry.tier AS tier, entry.folded AS entry, named.folded AS folded, named.keyword AS name, named.count AS count
    FROM (${entries}) entry LEFT JOIN keywords named
    ON named.folded = CASE WHEN ${hasPrefix(sql`entry.folded`, prefix)} THEN entry.folded END`);
}

function isNamed(row: TierRow): row is TierEntry {
  return row.folded !== null;
}

function countedOf({ folded, name, count }: Counted): Counted {
  return { folded, name, count };
}

function isBehind({ count, folded }: Counted, start: CountPosition): boolean {
  if (count !== start.count) return count < start.count;
  return start.folded === null || compareKeys(folded, start.folded) > 0;
}

/** Where a list goes on behind its first `limit` names; null where there are no more. */
function behindPage(
  sorted: readonly Counted[],
  limit: number,
  way: CountPosition["way"],
): CountPosition | null {
  const last = sorted[limit - 1];
  if (sorted.length <= limit) return null;
  if (last === undefined) return { count: greatestUntiered, folded: null, way: "whole", below: null };
  return { count: last.count, folded: last.folded, way, below: null };
}

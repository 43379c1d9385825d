import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { compareCounted, hasPrefix, type Counted, type CountedTable } from "./counted.ts";
import {
  behindPage,
  belowAtStart,
  greatestUntiered,
  isBehind,
  readTail,
  type CountPage,
  type CountPosition,
  type CountWalk,
} from "./tail.ts";

/** The greatest count that a name of this tier may have, as the triggers keep it. */
function greatestOf(tier: number): number {
  return tier + Math.floor(tier / 8) + 8;
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
export async function walkTiers(db: Database, table: CountedTable, walk: CountWalk): Promise<CountPage> {
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
  walk: CountWalk,
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

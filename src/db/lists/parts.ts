import type { Database } from "../connection.ts";
import type { Lead } from "./leads.ts";
import type { PageRow } from "../media/rows.ts";
import type { Part, Place, Stretch } from "./stretch.ts";
import { glanceAtStretch, readStretch, searchStretch, walkStretch, type Walked } from "./walk.ts";

/** What is walked, and how many rows may be read to find a page's records. */
export interface Walk {
  readonly lead: Lead;
  readonly rows: number;
}

/** What walking the parts of a list has found. */
export interface Found {
  /** Up to as many as were asked for. */
  readonly rows: PageRow[];
  /** Where the walk ended before the list did; null where it did not. */
  readonly end: (Place & { readonly skip: number }) | null;
}

/** Reads a page along a lead that is in the list's own order, and no more rows than these to find its records. */
export async function walkParts(
  db: Database,
  plan: Walk,
  whole: Omit<Stretch, "part">,
  parts: readonly Part[],
): Promise<Found> {
  const rows: PageRow[] = [];
  const { lead } = plan;
  let looks = looksOf(plan, parts.length * glancedLooks(whole.limit));
  let { skip, after } = whole;
  for (const part of parts) {
    const stretch = { ...whole, part, after, skip, limit: whole.limit - rows.length };
    if (lead.strays === "never") {
      const read = await readStretch(db, lead, stretch);
      rows.push(...read);
      skip = read.length > 0 || part !== "with" ? 0 : (await skipAhead(db, lead, stretch)).skip;
    } else {
      const ahead = await skipAhead(db, lead, stretch);
      ({ skip } = ahead);
      if (ahead.way === "ended") return { rows, end: { ...ahead.after, skip } };
      if (ahead.way === "found") {
        const walked = await findInStretch(db, lead, { ...stretch, after: ahead.after }, looks);
        rows.push(...walked.rows);
        if (walked.end === null) break;
        const { looked, last } = walked.end;
        if (looked === looks && last !== null) return { rows, end: { ...last, skip } };
        looks = Math.max(1, looks - looked);
      }
    }
    if (rows.length >= whole.limit) break;
    after = null;
  }
  return { rows, end: null };
}

/** However much each record costs, a page gets on by so many. */
const leastLooks = 100;

/** At how many records a walk looks; at each of them twice where it ends early, and at those of its first glances before. */
function looksOf({ rows, lead }: Walk, glanced: number): number {
  return Math.max(leastLooks, Math.floor((rows / lead.rowsEach - glanced) / 2));
}

/** A page looks at first at somewhat more records than it shows. */
function glancedLooks(limit: number): number {
  return 2 * limit + 100;
}

async function findInStretch(db: Database, lead: Lead, stretch: Stretch, looks: number): Promise<Walked> {
  const glanced = Math.min(looks, glancedLooks(stretch.limit));
  const { rows, exhausted } = await glanceAtStretch(db, lead, stretch, glanced);
  if (rows.length >= stretch.limit) return { rows, end: null };
  if (exhausted) return { rows, end: { looked: glanced - 1, matched: rows.length, last: null } };
  return walkStretch(db, lead, stretch, looks);
}

/** How many records are looked at to skip an offset. */
const skippedLooks = 10_000;

/** How many at first: offsets are mostly small. */
const firstLooks = 1000;

type Ahead =
  /** Where the page begins. */
  | { readonly way: "found"; readonly after: Place | null; readonly skip: 0 }
  /** The part of the list is shorter than the offset. */
  | { readonly way: "exhausted"; readonly skip: number }
  /** Too much was looked at. */
  | { readonly way: "ended"; readonly after: Place; readonly skip: number };

/** Skips the records of an offset, by looking at more and more. */
async function skipAhead(db: Database, lead: Lead, stretch: Stretch): Promise<Ahead> {
  const most = Math.floor(skippedLooks / Math.max(1, lead.rowsEach - 1));
  let { after, skip } = stretch;
  const atLeast = lead.strays === "seldom" ? 1 : firstLooks;
  let looked = 0;
  while (skip > 0) {
    const looks = Math.min(most - looked, Math.max(atLeast, skip, 2 * looked));
    const end = await searchStretch(db, lead, { ...stretch, after, skip }, looks);
    looked += end.looked;
    if (end.last === null) return { way: "exhausted", skip };
    if (end.matched >= skip) return { way: "found", after: end.last, skip: 0 };
    skip -= end.matched;
    if (end.looked < looks) return { way: "exhausted", skip };
    if (looked >= most) return { way: "ended", after: end.last, skip };
    after = end.last;
  }
  return { way: "found", after, skip: 0 };
}

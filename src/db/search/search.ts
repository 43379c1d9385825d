import type { Database } from "../connection.ts";
import type { Page } from "../lists/list.ts";
import { existingPks, readByPk } from "../media/by-pk.ts";
import { takeFitting, type PageRow } from "../media/rows.ts";
import { lookBelow, matchesBelow, ofGroup, rowsBelow, type Stretch } from "./matches.ts";
import type { Group, SearchPlan } from "./plan.ts";

/** Where a page of a search ended, for the next one to go on. */
export interface SearchPosition {
  /** The number of the group. */
  readonly group: number;
  /** The row id down to which its records have come; null where it only begins. */
  readonly below: number | null;
  /** How many records of an offset are still to be skipped. */
  readonly skip: number;
}

/** Which page of a search: from where, and how many records at the most. */
export interface SearchPage {
  readonly start: SearchPosition;
  readonly limit: number;
}

/**
 * At how many records a page looks at the most to find its own; with an offset at twice as many. D1 counts two or three
 * rows for each, since it also counts those of full text and of row ids that are handed to it.
 */
const pageLooks = 10_000;

/**
 * Reads one page of a search: group by group, in each the newest record first. A record that does not change stands at the
 * same place whatever happens to others, so that every one of them comes once.
 */
export async function searchMedia(
  db: Database,
  plan: SearchPlan,
  { start, limit }: SearchPage,
): Promise<Page<SearchPosition>> {
  const walk = new Walk(db, plan, start, limit + 1);
  const end = await walk.go();
  const shown = walk.found.slice(0, limit);
  const { media, taken } = await takeFitting(
    db,
    shown.map(({ row }) => row),
  );
  const items = shown.slice(0, taken).flatMap(({ row, position }) => {
    const each = media.get(row.pk);
    return each === undefined ? [] : [{ media: each, position }];
  });
  const cut = taken < shown.length || walk.found.length > limit ? shown[taken - 1] : undefined;
  return { items, next: cut?.position ?? end };
}

/** How far a page has come. */
class Walk {
  readonly #db: Database;
  readonly #plan: SearchPlan;
  readonly #wanted: number;
  readonly found: { readonly row: PageRow; readonly position: SearchPosition }[] = [];
  #group: number;
  #below: number | null;
  #skip: number;
  /** The first stretch of the group that comes next, where it is known already. */
  #ahead: { readonly pks: readonly number[]; readonly count: number } | null = null;
  /** How many records may still be looked at. */
  #looks: number;

  constructor(db: Database, plan: SearchPlan, { group, below, skip }: SearchPosition, wanted: number) {
    this.#db = db;
    this.#plan = plan;
    this.#wanted = wanted;
    this.#group = group;
    this.#below = below;
    this.#skip = skip;
    this.#looks = Math.floor((skip > 0 ? 2 * pageLooks : pageLooks) / plan.rowsEach);
  }

  /** Walks until the page is full, the search ends, or enough was looked at; answers where to go on in the last case. */
  async go(): Promise<SearchPosition | null> {
    for (let chunk = 0; this.#missing > 0; chunk++) {
      const group = this.#plan.groups[this.#group];
      if (group === undefined) return null;
      if (this.#looks <= 0) return { group: this.#group, below: this.#below, skip: this.#skip };
      const count = this.#ahead?.count ?? Math.min(this.#looks, this.#chunkSize(chunk));
      const { rows, matches, last } = await this.#look(group, { below: this.#below, count });
      for (const row of rows.toSorted((a, b) => b.pk - a.pk))
        this.found.push({ row, position: { group: this.#group, below: row.pk, skip: 0 } });
      this.#looks -= matches;
      this.#below = last ?? this.#below;
      if (matches < count) {
        this.#group += 1;
        this.#below = null;
        // However much was looked at before, what is suggested is mostly far more than a page.
        if (this.#plan.groups[this.#group]?.index === "suggestion_search") chunk = 0;
      }
    }
    return null;
  }

  /** How many records the page still lacks, with those to be skipped before. */
  get #missing(): number {
    return this.#skip + this.#wanted - this.found.length;
  }

  /** Nearly always the first matches are the page; else somewhat more are looked at, and then as many as may be. */
  #chunkSize(chunk: number): number {
    if (chunk === 0) return this.#missing;
    return chunk === 1 ? 4 * this.#missing + 100 : this.#looks;
  }

  /** The records of a stretch that belong on the page, how many matches it has, and the last of them. */
  async #look(group: Group, stretch: Stretch) {
    const plan = { ...this.#plan, ...group };
    if (group.except === null) {
      if (this.#skip === 0 && stretch.count <= this.#missing) return this.#read(group, stretch);
      const looked = await lookBelow(this.#db, group.match, plan, stretch);
      return { ...looked, rows: await readByPk(this.#db, this.#behindOffset(looked.pks)) };
    }
    const matches = this.#ahead?.pks ?? (await matchesBelow(this.#db, group.match, plan, stretch));
    this.#ahead = null;
    const pks = await ofGroup(this.#db, group, plan, matches);
    const fits = this.#skip === 0 && pks.length <= this.#missing;
    const rows = fits
      ? await readByPk(this.#db, pks, plan.holds)
      : await readByPk(this.#db, this.#behindOffset(await existingPks(this.#db, pks, plan.holds)));
    return { rows, matches: matches.length, last: matches.at(-1) ?? null };
  }

  /** The same of a stretch that fits, of which nothing is to be left out; should the group end here, the next one begins. */
  async #read(group: Group, stretch: Stretch) {
    const next = this.#plan.groups[this.#group + 1];
    const behind =
      next === undefined ? null : { index: next.index, match: next.match, count: this.#chunkSize(1) };
    const read = await rowsBelow(this.#db, group.match, { ...this.#plan, ...group }, { ...stretch, behind });
    if (behind !== null && read.behind !== null) this.#ahead = { pks: read.behind, count: behind.count };
    return read;
  }

  /** The row ids behind the offset, as many as the page lacks. */
  #behindOffset(pks: readonly number[]): number[] {
    const sorted = pks.toSorted((a, b) => b - a);
    const skipped = Math.min(this.#skip, sorted.length);
    this.#skip -= skipped;
    return sorted.slice(skipped, skipped + this.#wanted - this.found.length);
  }
}

import type { SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { nextGroups, nextMembers } from "./group-sql.ts";

/** What the records of a group have in common: the bytes, or the picture. */
export const copyKinds = ["equal", "same"] as const;

/** One of {@link copyKinds}. */
export type CopyKind = (typeof copyKinds)[number];

/** What a group is found by: content hash and size of equal bytes; the id of a group of the same picture, with no size. */
export const groupKey = z.strictObject({ name: z.string(), size: z.number() });

/** See {@link groupKey}. */
export type GroupKey = Readonly<z.infer<typeof groupKey>>;

/** A member's place in its group: its row id among equal bytes, its id among the same picture. */
const place = z.union([z.int(), z.string()]);

/**
 * Where a walk over groups goes on: after a group; or within it, after a member, where so many of its records are missing
 * that it was not found yet whether two are there. `found` is the row id of the one that is.
 */
export const groupPosition = z.strictObject({
  key: groupKey,
  within: z.strictObject({ after: place, found: z.int().nullable() }).nullable(),
});

/** See {@link groupPosition}. */
export type GroupPosition = Readonly<z.infer<typeof groupPosition>>;

/** Records that are copies of each other. */
export interface CopyGroup {
  readonly key: GroupKey;
  /** The row ids of the first of its records, the oldest first. */
  readonly pks: readonly number[];
  readonly count: number;
  /** Whether counting stopped: there may be more. */
  readonly capped: boolean;
}

/** Groups in the order of their keys, and where the next ones begin. */
export interface GroupPage {
  readonly found: readonly CopyGroup[];
  /** Null at the end. */
  readonly next: GroupPosition | null;
}

/**
 * How many records of a group are told; how many are looked at together with other groups, and how many more at a time of a
 * group that has more; up to how many are counted; and how many are looked at, and told, for a page.
 */
const bounds = {
  shown: 50,
  glance: { least: 10, most: 100 },
  atATime: 500,
  counted: 1000,
  looked: 10_000,
  told: 2000,
} as const;

/** The most groups that one statement looks at. */
const groupsAtATime = 100;

/**
 * The groups after a position in the order of their keys, each of which has at least two records that are there: at most
 * `limit`. A page ends earlier where many groups have fewer, or very many records are missing.
 */
export async function copyGroupsAfter(
  db: Database,
  kind: CopyKind,
  { from, limit }: { readonly from: GroupPosition | null; readonly limit: number },
): Promise<GroupPage> {
  return new GroupWalk(db, kind, limit).page(from);
}

/** A member as it was looked at: where it stands in its group, its row id, and whether it is there. */
const member = z.tuple([place, z.int(), z.int()]);

type Member = z.infer<typeof member>;

const groupRow = z.object({
  name: z.string(),
  size: z.number(),
  members: z.string().transform((json) => z.array(member).parse(JSON.parse(json))),
});

const memberRow = z.object({ member: z.string().transform((json) => member.parse(JSON.parse(json))) });

/** One page, and what was looked at for it. */
class GroupWalk {
  readonly #db: Database;
  readonly #kind: CopyKind;
  readonly #limit: number;
  readonly #found: CopyGroup[] = [];
  #looked = 0;
  #told = 0;

  constructor(db: Database, kind: CopyKind, limit: number) {
    this.#db = db;
    this.#kind = kind;
    this.#limit = limit;
  }

  async page(from: GroupPosition | null): Promise<GroupPage> {
    let at = from;
    if (from !== null && from.within !== null) {
      const { after, found } = from.within;
      const stopped = await this.#take(from.key, new Looked(after, found === null ? [] : [found]), false);
      if (stopped !== null) return this.#end(stopped);
      at = { key: from.key, within: null };
    }
    for (let slice = this.#limit; ; slice = Math.min(groupsAtATime, 2 * slice)) {
      // Less of each group towards the end of the page, rather than fewer of them with a statement.
      const room = Math.floor((bounds.looked - this.#looked) / slice) - 2;
      const glance = Math.min(bounds.glance.most, room);
      if (glance < bounds.glance.least || this.#isFull) return this.#end(at);
      const next = { after: at?.key ?? null, groups: slice, members: glance };
      const groups = await this.#rows(groupRow, nextGroups(this.#kind, next));
      for (const { members, ...key } of groups) {
        if (this.#isFull) return this.#end(at);
        // A group costs two rows besides its members.
        this.#looked += members.length + 2;
        const looked = new Looked("", []);
        looked.take(members);
        const stopped = await this.#take(key, looked, members.length < glance);
        if (stopped !== null) return this.#end(stopped);
        at = { key, within: null };
      }
      if (groups.length < slice) return this.#end(null);
    }
  }

  get #isFull(): boolean {
    return this.#found.length >= this.#limit || this.#told >= bounds.told;
  }

  #end(next: GroupPosition | null): GroupPage {
    return { found: this.#found, next };
  }

  /** Takes a group that was begun; answers where to go on if it cannot be told for this page whether it is one. */
  async #take(key: GroupKey, looked: Looked, isWhole: boolean): Promise<GroupPosition | null> {
    let atEnd = isWhole;
    while (!atEnd && (looked.count < bounds.counted || looked.present < 2)) {
      if (this.#looked >= bounds.looked) {
        if (looked.present >= 2) break;
        return { key, within: { after: looked.after, found: looked.pks[0] ?? null } };
      }
      const next = { after: looked.after, limit: bounds.atATime };
      const rows = await this.#rows(memberRow, nextMembers(this.#kind, key, next));
      this.#looked += rows.length;
      looked.take(rows.map((row) => row.member));
      atEnd = rows.length < bounds.atATime;
    }
    if (looked.present < 2) return null;
    this.#told += looked.pks.length;
    this.#found.push({ key, pks: looked.pks, count: looked.present, capped: !atEnd });
    return null;
  }

  async #rows<Row>(schema: z.ZodType<Row>, statement: SQL): Promise<Row[]> {
    return z.array(schema).parse(await this.#db.orm.all(statement));
  }
}

/** What was looked at of a group. */
class Looked {
  /** The last member that was looked at. */
  after: Member[0];
  /** How many were looked at, and how many of them are there. */
  count = 0;
  present: number;
  /** The row ids of the first of those. */
  readonly pks: number[];

  constructor(after: Member[0], found: readonly number[]) {
    this.after = after;
    this.pks = [...found];
    this.present = found.length;
  }

  take(members: readonly Member[]): void {
    for (const [at, pk, isPresent] of members) {
      this.after = at;
      this.count += 1;
      if (isPresent === 0) continue;
      this.present += 1;
      if (this.pks.length < bounds.shown) this.pks.push(pk);
    }
  }
}

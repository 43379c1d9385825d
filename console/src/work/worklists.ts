import type { components } from "tagline-client";
import { addressOf } from "../address/address.ts";
import { everything, type Finding, type Room } from "../address/view.ts";

/** What the archive is in numbers; see `GET /v1/overview`. */
export type Overview = Pick<
  components["schemas"]["Overview"],
  "total" | "by_state" | "without" | "suggestions"
>;

/** What the photos of a worklist lack, what is suggested for them, that they failed, or that nobody has seen them. */
type WorklistName = "description" | "keywords" | "location" | "taken_at" | "suggestions" | "failed" | "fresh";

/** Photos that wait for somebody. */
export interface Worklist {
  readonly name: WorklistName;
  /** How many are left. */
  readonly left: number;
  /** Whether there may be more than `left`. */
  readonly isMore: boolean;
  /** How many there are in all, to compare with; null where that says nothing. */
  readonly total: number | null;
  /** Where they are. */
  readonly href: string;
}

/** How many photos have come since the last visit, up to a page of them. */
export interface Fresh {
  readonly count: number;
  readonly isMore: boolean;
}

/** The worklists of an archive. Nobody has seen all of it who is here for the first time: `fresh` is null then. */
export function worklistsOf(
  { total, without, by_state: states, suggestions }: Overview,
  fresh: Fresh | null,
): Worklist[] {
  if (total === 0) return [];
  const lacking = (["description", "keywords", "location", "taken_at"] as const).map((name) => ({
    name,
    left: without[name],
    isMore: false,
    total,
    href: to("sheet", { without: [name] }),
  }));
  const { failed } = states;
  const lists: Worklist[] = [
    ...lacking,
    {
      name: "suggestions",
      left: suggestions,
      isMore: false,
      total: null,
      href: to("sheet", { has: ["suggestions"] }),
    },
    { name: "failed", left: failed, isMore: false, total: null, href: to("photos", { state: "failed" }) },
  ];
  if (fresh !== null) {
    const { count, isMore } = fresh;
    lists.push({
      name: "fresh",
      left: count,
      isMore,
      total: null,
      href: to("photos", { sort: "created_at" }),
    });
  }
  // What nobody waits for is no list, unless it is one that people work off.
  return lists.filter(({ left, total: of }) => left > 0 || of !== null);
}

function to(room: Room, found: Partial<Finding>): string {
  return addressOf({ room, finding: { ...everything, ...found } });
}

/** How much is left, from 0 to 1; what is left at all is seen, and so is what is done. */
export function partLeft({ left, total }: Pick<Worklist, "left" | "total">): number {
  if (total === null || total === 0) return 0;
  const part = Math.min(1, left / total);
  if (part === 0 || part === 1) return part;
  return Math.min(0.99, Math.max(0.01, part));
}

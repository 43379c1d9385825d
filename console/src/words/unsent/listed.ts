import type { Standing } from "../drafts/desk.ts";
import { isTyped, type Draft } from "../drafts/draft.ts";

/** How a photo's words stand, for its line in the list. */
type UnsentState = "typed" | "saved" | "conflict" | "refused";

/** A line of the list of what is not sent yet. */
export interface Unsent {
  readonly id: string;
  readonly state: UnsentState;
}

/** How many lines are shown. */
const mostListed = 50;

/** The list of what is not sent yet, what needs the person first, and how many photos do not fit in. */
export function listed(
  drafts: readonly Draft[],
  of: (id: string) => Standing,
): { readonly lines: readonly Unsent[]; readonly more: number } {
  const order: readonly UnsentState[] = ["conflict", "refused", "typed", "saved"];
  const lines = drafts
    .map((draft) => {
      const { id } = draft;
      return { id, state: of(id).obstacle?.kind ?? (isTyped(draft) ? "typed" : "saved") } as const;
    })
    .toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  return { lines: lines.slice(0, mostListed), more: Math.max(0, lines.length - mostListed) };
}

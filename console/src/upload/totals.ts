import { careTexts } from "../texts/care.ts";
import { uploadTexts } from "../texts/upload.ts";
import { countText } from "../viewer/formats/amounts.ts";
import type { Item, ItemState } from "./queue.ts";

/** How far all files are that have somewhere to go. */
export interface Totals {
  /** Files that have come to an end, and all. */
  readonly done: number;
  readonly all: number;
  readonly bytesDone: number;
  readonly bytes: number;
}

/** What stands on the page under one heading. */
export type GroupName = keyof typeof uploadTexts.groups;

const groupByState: Readonly<Record<ItemState["kind"], GroupName>> = {
  picked: "ready",
  waiting: "waiting",
  looking: "going",
  sending: "going",
  done: "done",
  present: "present",
  taken: "asking",
  failed: "asking",
  refused: "unfit",
};

/** The files under their headings, in the order of these; what nobody is under is left out. */
export function grouped(
  items: readonly Item[],
): readonly { readonly name: GroupName; readonly items: readonly Item[] }[] {
  const groups = Map.groupBy(items, ({ state }) => groupByState[state.kind]);
  const order: readonly GroupName[] = ["going", "asking", "ready", "waiting", "unfit", "done", "present"];
  return order.flatMap((name) => {
    const of = groups.get(name);
    return of === undefined ? [] : [{ name, items: of }];
  });
}

/** How far the files are; a file that was never going anywhere does not count. */
export function totalsOf(items: readonly Item[]): Totals {
  let [done, all, bytesDone, bytes] = [0, 0, 0, 0];
  for (const { file, path, key, state } of items) {
    if (state.kind === "picked" || (state.kind === "refused" && path === key)) continue;
    const isOver = !["waiting", "looking", "sending"].includes(state.kind);
    all += 1;
    bytes += file.size;
    if (isOver) done += 1;
    if (isOver) bytesDone += file.size;
    else if (state.kind === "sending") bytesDone += Math.min(state.sent, file.size);
  }
  return { done, all, bytesDone, bytes };
}

/** What came of it all, in a sentence. */
export function endText(items: readonly Item[]): string {
  const count = (...kinds: ItemState["kind"][]): number =>
    items.filter(({ state }) => kinds.includes(state.kind)).length;
  const { ended } = uploadTexts;
  const [done, present, left] = [count("done"), count("present"), count("taken", "refused", "failed")];
  const parts = [
    ...(done > 0 ? [ended.done(careTexts.photos(done, countText(done)))] : []),
    ...(present > 0 ? [ended.present(countText(present))] : []),
    ...(left > 0 ? [ended.left(countText(left))] : []),
  ];
  return parts.length === 0 ? ended.nothing : ended.sentence(parts.join(", "));
}

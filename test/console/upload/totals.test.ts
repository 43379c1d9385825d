import { expect, it } from "vitest";
import type { Item, ItemState } from "../../../console/src/upload/queue.ts";
import { endText, grouped, totalsOf } from "../../../console/src/upload/totals.ts";

function itemsWith(...states: readonly ItemState[]): Item[] {
  return states.map((state, number) => ({
    number,
    file: new File(["0123456789"], `${number}.jpg`),
    path: `${number}.jpg`,
    key: `2026/${number}.jpg`,
    state,
  }));
}

const done: ItemState = { kind: "done", id: "1" };
const refused: ItemState = { kind: "refused", reason: "x" };

it("counts files and bytes, those of a file on its way too", () => {
  const items = itemsWith(done, { kind: "sending", sent: 4 }, { kind: "waiting" }, refused);
  expect(totalsOf(items)).toEqual({ done: 2, all: 4, bytesDone: 24, bytes: 40 });
});

it("counts no file that nobody has sent anywhere", () => {
  const [unfit] = itemsWith(refused);
  const items = [
    ...itemsWith({ kind: "picked" }),
    ...(unfit === undefined ? [] : [{ ...unfit, key: unfit.path }]),
  ];
  expect(totalsOf(items)).toEqual({ done: 0, all: 0, bytesDone: 0, bytes: 0 });
});

it("never has more bytes of a file than it has", () => {
  expect(totalsOf(itemsWith({ kind: "sending", sent: 99 })).bytesDone).toBe(10);
});

it("puts files under headings: first what is going on and what asks for something", () => {
  const items = itemsWith(
    done,
    { kind: "picked" },
    { kind: "failed", reason: "x" },
    { kind: "looking" },
    refused,
  );
  expect(grouped(items).map(({ name }) => name)).toEqual(["going", "asking", "ready", "unfit", "done"]);
});

it("says what came of it all", () => {
  const items = itemsWith(done, done, { kind: "present", id: "1", key: "x" }, refused);
  expect(endText(items)).toBe("Done: 2 photos came in, 1 here already, 1 not taken.");
  expect(endText([])).toBe("Nothing was sent.");
});

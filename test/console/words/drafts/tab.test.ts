import { expect, it } from "vitest";
import { orphansOf } from "../../../../console/src/words/drafts/tab.ts";
import type { Draft } from "../../../../console/src/words/drafts/draft.ts";

function draftOf(given: Pick<Draft, "id" | "tab" | "typedAt">): Draft {
  return { owner: "ann", revision: 0, base: {}, edits: { title: given.typedAt }, saved: null, ...given };
}

it("leaves the drafts of tabs that live to them", () => {
  const draft = draftOf({ id: "one", tab: "living", typedAt: "1" });
  expect(orphansOf([draft], (tab) => tab === "living")).toEqual([]);
});

it("takes the latest draft of each photo, and leaves the others on the device", () => {
  const [early, late, other] = [
    draftOf({ id: "one", tab: "a", typedAt: "1" }),
    draftOf({ id: "one", tab: "b", typedAt: "2" }),
    draftOf({ id: "two", tab: "a", typedAt: "0" }),
  ];
  expect(orphansOf([late, early, other], () => false)).toEqual([other, late]);
});

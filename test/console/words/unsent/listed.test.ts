import { expect, it } from "vitest";
import type { Standing } from "../../../../console/src/words/drafts/desk.ts";
import type { Draft } from "../../../../console/src/words/drafts/draft.ts";
import { listed } from "../../../../console/src/words/unsent/listed.ts";
import { mediaWith } from "../../viewer/support/media.ts";

function draftOf(id: string, isSaved = false): Draft {
  const edits = { title: id };
  return {
    id,
    owner: "ann",
    tab: "tab",
    revision: 0,
    base: {},
    edits,
    saved: isSaved ? edits : null,
    typedAt: "1",
  };
}

const free: Standing = { draft: null, obstacle: null, isSending: false };

it("has first what needs the person, then what is typed, then what is on its way", () => {
  const standings: Readonly<Record<string, Standing>> = {
    torn: { ...free, obstacle: { kind: "conflict", conflicts: [], current: mediaWith() } },
    wrong: { ...free, obstacle: { kind: "refused", failure: "refused", errors: [] } },
  };
  const drafts = [draftOf("sent", true), draftOf("open"), draftOf("wrong"), draftOf("torn")];
  expect(listed(drafts, (id) => standings[id] ?? free).lines).toEqual([
    { id: "torn", state: "conflict" },
    { id: "wrong", state: "refused" },
    { id: "open", state: "typed" },
    { id: "sent", state: "saved" },
  ]);
});

it("has fifty lines at the most, and tells how many photos more there are", () => {
  const drafts = Array.from({ length: 53 }, (_, number) => draftOf(String(number)));
  const { lines, more } = listed(drafts, () => free);
  expect([lines.length, more]).toEqual([50, 3]);
});

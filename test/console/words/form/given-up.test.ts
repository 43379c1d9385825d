import { expect, it } from "vitest";
import type { Draft } from "../../../../console/src/words/drafts/draft.ts";
import { GivenUp } from "../../../../console/src/words/form/given-up.ts";

function draftOf(id: string, title: string): Draft {
  return { id, owner: "ann", tab: "tab", revision: 0, base: {}, edits: { title }, saved: null, typedAt: "1" };
}

it("gives back what was given up last of each photo", () => {
  const givenUp = new GivenUp();
  for (const title of ["Sea", "Beach"]) givenUp.keep(draftOf("one", title));
  givenUp.keep(draftOf("two", "Hill"));
  expect(givenUp.of("one")?.draft.edits).toEqual({ title: "Beach" });
});

it("has nothing of a photo of which something else was typed since", () => {
  const givenUp = new GivenUp();
  givenUp.keep(draftOf("one", "Sea"));
  givenUp.forget("one");
  expect(givenUp.of("one")).toBeNull();
});

it("remembers fifty photos, and forgets the one that was given up first", () => {
  const givenUp = new GivenUp();
  for (let photo = 0; photo < 51; photo += 1) givenUp.keep(draftOf(String(photo), "Sea"));
  expect([givenUp.of("0"), givenUp.of("1")?.draft.id]).toEqual([null, "1"]);
});

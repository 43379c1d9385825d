import { expect, test } from "vitest";
import { SavedHere } from "../../../../console/src/words/form/before.ts";

test("the words that were saved last of another photo come next, and none where nothing was saved", () => {
  const saved = new SavedHere();
  const none = saved.before("a");
  saved.note("a", { title: "A" });
  saved.note("b", { title: "B" });
  expect([none, saved.before("c"), saved.before("b"), saved.before("a")]).toEqual([
    null,
    { title: "B" },
    { title: "A" },
    { title: "B" },
  ]);
});

test("a photo that is saved twice counts once, with its last words", () => {
  const saved = new SavedHere();
  saved.note("a", { title: "A" });
  saved.note("b", { title: "B" });
  saved.note("b", { title: "B again" });
  expect([saved.before("c"), saved.before("b")]).toEqual([{ title: "B again" }, { title: "A" }]);
});

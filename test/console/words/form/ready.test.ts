import { expect, test } from "vitest";
import { readyEdits } from "../../../../console/src/words/form/ready.ts";

test("texts are sent without the blanks around them, and blanks alone as nothing", () => {
  expect(
    readyEdits({
      description: " A harbour\n",
      title: "  ",
      shelf: " C-17 ",
      note: "",
      rating: 3,
      city: null,
    }),
  ).toEqual({ description: "A harbour", title: null, shelf: " C-17 ", note: null, rating: 3, city: null });
});

import { expect, it } from "vitest";
import { isWriting } from "../../../console/src/app/writing.ts";

it("takes a key for a command where nothing has the focus", () => {
  expect(isWriting(null)).toBe(false);
});

it.each([true, false])("asks the element whether text is written into it: %s", (isField) => {
  expect(isWriting({ matches: () => isField })).toBe(isField);
});

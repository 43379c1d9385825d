import { expect, it } from "vitest";
import { isWriting, keyGroups } from "../../../console/src/app/keys.ts";

it("takes a key for a command where nothing has the focus", () => {
  expect(isWriting(null)).toBe(false);
});

it.each([true, false])("asks the element whether text is written into it: %s", (isField) => {
  expect(isWriting({ matches: () => isField })).toBe(isField);
});

it("explains each key once in its group", () => {
  for (const { help } of keyGroups) {
    const keys = help.flatMap(({ keys }) => keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

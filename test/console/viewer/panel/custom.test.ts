import fc from "fast-check";
import { expect, it, test } from "vitest";
import { fieldLabel, valueText } from "../../../../console/src/viewer/panel/custom.ts";

test.each([
  ["shelf_mark", "Shelf mark"],
  ["iso", "Iso"],
  ["", ""],
])("names the field %j as %j", (name, label) => {
  expect(fieldLabel(name)).toBe(label);
});

test.each([
  ["B 12/7", "B 12/7"],
  [12.5, "12.5"],
  [true, "yes"],
  [false, "no"],
  [null, "none"],
  [[], "none"],
  [{}, "none"],
  [["Ann", 3, null, true], "Ann, 3, none, yes"],
  [{ width_mm: 180, height_mm: 130 }, "Width mm: 180\nHeight mm: 130"],
  [{ sizes: { width: 1, height: 2 } }, "Sizes:\n  Width: 1\n  Height: 2"],
  [[{ name: "Ann", role: "left" }, { name: "Ben" }], "– Name: Ann\n  Role: left\n– Name: Ben"],
])("tells %j readably", (value, text) => {
  expect(valueText(value)).toBe(text);
});

it("tells something of any JSON, every text of it included", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = valueText(value);
      expect(text).not.toBe("undefined");
      expect(textsOf(value).every((each) => text.includes(each))).toBe(true);
    }),
  );
});

/** The texts of one line; those of several are indented on the way. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return value.includes("\n") ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

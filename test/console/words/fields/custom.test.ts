import { describe, expect, test } from "vitest";
import {
  customValue,
  fieldNameOf,
  isPlain,
  nameProblem,
} from "../../../../console/src/words/fields/custom.ts";

describe("the name of a new field", () => {
  test.each([
    ["shelf_mark", null],
    ["", "empty"],
    ["Shelf", "spelling"],
    ["_shelf", "spelling"],
    ["1st", "spelling"],
    ["a".repeat(65), "tooLong"],
    ["title", "taken"],
    ["archive_box", "taken"],
  ])("%s: %s", (name, problem) => {
    expect(nameProblem(name, ["archive_box"])).toBe(problem);
  });

  test.each([
    ["Shelf mark", "shelf_mark"],
    [" Bildnummer-Älter ", "bildnummer_alter"],
  ])("%j becomes %s", (text, name) => {
    expect(fieldNameOf(text)).toBe(name);
  });
});

describe("the value of a custom field", () => {
  test.each([
    ["12", 7, 12],
    ["1.5", 7, 1.5],
    ["007", 7, "007"],
    ["twelve", 7, "twelve"],
    ["", 7, ""],
    ["9007199254740993", 7, "9007199254740993"],
    ["12", "7", "12"],
    ["12", undefined, "12"],
  ])("%j over %j is %j", (text, before, value) => {
    expect(customValue(text, before)).toBe(value);
  });

  test.each([
    ["C-17", true],
    [17, true],
    [null, false],
    [true, false],
    [{ copies: 3 }, false],
  ])("%j can be edited as text: %s", (value, is) => {
    expect(isPlain(value)).toBe(is);
  });
});

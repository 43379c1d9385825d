import { describe, expect, it } from "vitest";
import {
  commonFolder,
  folderOfDay,
  folderOfText,
  isFolder,
  keyIn,
  numberedKey,
} from "../../../console/src/upload/keys.ts";

it("has a folder for a day", () => {
  expect(folderOfDay(new Date(2026, 0, 5))).toBe("2026/2026-01-05/");
});

it.each([
  ["2026/beach", "2026/beach/"],
  ["/2026//beach/ ", "2026/beach/"],
  ["  ", ""],
  ["/", ""],
  ["Cafe\u0301", "Café/"],
])("takes a folder as somebody writes it: %j", (text, folder) => {
  expect(folderOfText(text)).toBe(folder);
});

it.each([
  ["2026/", true],
  ["", true],
  ["a/../b/", false],
  ["./", false],
  ["a\u0007/", false],
])("knows whether %j can be a folder", (folder, isOne) => {
  expect(isFolder(folder)).toBe(isOne);
});

it("keeps the folders of a file below the folder in the archive", () => {
  expect(keyIn("2026/", "Holiday/IMG_1.jpg")).toBe("2026/Holiday/IMG_1.jpg");
});

it("writes keys in the form that the service keeps them in", () => {
  expect(keyIn("", "Cafe\u0301.jpg")).toBe("Café.jpg");
});

describe("another name", () => {
  it.each([
    ["a/IMG_1.jpg", "a/IMG_1 (2).jpg"],
    ["a.b/IMG", "a.b/IMG (2)"],
    ["a/.hidden", "a/.hidden (2)"],
    ["x.tar.gz", "x.tar (2).gz"],
  ])("of %s is %s", (key, other) => {
    expect(numberedKey(key, 2)).toBe(other);
  });
});

it.each([
  [["a/b/1.jpg", "a/b/2.jpg"], "a/b/"],
  [["a/b/1.jpg", "a/c/2.jpg"], "a/"],
  [["a/b/1.jpg", "ab/2.jpg"], ""],
  [["1.jpg"], ""],
  [[], ""],
])("finds the folder that all of %j lie in", (keys, folder) => {
  expect(commonFolder(keys)).toBe(folder);
});

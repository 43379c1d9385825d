import fc from "fast-check";
import { expect, it } from "vitest";
import { foldersOf } from "../../../../console/src/viewer/panel/folders.ts";

it("leads through the folders of a file, the outermost first", () => {
  expect(foldersOf("2024/beach/IMG_0042.jpg")).toEqual([
    { name: "2024", prefix: "2024/" },
    { name: "beach", prefix: "2024/beach/" },
  ]);
});

it("knows no folder of a file that lies in none", () => {
  expect(foldersOf("IMG_0042.jpg")).toEqual([]);
});

it("makes prefixes of which each is the beginning of the next, and of the key", () => {
  const keys = fc.array(
    fc.string({ minLength: 1 }).map((name) => name.replaceAll("/", "-")),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(keys, (names) => {
      const key = names.join("/");
      const prefixes = foldersOf(key).map(({ prefix }) => prefix);
      expect(prefixes).toHaveLength(names.length - 1);
      expect(prefixes.every((prefix, index) => (prefixes[index + 1] ?? key).startsWith(prefix))).toBe(true);
    }),
  );
});

import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { buildMany, insertMany } from "../../support/records/media.ts";
import { idsByCursor } from "../../support/http/pages.ts";

const texts: Readonly<Record<string, string>> = {
  quotes: '"',
  backslashes: "\\",
  "control characters": "\u0001",
  emoji: "😀",
  "line ends": "\n",
};

describe("a list by object_key", () => {
  it.each(Object.keys(texts))("goes through keys of 1,024 bytes of %s", async (kind) => {
    const text = texts[kind] ?? "";
    const size = new TextEncoder().encode(text).length;
    const keys = Array.from({ length: 5 }, (_, index) => `${text.repeat(1020 / size)}/${index}`);
    const built = buildMany(keys.length, (index) => ({ objectKey: keys[index] ?? "" }));
    await insertMany(built);
    for (const order of ["asc", "desc"]) {
      const ids = built.map((row) => row.id);
      const listed = await idsByCursor({ sort: "object_key", order, limit: "1" });
      expect(listed).toEqual(order === "asc" ? ids : ids.toReversed());
    }
  });

  it("goes through keys of 4,096 bytes, which other providers may have", async () => {
    const keys = Array.from({ length: 4 }, (_, index) => `${'\u001f"'.repeat(2_047)}/${index}`);
    const built = buildMany(keys.length, (index) => ({ objectKey: keys[index] ?? "" }));
    await insertMany(built);
    expect(await idsByCursor({ sort: "object_key", limit: "1" })).toEqual(built.map((row) => row.id));
  });
});

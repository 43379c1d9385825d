import { expect, test } from "vitest";
import { differences, type Remembered } from "../../../scripts/drill/compare.ts";
import { drillOptions } from "../../../scripts/drill/options.ts";

/** A photo with one change of its words. */
function remembered(change: {
  readonly key?: string;
  readonly words?: Readonly<Record<string, unknown>>;
  readonly at?: string;
  readonly createdAt?: string;
}): Remembered {
  const { key = "a.jpg", words = { title: "T" }, at = "2026", createdAt = "2025" } = change;
  return {
    media: { id: "x", provider: "r2", object_key: key, revision: 1, object_metadata: { ...words } },
    history: [
      { revision: 1, changed_at: at, changed_by: "me", operation_id: null, object_metadata: { ...words } },
      { revision: 0, changed_at: createdAt, changed_by: null, operation_id: null, object_metadata: {} },
    ],
  };
}

test("what has come back as it was has no difference, though records are new", () => {
  const after = [remembered({ createdAt: "2027" }), remembered({ key: "b.jpg" })];
  expect(differences([remembered({})], after)).toEqual([]);
});

test("a photo that has not come back is told", () => {
  expect(differences([remembered({})], [])).toEqual(["r2:a.jpg: the photo has not come back"]);
});

test("words in another order, and a change at another time, are told", () => {
  const before = remembered({ words: { a: 1, b: "\u202e" } });
  const after = remembered({ words: { b: "\u202e", a: 1 }, at: "2028" });
  const found = differences([before], [after]);
  expect(found).toHaveLength(2);
  expect(found[0]).toBe('r2:a.jpg: the words: was {"a":1,"b":"\\u202e"}, is {"b":"\\u202e","a":1}');
  expect(found[1]).toContain("r2:a.jpg: the revision 1: was");
});

test("a revision that is lost is told", () => {
  const after = { ...remembered({}), history: [] };
  expect(differences([remembered({})], [after]).map((line) => line.slice(-9))).toEqual([
    'is "none"',
    'is "none"',
  ]);
});

test("a drill has a number of photos that it can describe", () => {
  expect(drillOptions([])).toEqual({ photos: 40, keep: false });
  expect(() => drillOptions(["--photos", "2"])).toThrow("--photos needs a number from 10");
});

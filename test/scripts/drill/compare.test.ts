import { expect, test } from "vitest";
import type { Remembered } from "../../../scripts/drill/archive.ts";
import { differences, expectedAfter, relinkDifferences } from "../../../scripts/drill/compare.ts";
import { drillOptions } from "../../../scripts/drill/options.ts";

/** What a photo of a test differs in. */
interface Described {
  readonly id?: string;
  readonly key?: string;
  readonly bytes?: string;
  readonly missing?: boolean;
  readonly words?: Readonly<Record<string, unknown>>;
  readonly at?: string;
  readonly createdAt?: string;
}

/** A photo with one change of its words. */
function remembered({
  id = "x",
  key = "a.jpg",
  bytes = "md5:a",
  missing = false,
  words = { title: "T" },
  at = "2026",
  createdAt = "2025",
}: Described): Remembered {
  return {
    media: {
      id,
      provider: "r2",
      object_key: key,
      content_hash: bytes,
      file_size: 5,
      missing_since: missing ? "2026" : null,
      revision: 1,
      object_metadata: { ...words },
    },
    history: [
      { revision: 1, changed_at: at, changed_by: "me", operation_id: null, object_metadata: { ...words } },
      { revision: 0, changed_at: createdAt, changed_by: null, operation_id: null, object_metadata: {} },
    ],
  };
}

test("what has come back as it was has no difference, though records are new", () => {
  const after = [remembered({ id: "y", createdAt: "2027" }), remembered({ key: "b.jpg" })];
  expect(differences([remembered({})], after, "key")).toEqual([]);
});

test("a photo that is not there is told", () => {
  expect(differences([remembered({})], [], "key")).toEqual(["r2:a.jpg: the photo is not there"]);
});

test("words in another order, and a change at another time, are told", () => {
  const before = remembered({ words: { a: 1, b: "\u202e" } });
  const after = remembered({ words: { b: "\u202e", a: 1 }, at: "2028" });
  const found = differences([before], [after], "key");
  expect(found).toHaveLength(2);
  expect(found[0]).toBe('r2:a.jpg: the words: was {"a":1,"b":"\\u202e"}, is {"b":"\\u202e","a":1}');
  expect(found[1]).toContain("r2:a.jpg: the revision 1: was");
});

test("a revision that is lost is told", () => {
  const after = { ...remembered({}), history: [] };
  expect(differences([remembered({})], [after], "key").map((line) => line.slice(-9))).toEqual([
    'is "none"',
    'is "none"',
  ]);
});

test("words that stayed with the key when two photos exchanged their keys are told of both", () => {
  const one = remembered({ key: "a.jpg", bytes: "md5:a", words: { title: "A" } });
  const two = remembered({ key: "b.jpg", bytes: "md5:b", words: { title: "B" } });
  const moves = new Map([
    ["a.jpg", "b.jpg"],
    ["b.jpg", "a.jpg"],
  ]);
  const right = [
    remembered({ key: "b.jpg", bytes: "md5:a", words: { title: "A" } }),
    remembered({ key: "a.jpg", bytes: "md5:b", words: { title: "B" } }),
  ];
  const wrong = [
    remembered({ key: "b.jpg", bytes: "md5:a", words: { title: "B" } }),
    remembered({ key: "a.jpg", bytes: "md5:b", words: { title: "A" } }),
  ];
  expect(differences(expectedAfter([one, two], moves), right, "key")).toEqual([]);
  const found = differences(expectedAfter([one, two], moves), wrong, "key");
  expect(found[0]).toBe('r2:b.jpg: the words: was {"title":"A"}, is {"title":"B"}');
  expect(found).toHaveLength(4);
});

test("other bytes at the key of a photo are told", () => {
  const found = differences([remembered({})], [remembered({ bytes: "md5:b" })], "key");
  expect(found).toEqual(['r2:a.jpg: the bytes: was "md5:a, 5 bytes", is "md5:b, 5 bytes"']);
});

test("in the same service a new id for a photo that has moved is told, and so is the record that it left", () => {
  const expected = expectedAfter([remembered({ id: "x" })], new Map([["a.jpg", "b.jpg"]]));
  const found = differences(
    expected,
    [remembered({ id: "x", missing: true }), remembered({ id: "y", key: "b.jpg" })],
    "id",
  );
  expect(found).toEqual([
    'r2:b.jpg: the key: was "b.jpg", is "a.jpg"',
    "r2:b.jpg: whether it is missing: was false, is true",
    "r2:b.jpg: there was no such media object before",
  ]);
});

test("a photo that has vanished is expected to be missing, with its words", () => {
  const expected = expectedAfter([remembered({})], new Map(), new Set(["a.jpg"]));
  expect(differences(expected, [remembered({ missing: true })], "id")).toEqual([]);
  expect(differences(expected, [remembered({})], "id")).toEqual([
    "r2:a.jpg: whether it is missing: was true, is false",
  ]);
});

test("a relink may add a revision and words of the file, and may take none away", () => {
  const was = remembered({ words: { title: "T", keywords: ["a"] } });
  const relinked = (words: Readonly<Record<string, unknown>>): Remembered => {
    const { media, history } = remembered({ words: { title: "T", keywords: ["a"] } });
    const newest = { revision: 2, changed_at: "2027", changed_by: "me", operation_id: "o" };
    return {
      media: { ...media, revision: 2, object_metadata: { ...words } },
      history: [{ ...newest, object_metadata: { ...words } }, ...history],
    };
  };
  expect(relinkDifferences(was, relinked({ title: "T", keywords: ["a", "b"], rating: 3 }))).toEqual([]);
  expect(relinkDifferences(was, relinked({ title: "T", keywords: ["b", "a"] }))).toEqual([
    'r2:a.jpg: the field keywords: was ["a"], is ["b"]',
  ]);
  expect(relinkDifferences(was, relinked({ keywords: ["a"] }))).toEqual([
    'r2:a.jpg: the field title: was "T", is none',
  ]);
  expect(relinkDifferences(was, { ...relinked({ title: "T" }), history: [] })).toHaveLength(3);
});

test("a drill has a number of photos that it can describe", () => {
  expect(drillOptions([])).toEqual({ photos: 40, keep: false });
  expect(() => drillOptions(["--photos", "2"])).toThrow("--photos needs a number from 10");
});

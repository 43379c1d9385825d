import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween, entriesOf, type Revision } from "../../../../console/src/viewer/history/changes.ts";

function revisionWith(revision: number, words: Revision["object_metadata"]): Revision {
  return {
    revision,
    changed_at: "2026-11-22T10:38:00.000Z",
    changed_by: revision === 0 ? null : "ann@example.org",
    operation_id: null,
    object_metadata: words,
  };
}

describe("what has changed between two revisions", () => {
  it("is told keyword by keyword", () => {
    const [before, after] = [{ keywords: ["boats", "dawn"] }, { keywords: ["dawn", "fishing boats"] }];
    expect(changesBetween(before, after)).toEqual([
      { name: "keywords", label: "Keywords", removed: ["boats"], added: ["fishing boats"] },
    ]);
  });

  it("is another order where the keywords are the same", () => {
    expect(changesBetween({ keywords: ["a", "b"] }, { keywords: ["b", "a"] })).toEqual([
      { name: "keywords", label: "Keywords", removed: [], added: [] },
    ]);
  });

  it("is told with the text before and the text after, field by field", () => {
    const before = { title: "Harbour", rating: 4, note: "old" };
    const after = { title: "Port", rating: 4, shelf_mark: "B 12" };
    expect(changesBetween(before, after)).toEqual([
      { name: "note", label: "Note", removed: ["old"], added: [] },
      { name: "shelf_mark", label: "Shelf mark", removed: [], added: ["B 12"] },
      { name: "title", label: "Title", removed: ["Harbour"], added: ["Port"] },
    ]);
  });

  it("is told as a whole where another field is a list", () => {
    expect(changesBetween({ people: ["Ann", "Ben"] }, { people: ["Ben"] })).toEqual([
      { name: "people", label: "People", removed: ["Ann, Ben"], added: ["Ben"] },
    ]);
  });

  it("shows nothing where an empty text stood", () => {
    expect(changesBetween({ title: "" }, { title: "Port" })).toEqual([
      { name: "title", label: "Title", removed: [], added: ["Port"] },
    ]);
  });

  it("compares keywords that are no list as any other field", () => {
    expect(changesBetween({ keywords: "beach" }, { keywords: ["beach"] })).toEqual([
      { name: "keywords", label: "Keywords", removed: ["beach"], added: ["beach"] },
    ]);
  });

  it("is nothing where only the fields of a custom value stand in another order", () => {
    expect(changesBetween({ size: { a: 1, b: [2] } }, { size: { b: [2], a: 1 } })).toEqual([]);
  });

  it("is nothing between equal words, and all of them between words and none", () => {
    const words = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue());
    fc.assert(
      fc.property(words, (given) => {
        expect(changesBetween(given, structuredClone(given))).toEqual([]);
        expect(changesBetween({}, given).map(({ name }) => name)).toEqual(Object.keys(given).toSorted());
      }),
    );
  });
});

describe("a history", () => {
  const revisions = [
    revisionWith(2, { title: "Port" }),
    revisionWith(1, { title: "Harbour" }),
    revisionWith(0, {}),
  ];

  it("tells of each revision what it has changed, and by whom", () => {
    const entries = entriesOf(revisions, true);
    expect(entries.map(({ revision, changedBy, isOldest }) => [revision, changedBy, isOldest])).toEqual([
      [2, "ann@example.org", false],
      [1, "ann@example.org", false],
      [0, null, true],
    ]);
    expect(entries[0]?.changes).toEqual([
      { name: "title", label: "Title", removed: ["Harbour"], added: ["Port"] },
    ]);
  });

  it("holds the last revision of a page back until the one before it has come", () => {
    expect(entriesOf(revisions, false).map(({ revision }) => revision)).toEqual([2, 1]);
  });

  it("is empty before anything has come", () => {
    expect(entriesOf([], false)).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  edited,
  rebased,
  withEdit,
  withoutSent,
  type Edits,
  type Words,
} from "../../../../console/src/words/drafts/draft.ts";

const names = ["title", "description", "city"] as const;
const texts = fc.constantFrom("a", "b", "c");
const words: fc.Arbitrary<Words> = fc
  .record(Object.fromEntries(names.map((name) => [name, fc.option(texts)])))
  .map((given) => edited({}, given));

/** The edits that lead from some words to others. */
function editsBetween(from: Words, to: Words): Edits {
  let edits: Edits = {};
  for (const name of names) edits = withEdit({ base: from, edits }, name, to[name]);
  return edits;
}

describe("an edit", () => {
  it("is none where the field has the value already", () => {
    expect(withEdit({ base: { title: "Beach" }, edits: { title: "Sea" } }, "title", "Beach")).toEqual({});
  });

  it("that takes a field away which was not there is none", () => {
    expect(withEdit({ base: {}, edits: {} }, "title", undefined)).toEqual({});
  });

  it("that takes a field away is null", () => {
    expect(withEdit({ base: { title: "Beach" }, edits: {} }, "title", undefined)).toEqual({ title: null });
  });

  it("leads to the words that were typed, whatever they were before", () => {
    fc.assert(
      fc.property(words, words, (from, to) => {
        expect(edited(from, editsBetween(from, to))).toEqual(to);
      }),
    );
  });

  it("that was sent is no longer one, unless it has changed since", () => {
    expect(withoutSent({ title: "Beach", city: "Rome" }, { title: "Beach", city: "Ro" })).toEqual({
      city: "Rome",
    });
  });
});

describe("edits that are brought over the words of somebody else", () => {
  it("change what only one of both has changed as that one has, and tell of the rest", () => {
    fc.assert(
      fc.property(words, words, words, (base, mine, theirs) => {
        const { edits, conflicts } = rebased({ base, edits: editsBetween(base, mine) }, theirs);
        const result = edited(theirs, edits);
        const inConflict = new Set(conflicts.map(({ name }) => name));
        for (const name of names) {
          const isMine = mine[name] !== base[name];
          const isTheirs = theirs[name] !== base[name];
          expect(inConflict.has(name)).toBe(isMine && isTheirs && mine[name] !== theirs[name]);
          expect(result[name]).toBe(isMine ? mine[name] : theirs[name]);
        }
      }),
    );
  });

  it("tell both texts of a field that both have changed, and what was there before", () => {
    const { conflicts } = rebased({ base: { title: "Sea" }, edits: { title: "Beach" } }, { title: "Coast" });
    expect(conflicts).toEqual([{ name: "title", base: "Sea", mine: "Beach", theirs: "Coast" }]);
  });

  it("are none where both have written the same, however its accents are encoded", () => {
    const edits = { title: "Caf\u00e9" };
    expect(rebased({ base: {}, edits }, { title: "Cafe\u0301" })).toEqual({ edits: {}, conflicts: [] });
  });

  it("take the keywords that came and went on either side", () => {
    const base = { keywords: ["beach", "family", "2024"] };
    const edits = { keywords: ["beach", "2024", "ball"] };
    const { edits: left, conflicts } = rebased({ base, edits }, { keywords: ["family", "2024", "sunset"] });
    expect(left).toEqual({ keywords: ["2024", "sunset", "ball"] });
    expect(conflicts).toEqual([]);
  });

  it("keep a keyword whose spelling alone has changed", () => {
    const { edits } = rebased(
      { base: { keywords: ["Beach"] }, edits: { keywords: ["beach"] } },
      { keywords: ["Beach", "sea"] },
    );
    expect(edits).toEqual({ keywords: ["sea", "beach"] });
  });

  it("lose no keyword that either side has added, and none that neither has taken away", () => {
    const keywords = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"));
    fc.assert(
      fc.property(keywords, keywords, keywords, (base, mine, theirs) => {
        const { edits } = rebased(
          { base: { keywords: base }, edits: { keywords: mine } },
          { keywords: theirs },
        );
        const { keywords: result = [] } = edited({ keywords: theirs }, edits);
        const added = [...mine, ...theirs].filter((each) => !base.includes(each));
        const kept = base.filter((each) => mine.includes(each) && theirs.includes(each));
        expect(result).toEqual(expect.arrayContaining([...added, ...kept]));
      }),
    );
  });

  it("are in conflict where keywords are no list of texts", () => {
    const { conflicts } = rebased({ base: {}, edits: { keywords: ["beach"] } }, { keywords: "beach" });
    expect(conflicts).toHaveLength(1);
  });
});

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { applied, carried } from "../../../../console/src/words/fields/carry.ts";
import { edited } from "../../../../console/src/words/drafts/draft.ts";

const unknown = { isDated: false, isPlaced: false };

describe("copying from the photo before", () => {
  test("fills what is empty, and leaves what is not", () => {
    expect(
      carried({ title: "Mine", city: " " }, { title: "Theirs", city: "Brest", country: "France" }, unknown),
    ).toEqual({ city: "Brest", country: "France" });
  });

  test("unites the keywords", () => {
    expect(carried({ keywords: ["Sea"] }, { keywords: ["sea", "boat"] }, unknown)).toEqual({
      keywords: ["Sea", "boat"],
    });
  });

  test("brings no date and no place where the file of this photo has told them", () => {
    const from = { taken_at: "1962", location: { latitude: 1, longitude: 2 } };
    expect(carried({}, from, { isDated: true, isPlaced: true })).toEqual({});
    expect(carried({}, from, unknown)).toEqual(from);
  });

  test("leaves keywords alone that are no list of texts", () => {
    expect(carried({ keywords: "sea" }, { keywords: ["boat"] }, unknown)).toEqual({});
  });

  const words = fc.dictionary(
    fc.constantFrom("title", "description", "city", "shelf_mark"),
    fc.constantFrom("", "a", "b"),
  );
  it("never changes a field that says something, and a second time changes nothing", () => {
    fc.assert(
      fc.property(words, words, (here, from) => {
        const edits = carried(here, from, unknown);
        for (const name of Object.keys(edits)) expect((here[name] ?? "").trim()).toBe("");
        expect(carried(edited(here, edits), from, unknown)).toEqual({});
      }),
    );
  });
});

describe("a template", () => {
  test("puts its chosen fields in the place of what is here, and adds its keywords", () => {
    expect(
      applied({ title: "Old", keywords: ["sea"] }, { title: "New", credit: "dpa", keywords: ["boat"] }, [
        "title",
        "keywords",
      ]),
    ).toEqual({ title: "New", keywords: ["sea", "boat"] });
  });

  test("changes nothing where everything is so already", () => {
    expect(applied({ title: "New" }, { title: "New" }, ["title"])).toEqual({});
  });
});

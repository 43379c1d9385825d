import { describe, expect, it } from "vitest";
import {
  changeOf,
  tooLongIn,
  untouched,
  withApplied,
  withNewKeywords,
  withSuggestions,
  withoutNewKeyword,
  withText,
  withWish,
} from "../../../../console/src/selection/describe/wording.ts";

describe("what is chosen for many photos", () => {
  it("is nothing where nobody has chosen anything", () => {
    expect(changeOf(untouched)).toBeNull();
  });

  it("has keywords that are put on all, and those that are taken from all", () => {
    const wording = withWish(withWish(untouched, "sea", "add"), "lake", "remove");
    expect(changeOf(wording)).toEqual({ add_keywords: ["sea"], remove_keywords: ["lake"] });
  });

  it("leaves a keyword as it is once the same wish is taken back", () => {
    expect(changeOf(withWish(withWish(untouched, "sea", "add"), "sea", "add"))).toBeNull();
  });

  it("has the last wish for a keyword only", () => {
    const wording = withWish(withWish(untouched, "sea", "add"), "sea", "remove");
    expect(changeOf(wording)).toEqual({ remove_keywords: ["sea"] });
  });

  it("takes new keywords from a line with commas, each of them once, whatever its case", () => {
    const wording = withNewKeywords(withNewKeywords(untouched, " sea,  old   town ;"), "SEA, boat");
    expect(wording.newKeywords).toEqual(["sea", "old town", "boat"]);
    expect(changeOf(withoutNewKeyword(wording, "old town"))).toEqual({ add_keywords: ["sea", "boat"] });
  });

  it("finds a keyword that is too long for the service, by its characters and not by its code units", () => {
    expect(tooLongIn(`sea, ${"🌊".repeat(64)}`)).toBeNull();
    expect(tooLongIn(`sea, ${"k".repeat(65)}`)).toBe("k".repeat(65));
  });

  it("keeps on all photos what is both taken away and typed anew", () => {
    const wording = withNewKeywords(withWish(untouched, "Sea", "remove"), "sea");
    expect(changeOf(wording)).toEqual({ add_keywords: ["sea"] });
  });

  it("takes or refuses what is suggested, also beside other changes, until the same wish is taken back", () => {
    const accepted = withSuggestions(untouched, "accept");
    expect(changeOf(accepted)).toEqual({ suggestions: "accept" });
    const both = withSuggestions(withNewKeywords(accepted, "sea"), "refuse");
    expect(changeOf(both)).toEqual({ add_keywords: ["sea"], suggestions: "refuse" });
    expect(changeOf(withSuggestions(accepted, "accept"))).toBeNull();
  });

  it("sets a field that is written into, and empties one that is ticked and empty", () => {
    const wording = withApplied(withText(untouched, "creator", " Ann "), "copyright", true);
    expect(changeOf(wording)).toEqual({ object_metadata: { creator: "Ann", copyright: null } });
  });

  it("leaves a field alone that is no longer ticked, and keeps its text", () => {
    const wording = withApplied(withText(untouched, "creator", "Ann"), "creator", false);
    expect([changeOf(wording), wording.texts.creator]).toEqual([null, "Ann"]);
  });
});

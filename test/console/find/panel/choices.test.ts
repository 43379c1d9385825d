import { describe, expect, it } from "vitest";
import { addressOf, readView } from "../../../../console/src/address/address.ts";
import { everything, type Finding } from "../../../../console/src/address/view.ts";
import { choicesOf, onlyChoices, type FacetKind } from "../../../../console/src/find/panel/choices.ts";
import type { Facets } from "../../../../console/src/find/panel/facets.ts";

const facets: Facets = {
  keywords: [{ value: "beach", count: 3 }],
  years: [{ value: "2024", count: 9 }],
  cameras: [
    { value: "NIKON D700", count: 2 },
    { value: '""', count: 1 },
  ],
  types: [{ value: "image/png", count: null }],
  isCapped: false,
};

const changes: Readonly<Record<FacetKind, Partial<Finding>>> = {
  keywords: { keywords: ["beach"] },
  years: { takenAfter: "2024", takenBefore: "2025" },
  cameras: { q: 'camera:"NIKON D700"' },
  types: { contentType: "image/png" },
};

describe("a choice", () => {
  it.each([
    ["keywords", "beach", 3],
    ["years", "2024", 9],
    ["cameras", "NIKON D700", 2],
    ["types", "PNG", null],
  ] as const)("of %s is %s", (kind, label, count) => {
    expect(choicesOf(kind, facets, everything)).toMatchObject([{ label, count, isChosen: false }]);
  });

  it.each(["keywords", "years", "cameras", "types"] as const)("of %s narrows the finding", (kind) => {
    const [choice] = choicesOf(kind, facets, everything);
    expect(choice?.next).toEqual({ ...everything, ...changes[kind] });
  });

  it.each(["keywords", "years", "cameras", "types"] as const)("of %s is taken back", (kind) => {
    const [choice] = choicesOf(kind, facets, { ...everything, ...changes[kind] });
    expect(choice).toMatchObject({ isChosen: true, next: everything });
  });

  it("of a keyword keeps the keywords that are chosen already", () => {
    const [choice] = choicesOf("keywords", facets, { ...everything, keywords: ["family"] });
    expect(choice?.next.keywords).toEqual(["family", "beach"]);
  });
});

describe("the choices of what photos lack", () => {
  it("are six", () => {
    expect(onlyChoices(everything).map(({ label }) => label)).toEqual([
      "Without a description",
      "Without keywords",
      "Without a place",
      "Without a date",
      "Missing from the storage",
      "Could not be processed",
    ]);
  });

  it("are each made, stand in the address, and are taken back", () => {
    for (const [index, { next }] of onlyChoices(everything).entries()) {
      const { search } = new URL(addressOf({ finding: next, photo: null }), "https://tagline.test");
      const made = onlyChoices(readView(search).finding);
      expect(made.map(({ isChosen }) => isChosen)).toEqual(made.map((_, place) => place === index));
      expect(made[index]?.next).toEqual(everything);
    }
  });
});

import { describe, expect, it } from "vitest";

import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import "../../support/setup.ts";
import { described, idsOf, searchCost } from "./searches.ts";

const titled = (title: string) => ({ objectMetadata: { title } });

describe("a search of few records", () => {
  it("takes one statement where all have it in their words", async () => {
    const [older, newer] = [
      await insertMedia(described("white sand")),
      await insertMedia(described("white sand")),
    ];
    await insertMedia(described("sand that is white"));
    const { page, statements } = await searchCost('"white sand"');
    expect(idsOf([page])).toEqual([newer.id, older.id]);
    expect(page.total).toBe(2);
    expect(statements).toBe(1);
  });

  it("finds what has it elsewhere behind, without asking for that again", async () => {
    const elsewhere = await insertMedia(titled("white sand"));
    const inWords = await insertMedia(described("white sand"));
    const { page, statements } = await searchCost('"white sand"');
    expect(idsOf([page])).toEqual([inWords.id, elsewhere.id]);
    expect(page.total).toBe(2);
    expect(statements).toBe(3);
  });

  it("shows what has it in words and elsewhere once", async () => {
    const { id } = await insertMedia({ objectMetadata: { description: "white sand", title: "white sand" } });
    const { page } = await searchCost('"white sand"');
    expect(idsOf([page])).toEqual([id]);
    expect(page.total).toBe(1);
  });

  it("shows no missing record, and goes on behind one that is the last of its group", async () => {
    const elsewhere = await insertMedia(titled("white sand"));
    await insertMedia({ objectMetadata: { description: "white sand" }, missingSince: 1 });
    const { page } = await searchCost('"white sand"');
    expect(idsOf([page])).toEqual([elsewhere.id]);
    expect(page.total).toBe(1);
  });

  it("finds words of which one stands in words and one elsewhere", async () => {
    const { id } = await insertMedia({ objectMetadata: { description: "white", title: "sand" } });
    const both = await insertMedia(described("white sand"));
    const { page } = await searchCost("white sand ");
    expect(idsOf([page])).toEqual([both.id, id]);
  });

  it("counts by facets what stands on its only page", async () => {
    await insertMedia({ objectMetadata: { description: "white", keywords: ["Beach"] } });
    const { page } = await searchCost("white ", { facets: "keywords" });
    expect(page.facets).toEqual({ keywords: [{ value: "Beach", count: 1 }] });
  });
});

describe("the total of a search", () => {
  const sand = (missing: number, present: number) => [
    ...buildMany(missing, () => ({ ...described("sand"), missingSince: 1 })),
    ...buildMany(present, () => described("sand")),
  ];

  it.each([0, 3, 1000, 1001])(
    "leaves out the missing ones of %d and looks at no record for that",
    async (missing) => {
      await insertMany(sand(missing, 150));
      const { page, rowsRead } = await searchCost("sand ", { limit: "10" });
      expect(page).toMatchObject({ total: 150, total_capped: false });
      const { page: both } = await searchCost("sand ", { limit: "10", missing: "any" });
      expect(both.total).toBe(150 + missing);
      // The page, the matches, the missing ones; beyond a thousand these are looked at again, with their records.
      expect(rowsRead).toBeLessThanOrEqual(50 + 5 * (150 + missing) + (missing > 1000 ? 2 * 1151 : 0));
    },
  );
});

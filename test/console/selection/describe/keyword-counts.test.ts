import { expect, it } from "vitest";
import { countKeywords, together } from "../../../../console/src/selection/describe/keyword-counts.ts";

it("the keywords of more than 500 photos are counted by several calls, and their counts added", async () => {
  const ids = Array.from({ length: 600 }, (_, index) => `photo ${index}`);
  const asked: number[] = [];
  const counts = await countKeywords({ kind: "ids", ids }, async (named) => {
    const total = "ids" in named ? named.ids.length : 0;
    asked.push(total);
    return {
      total,
      items: [
        { keyword: "sea", count: total },
        { keyword: "boat", count: 1 },
      ],
      capped: false,
    };
  });
  expect(asked).toEqual([500, 100]);
  expect(counts).toEqual({
    total: 600,
    items: [
      { keyword: "sea", count: 600 },
      { keyword: "boat", count: 2 },
    ],
    isCapped: false,
  });
});

it("keywords that differ by case or accents are counted as one, as the service does", () => {
  const answer = (keyword: string) => ({ total: 1, items: [{ keyword, count: 1 }], capped: false });
  expect(together([answer("Café"), answer("cafe")]).items).toEqual([{ keyword: "Café", count: 2 }]);
});

it("counts are capped as soon as one of the calls was", () => {
  const answer = (capped: boolean) => ({ total: 0, items: [], capped });
  expect(together([answer(false), answer(true)]).isCapped).toBe(true);
});

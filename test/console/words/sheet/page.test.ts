import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { pageAt, pageSize } from "../../../../console/src/words/sheet/page.ts";

describe("a page of the contact sheet", () => {
  test("has twenty photos, and knows the pages beside it", () => {
    const page = pageAt(20, { count: 100, isWhole: true });
    expect([page.places[0], page.places.at(-1), page.previous, page.next]).toEqual([20, 39, 0, 40]);
  });

  test("ends with the photos", () => {
    expect(pageAt(20, { count: 23, isWhole: true })).toEqual({
      places: [20, 21, 22],
      previous: 0,
      next: null,
    });
  });

  test("is asked for before anybody knows how many photos there are", () => {
    expect(pageAt(0, { count: 0, isWhole: false }).places).toHaveLength(pageSize);
  });

  test("leads back to photos from behind the end", () => {
    expect(pageAt(400, { count: 23, isWhole: true })).toEqual({ places: [], previous: 3, next: null });
  });

  it("leads through every photo once", () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), (count) => {
        const seen: number[] = [];
        for (let from: number | null = 0; from !== null;) {
          const page: ReturnType<typeof pageAt> = pageAt(from, { count, isWhole: true });
          seen.push(...page.places);
          from = page.next;
        }
        expect(seen).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
    );
  });
});

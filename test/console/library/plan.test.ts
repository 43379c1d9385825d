import fc from "fast-check";
import { expect, it } from "vitest";
import {
  aroundOf,
  distance,
  forgotten,
  mostRequests,
  overlap,
  planOf,
  type Range,
} from "../../../console/src/library/plan.ts";

const pageAt = (number: number): Range => ({ first: number * 100, end: number * 100 + 100 });
const pages = fc.array(fc.nat(20).map(pageAt), { maxLength: 20 });
const places = fc.uniqueArray(
  fc.nat(20).map((number) => number * 100),
  { maxLength: mostRequests },
);

it("never has more requests on their way than four, and none for what nobody wants", () => {
  fc.assert(
    fc.property(pages, places, fc.array(fc.nat(20)), fc.array(fc.nat(20)), (wanted, way, loaded, failed) => {
      const { start, cancel } = planOf({
        wanted,
        isLoaded: ({ first }) => loaded.includes(first / 100),
        hasFailed: ({ first }) => failed.includes(first / 100),
        onTheirWay: new Set(way),
      });
      const firsts = start.map(({ first }) => first);
      const left = [...way.filter((first) => !cancel.includes(first)), ...firsts];
      expect(left.length).toBeLessThanOrEqual(mostRequests);
      expect(new Set(left).size).toBe(left.length);
      expect(left.every((first) => wanted.some((page) => page.first === first))).toBe(true);
      expect(firsts.some((first) => [...loaded, ...failed].includes(first / 100))).toBe(false);
      const lacking = wanted.filter(
        ({ first }) =>
          !left.includes(first) && !loaded.includes(first / 100) && !failed.includes(first / 100),
      );
      expect(left.length === mostRequests || lacking.length === 0).toBe(true);
    }),
  );
});

it("asks for the most urgent page first", () => {
  const wanted = [7, 3, 9, 1, 4, 5].map(pageAt);
  const plan = planOf({ wanted, isLoaded: () => false, hasFailed: () => false, onTheirWay: new Set() });
  expect(plan.start.map(({ first }) => first / 100)).toEqual([7, 3, 9, 1]);
});

it("forgets the pages farthest from the screen, and none near it", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(40)), fc.nat(4000), fc.nat(3000), (numbers, first, most) => {
      const screen = { first, end: first + 50 };
      const kept = aroundOf(screen);
      const loaded = numbers.map(pageAt);
      const gone = forgotten(loaded, { screen, kept, most });
      const left = loaded.filter((page) => !gone.includes(page));
      expect(gone.some((page) => overlap(page, kept))).toBe(false);
      expect(left.length * 100 <= most || left.every((page) => overlap(page, kept))).toBe(true);
      const nearestGone = Math.min(...gone.map((page) => distance(page, screen)));
      const free = left.filter((page) => !overlap(page, kept));
      expect(free.every((page) => distance(page, screen) <= nearestGone)).toBe(true);
    }),
  );
});

it("knows how far apart two stretches are", () => {
  const [one, other] = [pageAt(1), pageAt(4)];
  expect([distance(one, other), distance(other, one), distance(one, pageAt(2)), overlap(one, other)]).toEqual(
    [200, 200, 0, false],
  );
});

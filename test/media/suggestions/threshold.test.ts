import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { never, thresholdOf, type Learned } from "../../../src/media/suggestions/threshold.ts";
import { numbersFrom } from "../../support/numbers.ts";

const none = [0, 0, 0, 0, 0];

/** What was learned, with all decisions on the highest tenth. */
function learned(accepted: number, refused: number): Learned {
  return { accepted: [0, 0, 0, 0, accepted], refused: [0, 0, 0, 0, refused], decidedAt: 0 };
}

const dayMs = 24 * 60 * 60_000;

describe("a keyword", () => {
  test("on which nobody has decided is shown from one half on", () => {
    expect(thresholdOf(undefined, 0)).toBe(0.5);
    expect(thresholdOf({ accepted: none, refused: none, decidedAt: 0 }, 0)).toBe(0.5);
  });

  test("falls silent when people refuse it, and stays where they nearly always take it", () => {
    expect(thresholdOf(learned(0, 2), 0)).toBe(never);
    expect(thresholdOf(learned(18, 6), 0)).toBe(never);
    expect(thresholdOf(learned(20, 1), 0)).toBe(0.5);
  });

  test("that is wrong with low scores only is shown from a higher one on", () => {
    const accepted = [0, 0, 0, 0, 200];
    const refused = [23, 0, 0, 0, 0];
    expect(thresholdOf({ accepted, refused, decidedAt: 0 }, 0)).toBe(0.6);
  });

  test("that has fallen silent is tried again when what was learned is old", () => {
    const { accepted, refused } = learned(0, 1);
    const at = (days: number): number => thresholdOf({ accepted, refused, decidedAt: dayMs }, days * dayMs);
    expect([at(0), at(1), at(30), at(400)]).toEqual([never, never, never, 0.5]);
  });

  test("on which people have decided a hundred thousand times is judged by what they nearly always said", () => {
    expect(thresholdOf(learned(95_000, 5000), 0)).toBe(0.5);
    expect(thresholdOf(learned(85_000, 15_000), 0)).toBe(never);
  });

  test("has a threshold that no acceptance raises and no refusal lowers", () => {
    const counts = fc.array(fc.nat(300), { minLength: 5, maxLength: 5 });
    const tenth = fc.nat(4);
    fc.assert(
      fc.property(counts, counts, tenth, (accepted, refused, at) => {
        const one = (list: number[]): number[] => list.map((count, index) => count + (index === at ? 1 : 0));
        const of = (a: number[], r: number[]): number =>
          thresholdOf({ accepted: a, refused: r, decidedAt: 0 }, 0);
        const now = of(accepted, refused);
        return of(one(accepted), refused) <= now && of(accepted, one(refused)) >= now;
      }),
    );
  });
});

/** A keyword that a model suggests wrongly so often, and what people have decided on it. */
interface Simulated {
  readonly errorRate: number;
  readonly accepted: number[];
  readonly refused: number[];
}

/** What people were shown after 200 decisions, over many photos: how often it was right, and of which keywords. */
function afterDecisions(keywords: number, { isInformative, seed }: { isInformative: boolean; seed: number }) {
  const next = numbersFrom(seed);
  const all = Array.from({ length: keywords }, (_, index): Simulated => {
    const errorRate = 0.05 + (0.55 * index) / (keywords - 1);
    return { errorRate, accepted: [...none], refused: [...none] };
  });
  const thresholds = new Map<Simulated, number>();
  const thresholdNow = (keyword: Simulated): number => {
    const known = thresholds.get(keyword) ?? thresholdOf({ ...keyword, decidedAt: 0 }, 0);
    thresholds.set(keyword, known);
    return known;
  };
  /** What the model thinks likely of a photo, and what people see of it. */
  const shownOnOne = (): { keyword: Simulated; score: number; isRight: boolean }[] =>
    all
      .filter(() => next() < 0.15)
      .map((keyword) => {
        const isRight = next() >= keyword.errorRate;
        const drawn = next();
        const informed = isRight ? Math.sqrt(drawn) : 1 - Math.sqrt(drawn);
        return { keyword, isRight, score: 0.5 + 0.4999 * (isInformative ? informed : drawn) };
      })
      .filter(({ keyword, score }) => score >= thresholdNow(keyword));
  for (let photo = 0, decisions = 0; photo < 2000 && decisions < 200; photo++) {
    for (const { keyword, score, isRight } of shownOnOne()) {
      const counts = isRight ? keyword.accepted : keyword.refused;
      const tenth = Math.floor(score * 10) - 5;
      counts[tenth] = (counts[tenth] ?? 0) + 1;
      thresholds.delete(keyword);
      decisions += 1;
    }
  }
  const shown = Array.from({ length: 300 }, shownOnOne).flat();
  const right = shown.filter(({ isRight }) => isRight).length / shown.length;
  const bad = all.filter((keyword) => keyword.errorRate >= 0.3);
  return {
    right,
    count: shown.length,
    loud: bad.filter((keyword) => thresholdNow(keyword) !== never).length,
  };
}

describe("after 200 decisions on keywords that are wrong in 5 % to 60 % of cases", () => {
  const seeds = Array.from({ length: 41 }, (_, index) => index + 1);

  test.for([
    [12, true],
    [12, false],
    [20, true],
    [20, false],
  ] as const)(
    "what is shown is right in nine of ten cases (%i keywords, scores that tell: %s)",
    ([keywords, isInformative]) => {
      const outcomes = seeds.map((seed) => afterDecisions(keywords, { isInformative, seed }));
      const rights = outcomes
        .filter(({ count }) => count > 0)
        .map(({ right }) => right)
        .toSorted((a, b) => a - b);
      const median = rights[Math.floor(rights.length / 2)] ?? 0;
      const told = isInformative ? "scores that tell" : "scores that tell nothing";
      const nothing = seeds.length - rights.length;
      console.log(
        `${keywords} keywords, ${told}: ${(100 * median).toFixed(1)} % right, nothing shown in ${nothing} of ${seeds.length}`,
      );
      expect(rights.length).toBeGreaterThan(seeds.length * 0.8);
      expect(median).toBeGreaterThanOrEqual(0.9);
      const loud = outcomes.reduce((sum, outcome) => sum + outcome.loud, 0);
      expect(loud / seeds.length).toBeLessThan(0.2);
    },
  );
});

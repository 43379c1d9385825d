import { expect, test } from "vitest";
import {
  listingMinutes,
  longestStatementMs,
  perSecond,
  photosAnHour,
  photosWithin,
} from "../../../bench/capacity/estimates.ts";
import { photoOf, suggestedFor, typicalWords, wordsOf } from "../../../bench/capacity/records.ts";

test("four fifths of a database are used", () => {
  expect(photosWithin(10_000_000_000, 2_000)).toBe(4_000_000);
  expect(photosWithin(1_000, 801)).toBe(0);
});

test("ten consumers that take 120 ms for each photo process 300,000 an hour", () => {
  expect(photosAnHour({ cpuMs: 120, concurrency: 10 })).toBe(300_000);
});

test("300,000 photos an hour with 0.3 calls each are 25 calls a second", () => {
  expect(perSecond(300_000, 0.3)).toBe(25);
});

test("of 500 statements a second each may take 2 ms", () => {
  expect(longestStatementMs(500)).toBe(2);
});

test("a last page that is not full takes as long as a full one", () => {
  expect(listingMinutes(1_000_000, { perPage: 1_000, secondsAPage: 1.2 })).toBe(20);
  expect(listingMinutes(1_001, { perPage: 1_000, secondsAPage: 30 })).toBe(1);
});

test("a photo of the benchmark is typically described, in as many revisions as it says", () => {
  for (const n of [0, 1, 999]) {
    const revisions = wordsOf(n);
    expect(revisions).toHaveLength(typicalWords.revisions);
    const { description, keywords } = revisions.at(-1) ?? {};
    expect(String(description).length).toBeGreaterThanOrEqual(typicalWords.descriptionCharacters - 1);
    expect(String(description).length).toBeLessThanOrEqual(typicalWords.descriptionCharacters);
    expect(keywords).toHaveLength(typicalWords.keywords);
    expect(revisions[0]).toEqual({ description });
    expect(suggestedFor(n).description).not.toBe(description);
  }
});

test("two photos of the benchmark have nothing in common that has to be one photo's own", () => {
  const [one, two] = [photoOf(1, 10), photoOf(2, 10)];
  expect(one.id).not.toBe(two.id);
  expect(one.objectKey).not.toBe(two.objectKey);
  expect(one.hash.slice(0, 32)).not.toBe(two.hash.slice(0, 32));
  expect(photoOf(1, 10)).toEqual(one);
});

import type { Outcome } from "./report.ts";
import type { Ingested } from "./sources.ts";

/** A photo under its file's name. */
export interface NamedPhoto extends Ingested {
  readonly name: string;
}

/** What the photos of a collection are to each other. */
export interface Comparison {
  readonly lines: readonly string[];
  /** Pairs of different photos, and how many of them are called the same. */
  readonly pairs: number;
  readonly same: number;
  /** All pairs that are called the same, for a person to look at. */
  readonly found: readonly string[];
}

const radii = [32, 40, 48, 56, 64, 72, 80, 90, 100];
const collection = 1_000_000;

/**
 * Compares each photo with each other one. `known` has groups of patterns of names: two files whose names match patterns of
 * one group are the same picture, and count for nothing.
 */
export function comparePhotos(
  photos: readonly NamedPhoto[],
  known: readonly (readonly string[])[],
  judge: (one: Ingested, two: Ingested) => Outcome,
): Comparison {
  const groups = known.map((patterns) => patterns.map((pattern) => new RegExp(pattern)));
  const groupsOf = photos.map(({ name }) =>
    groups.map((patterns) => patterns.some((pattern) => pattern.test(name))),
  );
  const within = radii.map(() => 0);
  const found: string[] = [];
  let [pairs, same] = [0, 0];
  for (const [i, one] of photos.entries()) {
    for (const [j, two] of photos.slice(0, i).entries()) {
      const { distance, isSame } = judge(one, two);
      const isKnown = groupsOf[i]?.some((belongs, group) => belongs && groupsOf[j]?.[group]) ?? false;
      if (isSame) found.push(`${one.name} = ${two.name} (${distance})${isKnown ? ", known" : ""}`);
      if (isKnown) continue;
      pairs++;
      if (isSame) same++;
      for (const [k, radius] of radii.entries()) if (distance <= radius) within[k] = (within[k] ?? 0) + 1;
    }
  }
  const lines = radii.map((radius, k) => {
    const count = within[k] ?? 0;
    const expected = (count / Math.max(1, pairs)) * collection;
    return `distance ≤ ${radius}: ${count} of ${pairs} pairs; of a million records ${expected.toFixed(0)} for each`;
  });
  return { lines: [...lines, `called the same: ${same}`], pairs, same, found };
}

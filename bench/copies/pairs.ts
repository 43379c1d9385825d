import type { Outcome } from "./report.ts";
import type { Ingested } from "./sources.ts";

/** A photo under its file's name. */
export interface NamedPhoto extends Ingested {
  readonly name: string;
}

/** What the photos of a collection are to each other. */
export interface Comparison {
  readonly lines: readonly string[];
  readonly pairs: number;
  /** Pairs that are called the same, for a person to look at. */
  readonly found: readonly string[];
}

const radii = [32, 40, 48, 56, 64, 72, 80, 90, 100];
const collection = 1_000_000;

/** Compares each photo with each other one. */
export function comparePhotos(
  photos: readonly NamedPhoto[],
  judge: (one: Ingested, two: Ingested) => Outcome,
): Comparison {
  const within = radii.map(() => 0);
  const found: string[] = [];
  let pairs = 0;
  for (const [i, one] of photos.entries()) {
    for (const two of photos.slice(0, i)) {
      const { distance, isSame } = judge(one, two);
      pairs++;
      if (isSame) found.push(`${one.name} = ${two.name} (${distance})`);
      for (const [k, radius] of radii.entries()) if (distance <= radius) within[k] = (within[k] ?? 0) + 1;
    }
  }
  const lines = radii.map((radius, k) => {
    const count = within[k] ?? 0;
    const expected = (count / Math.max(1, pairs)) * collection;
    return `distance ≤ ${radius}: ${count} of ${pairs} pairs; of a million records ${expected.toFixed(0)} for each`;
  });
  return { lines, pairs, found };
}

import type { PeriodCount } from "./archive.ts";
import type { Section } from "./library.ts";

/** The sections of counted months, in their order, and behind them the one of the photos without a date. */
export function sectionsOf(months: readonly PeriodCount[], undated: number): Section[] {
  const counted = [...months, { period: null, count: undated, imprecise: 0 }];
  let first = 0;
  const sections: Section[] = [];
  for (const { period, count, imprecise } of counted) {
    if (count > 0) sections.push({ period, first, count, imprecise });
    first += count;
  }
  return sections;
}

/** How many photos sections have together. */
export function lengthOf(sections: readonly { readonly first: number; readonly count: number }[]): number {
  const last = sections.at(-1);
  return last === undefined ? 0 : last.first + last.count;
}

/**
 * The number of the last of these stretches that begins at or before a place; −1 before the first. The stretches stand in
 * the order of their beginnings.
 */
export function stretchAt(stretches: readonly { readonly first: number }[], place: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.first ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

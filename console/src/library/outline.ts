import { filterQueryOf } from "../address/query.ts";
import type { Finding } from "../address/view.ts";
import type { Archive, PeriodCount } from "./archive.ts";
import type { Section } from "./library.ts";
import { sectionsOf } from "./sections.ts";

/** How many photos there are by month, as far as they have been counted. */
export interface Outline {
  readonly sections: readonly Section[];
  /** Whether every photo is counted. */
  readonly isWhole: boolean;
  /** Whether counting has come to its end. Where it has and `isWhole` is false, the service counts no further. */
  readonly isLast: boolean;
}

/**
 * Counts the photos of a finding by month. The service looks at so many photos a call only and begins with the newest, so
 * that the oldest month of an answer may have too few: such a month is counted by the next call, which begins with it. Each
 * outline goes on where the one before ends, and nothing that was told changes, until in the last one the photos without a
 * date follow. Throws what the service throws.
 */
export async function* outlinesOf(
  archive: Archive,
  finding: Finding,
  signal: AbortSignal,
): AsyncGenerator<Outline, void, undefined> {
  const filters = filterQueryOf(finding);
  const months: PeriodCount[] = [];
  let counts = await archive.count(filters, "month", signal);
  const { undated, capped: isCapped } = counts;
  let isWhole = true;
  while (counts.capped && counts.items.length > 0) {
    // A month that is too large for a call by itself is shown as far as it was counted.
    const isAlone = counts.items.length === 1;
    if (isAlone) isWhole = false;
    const counted = isAlone ? counts.items : counts.items.slice(0, -1);
    months.push(...counted);
    yield { sections: sectionsOf(months, 0), isWhole: false, isLast: false };
    const before = `${counted.at(-1)?.period}-01`;
    counts = await archive.count({ ...filters, taken_before: before }, "month", signal);
  }
  months.push(...counts.items);
  const rest =
    isCapped && months.length > 0 ? await undatedOf(archive, finding, signal) : { undated, capped: isCapped };
  yield { sections: sectionsOf(months, rest.undated), isWhole: isWhole && !rest.capped, isLast: true };
}

/** How many photos without a date there are; a finding between two dates has none. */
async function undatedOf(
  archive: Archive,
  finding: Finding,
  signal: AbortSignal,
): Promise<{ readonly undated: number; readonly capped: boolean }> {
  if (finding.takenAfter !== null || finding.takenBefore !== null || finding.has.includes("taken_at"))
    return { undated: 0, capped: false };
  return archive.count(undatedFilters(finding), "month", signal);
}

/** The filters of a finding for its photos without a date. */
export function undatedFilters(finding: Finding): ReturnType<typeof filterQueryOf> {
  const without = finding.without.filter((trait) => trait !== "taken_at");
  return filterQueryOf({ ...finding, without: [...without, "taken_at"] });
}

import { chanceOf } from "../../../../scripts/console/paint/canvas.ts";

/** How many photos of the large library were taken on one day. */
export interface Day {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly count: number;
}

const firstYear = 1995;
const lastYear = 2024;

/** Years in which nobody has taken a photo. */
const emptyYears: ReadonlySet<number> = new Set([1998, 2003]);

/** A month with as many photos as a year has elsewhere, and a day with nearly as many. */
const busyMonth = { month: "2016-08", part: 0.15 };
const busyDay = { day: "2019-05-18", part: 0.11 };

/**
 * The days on which photos of a library of so many were taken: thirty years of which some are empty, months of very
 * different sizes, one month with 15 % of all photos and one day with 11 %.
 */
export function plannedDays(photos: number): Day[] {
  const chance = chanceOf(7);
  const months = [...allMonths()].filter((month) => month !== busyMonth.month && chance() < 0.85);
  const weights = months.map(() => 0.05 + chance() ** 3);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const busy = [Math.round(photos * busyMonth.part), Math.round(photos * busyDay.part)] as const;
  const others = photos - busy[0] - busy[1];
  const counts = weights.map((weight) => Math.floor((others * weight) / whole));
  // What rounding has left over goes to the last of the months.
  const rest = others - counts.reduce((sum, count) => sum + count, 0);
  const days = months.flatMap((month, index) =>
    daysOf(month, (counts[index] ?? 0) + (index === months.length - 1 ? rest : 0), chance),
  );
  return [...days, ...daysOf(busyMonth.month, busy[0], chance), { day: busyDay.day, count: busy[1] }].filter(
    ({ count }) => count > 0,
  );
}

function* allMonths(): Generator<string> {
  for (let year = firstYear; year <= lastYear; year++)
    for (let month = 1; month <= 12; month++)
      if (!emptyYears.has(year)) yield `${year}-${String(month).padStart(2, "0")}`;
}

/** Spreads the photos of a month over its first 28 days, some of which stay without any. */
function daysOf(month: string, count: number, chance: () => number): Day[] {
  const spread = new Map<number, number>();
  let left = count;
  while (left > 0) {
    const day = 1 + Math.floor(chance() * 28);
    const taken = Math.min(left, 1 + Math.floor((count * chance()) / 6));
    spread.set(day, (spread.get(day) ?? 0) + taken);
    left -= taken;
  }
  return [...spread].map(([day, taken]) => ({
    day: `${month}-${String(day).padStart(2, "0")}`,
    count: taken,
  }));
}

/** A month of a library as the console names it. */
export interface Month {
  /** `July 2024`. */
  readonly name: string;
  readonly count: number;
}

/** The months of some days, the newest first. */
export function monthsOf(days: readonly Day[]): Month[] {
  const counts = new Map<string, number>();
  for (const { day, count } of days) counts.set(day.slice(0, 7), (counts.get(day.slice(0, 7)) ?? 0) + count);
  const names = new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "long", timeZone: "UTC" });
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([month, count]) => ({ name: names.format(new Date(`${month}-01T00:00:00Z`)), count }));
}

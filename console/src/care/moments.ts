import { careTexts } from "../texts/care.ts";
import { language } from "../texts/texts.ts";

const dayMs = 86_400_000;

/** A moment as a person would say it today: `Yesterday at 03:00`. As it is where it cannot be read. */
export function spokenMoment(at: string, now: Date = new Date()): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(moment);
  const days = Math.round((startOfDay(now) - startOfDay(moment)) / dayMs);
  if (days === 0) return careTexts.moment.today(time);
  if (days === 1) return careTexts.moment.yesterday(time);
  return careTexts.moment.day(new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(moment), time);
}

/** Midnight by the clock of the reader, to whom a day of a change of clocks is a day too. */
function startOfDay(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

const units = [
  { unit: "hour", seconds: 3600 },
  { unit: "minute", seconds: 60 },
  { unit: "second", seconds: 1 },
] as const;

/** How long something took, in one unit that has two digits at least where there is one: `40 seconds`, `90 minutes`. */
export function durationText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const { unit, seconds: each } = units.find(({ seconds: least }) => seconds >= 2 * least) ?? units[2];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(
    Math.round(seconds / each),
  );
}

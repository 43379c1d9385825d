import { language } from "../../texts/texts.ts";

/** A range of dates as the address has it: from the first one on, before the second one. */
export interface DateRange {
  readonly takenAfter: string | null;
  readonly takenBefore: string | null;
}

const year = /^\d{4}$/;
const lastYear = "9999";

/** The range of a year `YYYY`, a month `YYYY-MM` or a day `YYYY-MM-DD`. */
export function rangeOf(period: string): DateRange {
  return { takenAfter: period, takenBefore: periodBehind(period) };
}

/** The year, month or day that a range is; null for any other range. */
export function periodOf({ takenAfter, takenBefore }: DateRange): string | null {
  if (takenAfter === null || takenBefore === null) return null;
  return periodBehind(takenAfter) === takenBefore ? takenAfter : null;
}

/** A year, a month or a day as people write it in the language of the page; a date that no calendar has stays as it is. */
export function dateText(date: string): string {
  if (year.test(date)) return date;
  const moment = momentOf(date);
  if (moment === null) return date;
  const day = date.length === "YYYY-MM-DD".length ? ({ day: "numeric" } as const) : {};
  return new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: "long",
    ...day,
    timeZone: "UTC",
  }).format(moment);
}

/** The period that follows a year, a month or a day; null behind the last year that has four digits, and for no date. */
function periodBehind(period: string): string | null {
  const moment = momentOf(period);
  if (moment === null || period.slice(0, 4) === lastYear) return null;
  if (period.length === "YYYY".length) moment.setUTCFullYear(moment.getUTCFullYear() + 1);
  else if (period.length === "YYYY-MM".length) moment.setUTCMonth(moment.getUTCMonth() + 1);
  else moment.setUTCDate(moment.getUTCDate() + 1);
  return moment.toISOString().slice(0, period.length);
}

function momentOf(date: string): Date | null {
  const moment = new Date(`${date}-01-01`.slice(0, "YYYY-MM-DD".length));
  const isOne = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date);
  return isOne ? moment : null;
}

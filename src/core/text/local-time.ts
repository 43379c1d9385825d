/** What the digits are filled up with that a time does not tell: its first moment. */
const firstMoment = "0000-01-01T00:00:00.000";

/** A date or a date-time without offset, by its form: `2024-07-14`, or with `T16:03`, `…:11`, `…:11.250` behind. */
export const dayOrTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?$/;
const writtenTime = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?)?)?$/;

/** The form of a time as a person writes it; see {@link parseWrittenTime}. */
export const writtenTimePattern = writtenTime.source;

/** The first photograph that is left was taken in the eighteen-twenties. */
export const firstYear = 1826;

/** What is to be taken after this century was a clock that had lost its time, a slip of the pen, or noise. */
export const lastYear = 2099;

/** A time as it is compared: `YYYY-MM-DDTHH:MM:SS.mmm` of no time zone. */
export interface LocalTime {
  /** The first moment of what is known. */
  readonly at: string;
  /** How much of it is known; a time to the minute counts as one to the second. */
  readonly precision: "year" | "month" | "day" | "second";
}

/** A text of a known form, filled up to its first moment. */
export function firstMomentOf(text: string): string {
  return `${text}${firstMoment.slice(text.length)}`;
}

/** Whether the calendar and the clock have a moment: the 30th of February comes back as another day. */
export function isMoment(text: string): boolean {
  const time = Date.parse(`${text}Z`);
  return !Number.isNaN(time) && new Date(time).toISOString() === `${text}Z`;
}

/**
 * A time as a person writes it: a year, a month, a day, or a date-time without offset whose seconds may be left out, from
 * {@link firstYear} to {@link lastYear}; null for any other text. SQL has the same rules in src/db/media/best-known.ts.
 */
export function parseWrittenTime(text: string): LocalTime | null {
  if (!writtenTime.test(text)) return null;
  const at = firstMomentOf(text);
  const year = Number(at.slice(0, 4));
  if (year < firstYear || year > lastYear || !isMoment(at)) return null;
  return { at, precision: precisionOf(text.length) };
}

function precisionOf(length: number): LocalTime["precision"] {
  if (length === 4) return "year";
  if (length === 7) return "month";
  return length === 10 ? "day" : "second";
}

import type { Taken } from "../../library/photo.ts";

/** What of a date is written, by how far it is known. */
const formats = {
  year: { year: "numeric" },
  month: { year: "numeric", month: "long" },
  day: { year: "numeric", month: "long", day: "numeric" },
  second: { year: "numeric", month: "long", day: "numeric" },
} as const satisfies Record<Taken["precision"], Intl.DateTimeFormatOptions>;

/** Writes dates in a language (BCP 47). */
export interface Dates {
  /** A month `2024-07` as `July 2024`, or the year alone. */
  readonly period: (period: string, precision: "year" | "month") => string;
  /** The day on which a photo was taken, by the clock of its camera, as far as it is known. */
  readonly taken: (taken: Taken) => string;
}

/** Writes dates in this language. */
export function datesIn(language: string): Dates {
  // The local time of a camera is read as if it were UTC, and written likewise.
  const of = (precision: Taken["precision"]): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, { ...formats[precision], timeZone: "UTC" });
  const writers = { year: of("year"), month: of("month"), day: of("day"), second: of("second") };
  return {
    period: (period, precision) => writers[precision].format(new Date(`${period}-01T00:00:00Z`)),
    taken: ({ at, precision }) => writers[precision].format(new Date(`${at.slice(0, 10)}T00:00:00Z`)),
  };
}

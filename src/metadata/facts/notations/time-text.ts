import { firstYear, lastYear } from "../../../core/text/local-time.ts";

/** A time as a text tells it. */
export interface ToldTime {
  /** The first moment of what is told, `YYYY-MM-DDTHH:MM:SS.mmm`. */
  readonly local: string;
  /** `+HH:MM` or `-HH:MM`; Z is `+00:00`. Null where none is told, or one that no place has. */
  readonly offset: string | null;
  readonly precision: "year" | "month" | "day" | "second";
}

/** Fraction and offset of a time where they stand in fields of their own. */
export interface BesideTime {
  readonly fraction: string | null;
  readonly offset: string | null;
}

// Parts may be blank, or have blanks instead of leading zeros (EXIF 3.0 §4.6.6.4, 0x9003), and any of these between them.
const separatedDay = /^(\d{4})(?:[:/._-](\d\d| ?\d| {0,2})(?:[:/._-](\d\d| ?\d| {0,2}))?)?/u;
// IIM 4.2 §6 (2:55), and names of files.
const compactDay = /^(\d{4})(\d\d)(\d\d)?/u;
const separatedTime =
  /^(\d\d?)[:.](\d\d| ?\d)(?:[:.](\d\d| ?\d))?(?:[.,](\d+))?(?: *([ap])\.?m\b)?|^(\d\d)-(\d\d)-(\d\d)/iu;
const compactTime = /^(\d\d)(\d\d)(\d\d)?(?:[.,](\d+))?/u;
const between = /^[\sT_:]+/iu;
const zone = /^\s*([+-]) ?(\d\d?):?(\d\d)?/u;
const zulu = /^\s*Z\b/iu;
// Nobody writes a time in more characters; what is longer is something else.
const maxLength = 64;

/**
 * Reads a time as EXIF, XMP and IPTC have it, and as their writers get it wrong: `2004:01:04 18:05:09`, ISO 8601 with any
 * of its precisions, `20040104` with `180509+0200` behind, other separators, blanks or zeros for what is not known.
 * Null for what is no time, or none of the calendar; what is behind a time and makes no sense is left alone.
 */
export function readTime(text: string, beside: BesideTime | null = null): ToldTime | null {
  if (text.length > maxLength) return null;
  const trimmed = text.trim();
  const match = compactDay.exec(trimmed) ?? separatedDay.exec(trimmed);
  if (match === null) return null;
  const behind = trimmed.slice(match[0].length);
  if (match[3] === undefined && /^\d/u.test(behind)) return null;
  const [year = 0, month = 0, day = 0] = match.slice(1).map((part) => Number(part ?? 0));
  if (year < firstYear || year > lastYear || month > 12) return null;
  // A day without a month is no date, whichever of the two is wrong.
  if (month === 0) return day === 0 ? imprecise("year", year, 1) : null;
  if (day === 0) return imprecise("month", year, month);
  if (!isDay(year, month, day)) return null;
  const date = dateText(year, month, day);
  const told = readClock(behind.replace(between, ""));
  if (told === "none") return { local: `${date}T00:00:00.000`, offset: null, precision: "day" };
  if (told === "invalid") return null;
  const { clock, fraction } = told;
  const digits = fraction ?? /^\d+/u.exec(beside?.fraction?.trim() ?? "")?.[0] ?? "";
  return {
    local: `${date}T${clock}.${digits.slice(0, 3).padEnd(3, "0")}`,
    offset: readOffset(told.behind) ?? readOffset(beside?.offset ?? ""),
    precision: "second",
  };
}

function imprecise(precision: "year" | "month", year: number, month: number): ToldTime {
  return { local: `${dateText(year, month, 1)}T00:00:00.000`, offset: null, precision };
}

/** The time of a day, `HH:MM:SS`, the digits behind it, and the rest of the text. */
interface Clock {
  readonly clock: string;
  readonly fraction: string | null;
  readonly behind: string;
}

function readClock(text: string): Clock | "none" | "invalid" {
  const compact = compactTime.exec(text);
  const match = compact ?? separatedTime.exec(text);
  if (match === null) return "none";
  const [, h, m, s, fraction = null, half] = match;
  const [hour = 0, minute = 0, second = 0] = [h ?? match[6], m ?? match[7], s ?? match[8]].map((part) =>
    Number(part ?? 0),
  );
  if (hour > 23 || minute > 59 || second > 60) return "invalid";
  // A leap second is the last of its minute: no other clock of ours knows it.
  const parts = [hourOfDay(hour, half), minute, Math.min(second, 59)].map(twoDigits);
  return { clock: parts.join(":"), fraction, behind: text.slice(match[0].length) };
}

/** The hour of twenty-four, where only the half of the day is told beside it. */
function hourOfDay(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12 || hour === 0) return hour;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

// UTC+14 is the farthest that there is.
const maxOffsetHours = 14;

function readOffset(text: string): string | null {
  if (zulu.test(text)) return "+00:00";
  const match = zone.exec(text);
  if (match === null) return null;
  const [hours, minutes] = [Number(match[2]), Number(match[3] ?? 0)];
  if (hours > maxOffsetHours || minutes > 59) return null;
  const sign = hours === 0 && minutes === 0 ? "+" : match[1];
  return `${sign}${twoDigits(hours)}:${twoDigits(minutes)}`;
}

/** Whether the calendar has the day: the 30th of February turns into another one. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function dateText(year: number, month: number, day: number): string {
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

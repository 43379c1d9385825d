/** The years that the service takes: nobody took a photo before them, and a later one is a slip of the pen. */
const [firstYear, lastYear] = [1826, 2099];

/** A time as the service keeps it. */
export interface WrittenTime {
  /** The first moment of what is known, `1962-07-14T16:03:00.000`. */
  readonly at: string;
  readonly precision: "year" | "month" | "day" | "second";
}

const written = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?)?)?$/;
const firstMoment = "0000-01-01T00:00:00.000";

/** A value of `taken_at`, such as `1962-07`; null for what the service would not take. */
export function writtenTimeOf(value: string): WrittenTime | null {
  if (!written.test(value)) return null;
  const at = `${value}${firstMoment.slice(value.length)}`;
  const year = Number(at.slice(0, 4));
  const moment = Date.parse(`${at}Z`);
  const isOfCalendar = !Number.isNaN(moment) && new Date(moment).toISOString() === `${at}Z`;
  if (!isOfCalendar || year < firstYear || year > lastYear) return null;
  return { at, precision: precisionOf(value.length) };
}

function precisionOf(length: number): WrittenTime["precision"] {
  if (length === 4) return "year";
  if (length === 7) return "month";
  return length === 10 ? "day" : "second";
}

const clock =
  /[ ,T] ?(?:at )?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}(?:\.\d{1,3})?))? ?(?<half>am|pm)?$/i;
const yearFirst = /^(?<year>\d{4})(?:[-/.](?<month>\d{1,2})(?:[-/.](?<day>\d{1,2}))?)?$/;
const dotted = /^(?:(?<day>\d{1,2})\.\s?)?(?<month>\d{1,2})\.\s?(?<year>\d{4})$/;
const slashed = /^(?:(?<one>\d{1,2})[/-])?(?<other>\d{1,2})[/-](?<year>\d{4})$/;
const dayNamed = /^(?:(?<day>\d{1,2})(?:st|nd|rd|th|\.)?\s)?(?:of\s)?(?<name>\p{L}+)\.?,?\s(?<year>\d{4})$/iu;
const nameFirst = /^(?<name>\p{L}+)\.?\s(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?<year>\d{4})$/iu;
const nameLast = /^(?<year>\d{4})\s(?<name>\p{L}+)(?:\s(?<day>\d{1,2}))?$/iu;

interface ReadDate {
  readonly year: string;
  readonly month: number | null;
  readonly day: number | null;
}

/**
 * What somebody means by a date, as `taken_at` is written: `1962`, `1962-07`, `1962-07-14` or `1962-07-14T16:03`. Months may be
 * named in any of the languages. Null for what is no date, and for one that means two days, such as `4/7/1962`.
 */
export function readTaken(text: string, languages: readonly string[]): string | null {
  const given = text.trim().replaceAll(/\s+/g, " ");
  const time = clock.exec(given);
  const date = readDate(time === null ? given : given.slice(0, time.index).trim(), languages);
  if (date === null) return null;
  const value = dateText(date);
  const clockValue = time === null ? "" : clockText(time.groups ?? {});
  if (clockValue === null || (clockValue !== "" && date.day === null)) return null;
  const whole = `${value}${clockValue}`;
  return writtenTimeOf(whole) === null ? null : whole;
}

/** A value of `taken_at` as it stands in a field. */
export function takenInput(value: string): string {
  return writtenTimeOf(value) === null ? value : value.replace("T", " ");
}

function readDate(text: string, languages: readonly string[]): ReadDate | null {
  const numeric = (yearFirst.exec(text) ?? dotted.exec(text))?.groups;
  if (numeric !== undefined)
    return dateOf(numeric["year"], numberOf(numeric["month"]), numberOf(numeric["day"]));
  const slash = slashed.exec(text)?.groups;
  if (slash !== undefined) return slashedDate(slash);
  const named = (dayNamed.exec(text) ?? nameFirst.exec(text) ?? nameLast.exec(text))?.groups;
  if (named === undefined) return null;
  const month = monthNamed(named["name"] ?? "", languages);
  return month === null ? null : dateOf(named["year"], month, numberOf(named["day"]));
}

/** Where a day could as well be the month, nobody knows which is meant. */
function slashedDate({ one, other, year }: Readonly<Record<string, string | undefined>>): ReadDate | null {
  const [first, second] = [numberOf(one), numberOf(other)];
  if (first === null || second === null) return dateOf(year, second, null);
  if (first > 12) return dateOf(year, second, first);
  if (second > 12) return dateOf(year, first, second);
  return first === second ? dateOf(year, first, second) : null;
}

function dateOf(year: string | undefined, month: number | null, day: number | null): ReadDate | null {
  return year === undefined ? null : { year, month, day };
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

function dateText({ year, month, day }: ReadDate): string {
  return [year, month, day]
    .filter((part) => part !== null)
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

function clockText({
  hour = "",
  minute,
  second,
  half,
}: Readonly<Record<string, string | undefined>>): string | null {
  const given = Number(hour);
  if (half !== undefined && (given < 1 || given > 12)) return null;
  const of24 = half === undefined ? given : (given % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  const seconds = second === undefined ? "" : `:${second}`;
  return `T${String(of24).padStart(2, "0")}:${minute ?? ""}${seconds}`;
}

/** The number of a month by its name, whole or as its language shortens it, or by its first three letters. */
function monthNamed(name: string, languages: readonly string[]): number | null {
  const asked = folded(name);
  for (const language of languages) {
    const names = monthNames(language);
    const index = names.findIndex((all) => all.includes(asked));
    if (index !== -1) return index + 1;
  }
  return null;
}

const namesByLanguage = new Map<string, readonly (readonly string[])[]>();

function monthNames(language: string): readonly (readonly string[])[] {
  const known = namesByLanguage.get(language);
  if (known !== undefined) return known;
  const names = Array.from({ length: 12 }, (_, month) => {
    const day = Date.UTC(2001, month, 15);
    const [long = "", short = ""] = (["long", "short"] as const).map((style) =>
      folded(new Intl.DateTimeFormat(language, { month: style, timeZone: "UTC" }).format(day)),
    );
    return [long, short, long.slice(0, 3)];
  });
  namesByLanguage.set(language, names);
  return names;
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(".", "").normalize("NFC");
}

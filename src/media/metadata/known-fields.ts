import type { FieldError } from "../../core/errors.ts";
import { firstYear, lastYear, parseWrittenTime } from "../../core/text/local-time.ts";

/** Fields of words as IPTC Core has them, beside the description and the keywords. */
export const textFields = [
  "title",
  "creator",
  "credit",
  "copyright",
  "usage_terms",
  "city",
  "state",
  "country",
] as const;

/** The rules of the contract for fields with a meaning. Characters are Unicode code points. */
export const knownFieldLimits = {
  descriptionCharacters: 1024,
  /** Of each of {@link textFields}. */
  textCharacters: 1024,
  rating: 5,
  latitude: 90,
  longitude: 180,
} as const;

/** A place as a person writes it, in degrees north and east. */
export interface WrittenLocation {
  readonly latitude: number;
  readonly longitude: number;
}

const ruleOf = new Map<string, (value: unknown, path: string) => FieldError[]>([
  ["description", textRule(knownFieldLimits.descriptionCharacters)],
  ...textFields.map((name) => [name, textRule(knownFieldLimits.textCharacters)] as const),
  ["rating", ratingErrors],
  ["taken_at", takenAtErrors],
  ["location", locationErrors],
]);

/** The parts of a field that break the rule of the field, by path; none for a custom field, which may hold any value. */
export function meaningErrors(name: string, value: unknown): FieldError[] {
  return ruleOf.get(name)?.(value, `object_metadata.${name}`) ?? [];
}

/** The place that a person has written; null without a place, and for a value that is older than the rule. */
export function writtenLocation(value: unknown): WrittenLocation | null {
  if (!isFields(value) || locationErrors(value, "").length > 0) return null;
  const { latitude, longitude } = value;
  return typeof latitude === "number" && typeof longitude === "number" ? { latitude, longitude } : null;
}

/** How many code points a text has. */
export function characters(text: string): number {
  return Array.from(text).length;
}

function textRule(limit: number): (value: unknown, path: string) => FieldError[] {
  return (value, path) => {
    if (typeof value !== "string") return [{ path, message: "must be a string" }];
    const length = characters(value);
    if (length <= limit) return [];
    return [{ path, message: `has ${length} characters; the most are ${limit}` }];
  };
}

function ratingErrors(value: unknown, path: string): FieldError[] {
  const most = knownFieldLimits.rating;
  const fits = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;
  return fits ? [] : [{ path, message: `must be a whole number from 0 to ${most}` }];
}

function takenAtErrors(value: unknown, path: string): FieldError[] {
  if (typeof value === "string" && parseWrittenTime(value) !== null) return [];
  const message =
    `must be a year, a month, a day, or a local date-time without offset, such as 1962, 1962-07, 1962-07-14 or ` +
    `1962-07-14T16:03:11, on a date of the calendar from ${firstYear} to ${lastYear}`;
  return [{ path, message }];
}

function locationErrors(value: unknown, path: string): FieldError[] {
  if (!isFields(value)) return [{ path, message: "must be an object with latitude and longitude" }];
  const { latitude, longitude, ...others } = value;
  return [
    ...degreeErrors(latitude, `${path}.latitude`, knownFieldLimits.latitude),
    ...degreeErrors(longitude, `${path}.longitude`, knownFieldLimits.longitude),
    ...Object.keys(others).map((name) => ({
      path: `${path}.${name}`,
      message: "is not a field of a location",
    })),
  ];
}

function degreeErrors(value: unknown, path: string, limit: number): FieldError[] {
  if (typeof value === "number" && Math.abs(value) <= limit) return [];
  return [{ path, message: `must be a number of degrees from -${limit} to ${limit}` }];
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

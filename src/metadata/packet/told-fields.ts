import { parseWrittenTime } from "../../core/text/local-time.ts";
import type { Facts } from "../facts/facts.ts";

/** The fields of words that have standard properties, by which other programs read and change them. */
export const standardFields = [
  "description",
  "keywords",
  "rating",
  "title",
  "creator",
  "credit",
  "copyright",
  "usage_terms",
  "city",
  "state",
  "country",
  "taken_at",
  "location",
] as const;

/** One of {@link standardFields}. */
export type StandardField = (typeof standardFields)[number];

/** What standard properties tell, in the form of `object_metadata`; null for what they do not tell. */
export type ToldFields = Readonly<{
  [Field in StandardField]: Field extends "keywords"
    ? readonly string[] | null
    : Field extends "rating"
      ? number | null
      : Field extends "location"
        ? { readonly latitude: number; readonly longitude: number } | null
        : string | null;
}>;

/** Facts of a packet as fields. A date of digitizing is nobody's word on when the photo was taken. */
export function toldFields({
  caption,
  keywords,
  iptcCore,
  takenAt,
  location,
}: Pick<Facts, "caption" | "keywords" | "iptcCore" | "takenAt" | "location">): ToldFields {
  return {
    description: caption,
    keywords,
    rating: iptcCore?.rating ?? null,
    title: iptcCore?.title ?? null,
    creator: iptcCore?.creator ?? null,
    credit: iptcCore?.credit ?? null,
    copyright: iptcCore?.copyright ?? null,
    usage_terms: iptcCore?.usageTerms ?? null,
    city: iptcCore?.city ?? null,
    state: iptcCore?.state ?? null,
    country: iptcCore?.country ?? null,
    taken_at: takenAt === null || takenAt.source === "digitized" ? null : writtenTime(takenAt),
    location: location === null ? null : { latitude: location.latitude, longitude: location.longitude },
  };
}

/** How much of a time's text is told: year, month, day, or all but a fraction that is zero. */
const toldLength = { year: 4, month: 7, day: 10 } as const;

function writtenTime({ local, precision }: NonNullable<Facts["takenAt"]>): string {
  return precision === "second" ? local.replace(".000", "") : local.slice(0, toldLength[precision]);
}

/** Programs write coordinates with four decimals of a minute at least: half of the last one is less than this. */
const sameDegrees = 2e-6;

/** Whether two packets say the same of a field, as far as programs keep what they copy. */
export function saysTheSame(field: StandardField, one: ToldFields, other: ToldFields): boolean {
  if (field === "keywords") return sameSet(one.keywords ?? [], other.keywords ?? []);
  if (field === "location") return samePlace(one.location, other.location);
  if (field === "taken_at") return sameTime(one.taken_at, other.taken_at);
  return one[field] === other[field];
}

/** Some programs sort keywords. */
function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const known = new Set(one);
  return known.size === new Set(other).size && other.every((keyword) => known.has(keyword));
}

function samePlace(one: ToldFields["location"], other: ToldFields["location"]): boolean {
  if (one === null || other === null) return one === other;
  return (
    Math.abs(one.latitude - other.latitude) <= sameDegrees &&
    Math.abs(one.longitude - other.longitude) <= sameDegrees
  );
}

function sameTime(one: string | null, other: string | null): boolean {
  const [first, second] = [one, other].map((text) => (text === null ? null : parseWrittenTime(text)));
  return first?.at === second?.at && first?.precision === second?.precision;
}

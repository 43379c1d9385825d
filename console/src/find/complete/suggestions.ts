import { dateText } from "../chips/dates.ts";
import { termOf } from "../text/terms.ts";
import { searchFields } from "../text/units.ts";
import { texts } from "../../texts/texts.ts";
import type { Completion } from "./completion.ts";

/** What suggestions are grouped by. */
export type SuggestionKind = "keyword" | "camera" | "folder" | "taken" | "has" | "field";

/** One thing to choose that completes the term that is typed. */
export interface Suggestion extends Completion {
  /** What people read, such as the keyword. */
  readonly label: string;
  /** What it means, for what has no name that tells; null else. */
  readonly note: string | null;
  /** How many photos have it; null where nobody has counted. */
  readonly count: number | null;
  /** Whether there may be more than `count`. */
  readonly isMore: boolean;
}

/** Suggestions of one kind. */
export interface SuggestionGroup {
  readonly kind: SuggestionKind;
  readonly suggestions: readonly Suggestion[];
}

/** A name of the archive, with how many photos have it. */
export interface CountedName {
  readonly name: string;
  readonly count: number;
  readonly isMore?: boolean;
}

/** Keywords, cameras or folders as suggestions; those that the language of search cannot say are left out. */
export function namedSuggestions(
  field: "keyword" | "camera" | "folder",
  names: readonly CountedName[],
): Suggestion[] {
  return names.flatMap(({ name, count, isMore = false }) => {
    const term = termOf(field, name);
    if (term === null) return [];
    const label = field === "folder" ? name.slice(0, -1) : name;
    return [{ label, note: null, count, isMore, term, isWhole: true }];
  });
}

/** The fields whose names begin with a text. */
export function fieldSuggestions(typed: string): Suggestion[] {
  const begin = typed.toLowerCase();
  return searchFields
    .filter((field) => field.startsWith(begin))
    .map((field) =>
      suggestion({ label: `${field}:`, note: texts.find.fields[field], term: `${field}:`, isWhole: false }),
    );
}

/** What `has:` may ask for, as far as it begins with a text. */
export function knownSuggestions(typed: string): Suggestion[] {
  const begin = typed.toLowerCase();
  const { known } = texts.find;
  return (["description", "keywords", "location", "taken_at"] as const)
    .filter((thing) => thing.startsWith(begin))
    .map((thing) => suggestion({ label: thing, note: known[thing], term: `has:${thing}`, isWhole: true }));
}

/** A month with its photos, of `GET /v1/timeline`. */
export interface CountedPeriod {
  /** `YYYY-MM`. */
  readonly period: string;
  readonly count: number;
}

/**
 * The years, and, from a whole year on, the months that a value of `taken:` may go on to. Of a range `2023..20` that is
 * its end, and the beginning stays.
 *
 * @param months - Newest first.
 */
export function takenSuggestions(typed: string, months: readonly CountedPeriod[]): Suggestion[] {
  const parting = typed.lastIndexOf("..");
  const first = parting === -1 ? "" : typed.slice(0, parting + 2);
  const begin = typed.slice(first.length);
  return [...yearsOf(months), ...(begin.length < "YYYY".length ? [] : months)]
    .filter(({ period }) => period.startsWith(begin))
    .map(({ period, count }) => ({
      label: first + period,
      note: period.length > "YYYY".length ? dateText(period) : null,
      // Nobody has counted what lies in a range.
      count: first === "" ? count : null,
      isMore: false,
      term: `taken:${first}${period}`,
      isWhole: true,
    }));
}

/** Names in which a word begins with a text, whatever its case and accents; their order stays. */
export function matchingNames<Name extends { readonly name: string }>(
  names: readonly Name[],
  typed: string,
): Name[] {
  const begin = folded(typed);
  return names.filter(({ name }) => {
    const text = folded(name);
    return text.startsWith(begin) || text.includes(` ${begin}`);
  });
}

function yearsOf(months: readonly CountedPeriod[]): CountedPeriod[] {
  const counts = new Map<string, number>();
  for (const { period, count } of months) {
    const year = period.slice(0, "YYYY".length);
    counts.set(year, (counts.get(year) ?? 0) + count);
  }
  return Array.from(counts, ([period, count]) => ({ period, count }));
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function suggestion(given: Pick<Suggestion, "label" | "note" | "term" | "isWhole">): Suggestion {
  return { ...given, count: null, isMore: false };
}

import type { Finding, State, Trait } from "./view.ts";

/** The filters of a finding as the API's lists, its timeline and its search take them; see `GET /v1/media`. */
export interface FilterQuery {
  readonly provider?: string;
  readonly prefix?: string;
  readonly keyword?: string[];
  readonly has?: Trait[];
  readonly without?: Trait[];
  readonly content_type?: string;
  readonly state?: State;
  readonly missing?: "false" | "true" | "any";
  readonly taken_after?: string;
  readonly taken_before?: string;
}

/** The filters of a finding, without its text and its order; what filters nothing is left out. */
export function filterQueryOf(finding: Finding): FilterQuery {
  const { provider, prefix, keywords, has, without, contentType, state, missing } = finding;
  return {
    ...(provider === null ? {} : { provider }),
    ...(prefix === null ? {} : { prefix }),
    ...(keywords.length === 0 ? {} : { keyword: [...keywords] }),
    ...(has.length === 0 ? {} : { has: [...has] }),
    ...(without.length === 0 ? {} : { without: [...without] }),
    ...(contentType === null ? {} : { content_type: contentType }),
    ...(state === null ? {} : { state }),
    ...(missing === "false" ? {} : { missing }),
    ...(finding.takenAfter === null ? {} : { taken_after: firstDayOf(finding.takenAfter) }),
    ...(finding.takenBefore === null ? {} : { taken_before: firstDayOf(finding.takenBefore) }),
  };
}

/** The first day of a year or a month: the API takes whole dates. */
function firstDayOf(date: string): string {
  return `${date}-01-01`.slice(0, "YYYY-MM-DD".length);
}

import type { Finding, Trait } from "../../address/view.ts";
import { texts } from "../../texts/texts.ts";
import { dateText, periodOf, rangeOf } from "../chips/dates.ts";
import { typeName } from "../chips/chips.ts";
import { hasTerm, termOf, withoutTerm, withTerm } from "../text/terms.ts";
import type { Facets, FacetValue } from "./facets.ts";

/** The facets that are chosen from, in their order on the page. */
export const facetKinds = ["keywords", "years", "cameras", "types"] as const;

/** One of {@link facetKinds}. */
export type FacetKind = (typeof facetKinds)[number];

/** Something to choose that narrows a finding, or that is chosen and narrows it already. */
export interface Choice {
  /** Different from that of every other choice of its list. */
  readonly key: string;
  readonly label: string;
  readonly count: number | null;
  readonly isChosen: boolean;
  /** The finding with the choice made, or taken back. */
  readonly next: Finding;
}

/** The values of a facet as choices. A camera that the language of search cannot say is left out. */
export function choicesOf(kind: FacetKind, facets: Facets, finding: Finding): Choice[] {
  return facets[kind].flatMap(({ value, count }: FacetValue) => {
    const choice = choiceOf[kind](value, finding);
    return choice === null ? [] : [{ key: value, count, ...choice }];
  });
}

/** What photos may lack, and states that want a person's attention. */
export function onlyChoices(finding: Finding): Choice[] {
  const { chips } = texts.find;
  const lacking: readonly Trait[] = ["description", "keywords", "location", "taken_at"];
  const isMissing = finding.missing === "true";
  const isFailed = finding.state === "failed";
  return [
    ...lacking.map((trait) => ({
      key: trait,
      label: chips.without[trait],
      count: null,
      isChosen: finding.without.includes(trait),
      next: { ...finding, without: toggled(finding.without, trait) },
    })),
    {
      key: "missing",
      label: chips.missing.true,
      count: null,
      isChosen: isMissing,
      next: { ...finding, missing: isMissing ? "false" : "true" },
    },
    {
      key: "failed",
      label: chips.state.failed,
      count: null,
      isChosen: isFailed,
      next: { ...finding, state: isFailed ? null : "failed" },
    },
  ];
}

type Chosen = Pick<Choice, "label" | "isChosen" | "next">;

const choiceOf: Readonly<Record<FacetKind, (value: string, finding: Finding) => Chosen | null>> = {
  keywords: (keyword, finding) => ({
    label: keyword,
    isChosen: finding.keywords.includes(keyword),
    next: { ...finding, keywords: toggled(finding.keywords, keyword) },
  }),
  years: (year, finding) => {
    const isChosen = periodOf(finding) === year;
    const range = isChosen ? { takenAfter: null, takenBefore: null } : rangeOf(year);
    return { label: dateText(year), isChosen, next: { ...finding, ...range } };
  },
  cameras: (camera, finding) => {
    const term = termOf("camera", camera);
    if (term === null) return null;
    const isChosen = hasTerm(finding.q, term);
    const q = isChosen ? withoutTerm(finding.q, term) : withTerm(finding.q, term);
    return { label: camera, isChosen, next: { ...finding, q } };
  },
  types: (type, finding) => {
    const isChosen = finding.contentType === type;
    return { label: typeName(type), isChosen, next: { ...finding, contentType: isChosen ? null : type } };
  },
};

function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  const others = values.filter((each) => each !== value);
  return others.length === values.length ? [...values, value] : others;
}

import { everything, type Finding } from "../../address/view.ts";
import { texts } from "../../texts/texts.ts";
import { dateText, periodOf, type DateRange } from "./dates.ts";

/** A part of a finding that narrows what is shown. */
export interface Chip {
  /** Different from that of every other chip of the same finding. */
  readonly key: string;
  /** What it says, such as "Keyword: beach". */
  readonly label: string;
  /** The finding without this part. */
  readonly without: Finding;
}

/** The filters of a finding, each with the finding without it. The words of the search field are none of them. */
export function chipsOf(finding: Finding): Chip[] {
  const { chips } = texts.find;
  const chip = (key: string, label: string, changes: Partial<Finding>): Chip => ({
    key,
    label,
    without: { ...finding, ...changes },
  });
  const { provider, prefix, contentType, state, missing } = finding;
  return [
    ...finding.keywords.map((keyword) =>
      chip(`keyword ${keyword}`, chips.keyword(keyword), { keywords: others(finding.keywords, keyword) }),
    ),
    ...(prefix === null ? [] : [chip("prefix", prefixText(prefix), { prefix: null })]),
    ...(provider === null ? [] : [chip("provider", chips.provider(provider), { provider: null })]),
    ...dateChips(finding).map(({ key, label, range }) => chip(key, label, range)),
    ...finding.has.map((trait) =>
      chip(`has ${trait}`, chips.has[trait], { has: others(finding.has, trait) }),
    ),
    ...finding.without.map((trait) =>
      chip(`without ${trait}`, chips.without[trait], { without: others(finding.without, trait) }),
    ),
    ...(contentType === null
      ? []
      : [chip("type", chips.contentType(typeName(contentType)), { contentType: null })]),
    ...(state === null ? [] : [chip("state", chips.state[state], { state: null })]),
    ...(missing === "false" ? [] : [chip("missing", chips.missing[missing], { missing: "false" })]),
  ];
}

/** The filters and, where there are some, the words of the search: everything that narrows what is shown. */
export function partsOf(finding: Finding): Chip[] {
  const { q } = finding;
  const words = q === "" ? [] : [{ key: "q", label: texts.find.chips.q(q), without: { ...finding, q: "" } }];
  return [...words, ...chipsOf(finding)];
}

/** A finding without filters, with its words and its order. */
export function withoutFilters({ q, sort }: Finding): Finding {
  return { ...everything, q, sort };
}

/** What people call a media type; one that has no name here as it is. */
export function typeName(type: string): string {
  return new Map(Object.entries<string>(texts.find.types)).get(type) ?? type;
}

interface DateChip {
  readonly key: string;
  readonly label: string;
  readonly range: Partial<DateRange>;
}

/** A whole year, month or day is one chip, since both of its ends go together. */
function dateChips(finding: Finding): DateChip[] {
  const { chips } = texts.find;
  const { takenAfter, takenBefore } = finding;
  const period = periodOf(finding);
  if (period !== null)
    return [
      { key: "taken", label: chips.taken(dateText(period)), range: { takenAfter: null, takenBefore: null } },
    ];
  return [
    ...(takenAfter === null
      ? []
      : [{ key: "after", label: chips.takenAfter(dateText(takenAfter)), range: { takenAfter: null } }]),
    ...(takenBefore === null
      ? []
      : [{ key: "before", label: chips.takenBefore(dateText(takenBefore)), range: { takenBefore: null } }]),
  ];
}

function prefixText(prefix: string): string {
  const { chips } = texts.find;
  return prefix.endsWith("/") ? chips.folder(prefix.slice(0, -1)) : chips.prefix(prefix);
}

function others<Value>(values: readonly Value[], value: Value): Value[] {
  return values.filter((each) => each !== value);
}

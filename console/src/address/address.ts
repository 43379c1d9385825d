import { everything, rooms, sorts, states, traits, type Finding, type View } from "./view.ts";

const missings = ["false", "true", "any"] as const;

/** A place in a list; nobody has a list that is longer. */
const place = /^\d{1,9}$/;

/** A date as far as it is known; a moment within a day is of no use in an address that people send. */
const date = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

/**
 * The view that a query of the address names, such as `?q=beach&photo=0193…`. What the query has beside it, and values
 * that mean nothing, count for nothing: a bookmark never leads to an error.
 */
export function readView(search: string): View {
  const query = new URLSearchParams(search);
  const text = (name: string): string | null => {
    const value = query.get(name);
    return value === "" ? null : value;
  };
  const finding: Finding = {
    q: (query.get("q") ?? "").trim(),
    sort: oneOf(sorts, query.get("sort")) ?? everything.sort,
    provider: text("provider"),
    prefix: text("prefix"),
    keywords: distinct(query.getAll("keyword").filter((each) => each !== "")),
    has: someOf(traits, query.getAll("has")),
    without: someOf(traits, query.getAll("without")),
    contentType: text("content_type"),
    state: oneOf(states, query.get("state")),
    missing: oneOf(missings, query.get("missing")) ?? everything.missing,
    takenAfter: dateOf(query.get("taken_after")),
    takenBefore: dateOf(query.get("taken_before")),
  };
  const room = oneOf(rooms, query.get("view")) ?? "photos";
  const from = room === "sheet" ? placeOf(query.get("from")) : 0;
  return { room, finding, photo: text("photo"), from };
}

/** The address of a view, as a path with its query; {@link readView} reads the same view out of it. */
export function addressOf({
  room = "photos",
  finding,
  photo = null,
  from = 0,
}: Partial<View> & Pick<View, "finding">): string {
  const query = new URLSearchParams();
  if (room !== "photos") query.append("view", room);
  const add = (name: string, value: string | null): void => {
    if (value !== null && value !== "") query.append(name, value);
  };
  add("q", finding.q);
  if (finding.sort !== everything.sort) add("sort", finding.sort);
  add("provider", finding.provider);
  add("prefix", finding.prefix);
  for (const each of finding.keywords) add("keyword", each);
  for (const each of finding.has) add("has", each);
  for (const each of finding.without) add("without", each);
  add("content_type", finding.contentType);
  add("state", finding.state);
  if (finding.missing !== everything.missing) add("missing", finding.missing);
  add("taken_after", finding.takenAfter);
  add("taken_before", finding.takenBefore);
  add("photo", photo);
  if (room === "sheet" && from > 0) add("from", String(from));
  return query.size === 0 ? "/" : `/?${query}`;
}

/** Whether two findings show the same photos in the same order. */
export function isSameFinding(one: Finding, other: Finding): boolean {
  return addressOf({ finding: one }) === addressOf({ finding: other });
}

function oneOf<const Value extends string>(values: readonly Value[], given: string | null): Value | null {
  return values.find((value) => value === given) ?? null;
}

function someOf<const Value extends string>(values: readonly Value[], given: readonly string[]): Value[] {
  return values.filter((value) => given.includes(value));
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function placeOf(given: string | null): number {
  return given !== null && place.test(given) ? Number(given) : 0;
}

function dateOf(given: string | null): string | null {
  return given !== null && date.test(given) ? given : null;
}

import type { components } from "tagline-client";
import { filterQueryOf } from "../address/query.ts";
import type { Finding } from "../address/view.ts";

type SelectionFilter = components["schemas"]["SelectionFilter"];

/** The photos that something is done to: these ones, or all that a filter finds, some `count` of them. */
export type Target =
  | { readonly kind: "ids"; readonly ids: readonly string[] }
  | { readonly kind: "filter"; readonly filter: SelectionFilter; readonly count: number };

/** So many photos can be named in a call. */
export const mostNamed = 500;

/** All photos of a finding, as the service finds them; their order means nothing. */
export function filterOf(finding: Finding): SelectionFilter {
  const { q, missing } = finding;
  return { ...filterQueryOf(finding), missing, ...(q === "" ? {} : { q }) };
}

/** How many photos a target has, as far as the page knows. */
export function targetSize(target: Target): number {
  return target.kind === "ids" ? target.ids.length : target.count;
}

/** What one call names: some of the ids, or the whole filter, which may find everything. */
export type Named =
  | { readonly ids: readonly string[] }
  | { readonly filter: SelectionFilter; readonly all: true };

/** The calls by which a target is named whole. */
export function namedOf(target: Target): readonly Named[] {
  if (target.kind === "filter") return [{ filter: target.filter, all: true }];
  return Array.from({ length: Math.ceil(target.ids.length / mostNamed) }, (_, call) => ({
    ids: target.ids.slice(call * mostNamed, (call + 1) * mostNamed),
  }));
}

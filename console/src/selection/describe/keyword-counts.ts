import type { components } from "tagline-client";
import { namedOf, type Named, type Target } from "../target.ts";

type SelectedKeywords = components["schemas"]["SelectedKeywords"];

/** On how many of the photos a keyword is. */
interface KeywordCount {
  readonly keyword: string;
  readonly count: number;
}

/** The keywords of the photos of a target, the most frequent first. */
export interface KeywordCounts {
  readonly total: number;
  readonly items: readonly KeywordCount[];
  /** Whether only a part was counted. */
  readonly isCapped: boolean;
}

/** Counts the keywords of a target, by as many calls as it takes to name it. Throws what `ask` throws. */
export async function countKeywords(
  target: Target,
  ask: (named: Named) => Promise<SelectedKeywords>,
): Promise<KeywordCounts> {
  const answers: SelectedKeywords[] = [];
  for (const named of namedOf(target)) answers.push(await ask(named));
  return together(answers);
}

/** What several answers tell together of photos that are in one of them each. */
export function together(answers: readonly SelectedKeywords[]): KeywordCounts {
  const counts = new Map<string, { readonly keyword: string; count: number }>();
  for (const { keyword, count } of answers.flatMap(({ items }) => items)) {
    const key = keyword.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { keyword, count });
    else known.count += count;
  }
  return {
    total: answers.reduce((sum, { total }) => sum + total, 0),
    items: [...counts.values()].toSorted((a, b) => b.count - a.count || (a.keyword < b.keyword ? -1 : 1)),
    isCapped: answers.some(({ capped }) => capped),
  };
}

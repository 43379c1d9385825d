import type { Keyword } from "./extractor.ts";

/** How likely a keyword has to be, and how many are kept of a picture. */
const bounds = { least: 0.5, most: 20 } as const;

/** The keywords of a vocabulary that are likely enough to be kept, the likeliest first. */
export function likeliest(
  vocabulary: readonly Keyword[],
  scoreOf: (keyword: Keyword, index: number) => number,
): (Keyword & { readonly score: number })[] {
  return vocabulary
    .map((each, index) => ({ ...each, score: scoreOf(each, index) }))
    .filter(({ score }) => score >= bounds.least)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, bounds.most);
}

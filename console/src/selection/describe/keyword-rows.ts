import type { KeywordCounts } from "./keyword-counts.ts";
import { isSameKeyword, type KeywordWish, type Wording } from "./wording.ts";

/** A keyword of the form, and what can be wished for it. */
export interface KeywordRow {
  readonly keyword: string;
  /** On how many of the photos it is; null where that is not known. */
  readonly count: number | null;
  readonly isOnAll: boolean;
  readonly wishes: readonly KeywordWish[];
}

/**
 * The keywords of the photos, behind those of `kept`: for them something was wished before these photos were selected, and
 * whatever will be saved is shown, also where no photo has it or the keywords of the photos are not known.
 */
export function keywordRows(
  counts: KeywordCounts | null,
  wishes: Wording["wishes"],
  kept: readonly string[],
): readonly KeywordRow[] {
  const left = [...kept];
  const counted = (counts?.items ?? []).map(({ keyword, count }) => {
    const index = left.findIndex((each) => isSameKeyword(each, keyword));
    const [known] = index === -1 ? [] : left.splice(index, 1);
    // In the spelling that the wish has.
    return rowOf({ keyword: known ?? keyword, count, total: counts?.total ?? 0 }, wishes);
  });
  const isAllCounted = counts !== null && !counts.isCapped;
  const others = left.map((keyword) =>
    rowOf({ keyword, count: isAllCounted ? 0 : null, total: counts?.total ?? 0 }, wishes),
  );
  return [...others, ...counted];
}

interface Counted {
  readonly keyword: string;
  readonly count: number | null;
  readonly total: number;
}

function rowOf({ keyword, count, total }: Counted, wishes: Wording["wishes"]): KeywordRow {
  const isOnAll = count !== null && total > 0 && count >= total;
  const canBeAdded = !isOnAll || wishes.get(keyword) === "add";
  return { keyword, count, isOnAll, wishes: canBeAdded ? ["add", "remove"] : ["remove"] };
}

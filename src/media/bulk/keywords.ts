import type { Database } from "../../db/connection.ts";
import { keywordsAmong, pksOfIds, pksOfSelection, type KeywordCount } from "../../db/selection/keywords.ts";
import { isMediaId } from "../../core/media-id.ts";
import type { BulkTarget } from "./at-once.ts";

/** Which keywords some records have, and how many of them have each. */
export interface SelectedKeywords {
  /** How many records there are. */
  readonly total: number;
  /** The keywords that most of them have, first. */
  readonly items: readonly KeywordCount[];
  /** True where there may be more records, or more keywords. */
  readonly capped: boolean;
}

/** How many keywords are told. */
export const mostKeywords = 1000;

/** Counts the keywords of the records that are meant, of no more than 10,000 of them. */
export async function keywordsOf(db: Database, target: BulkTarget): Promise<SelectedKeywords> {
  const { pks, capped } =
    "ids" in target
      ? await pksOfIds(db, target.ids.filter(isMediaId))
      : await pksOfSelection(db, target.selection);
  const items = await keywordsAmong(db, pks, mostKeywords + 1);
  return {
    total: pks.length,
    items: items.slice(0, mostKeywords),
    capped: capped || items.length > mostKeywords,
  };
}

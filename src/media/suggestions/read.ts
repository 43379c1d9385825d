import type { Database } from "../../db/connection.ts";
import type { ShownFields } from "../../db/media/record.ts";
import { learnedOf } from "../../db/suggestions/learned.ts";
import { openSuggestions } from "../../db/suggestions/open.ts";
import type { Suggestion } from "../../db/suggestions/record.ts";
import { shownOf, type ShownSuggestion } from "./shown.ts";
import { thresholdsOf } from "./threshold.ts";

/** What of a record its suggestions are judged by. */
export type SuggestedMedia = Pick<ShownFields, "id" | "thumbnailVersion" | "objectMetadata">;

/** The open suggestions of a record. */
export interface OpenSuggestion {
  readonly suggestion: Suggestion;
  /** What a person sees of them; null where nothing passes. */
  readonly shown: ShownSuggestion | null;
}

/** The open suggestions for these records, by the ids of the records; of another picture than one has now nothing is shown. */
export async function readSuggestions(
  db: Database,
  media: readonly SuggestedMedia[],
): Promise<Map<string, OpenSuggestion>> {
  // What has no preview was never looked at.
  const pictured = new Map(
    media.filter(({ thumbnailVersion }) => thumbnailVersion !== null).map((each) => [each.id, each]),
  );
  const open = await openSuggestions(db, [...pictured.keys()]);
  const read = new Map<string, OpenSuggestion>();
  for (const { suggestion, thresholds } of await weighed(db, open)) {
    const record = pictured.get(suggestion.mediaId);
    if (record === undefined) continue;
    read.set(record.id, { suggestion, shown: shownOf(suggestion, record, thresholds) });
  }
  return read;
}

/** Suggestions with the thresholds of their keywords. */
export interface Weighed<T extends Suggestion> {
  readonly suggestion: T;
  /** By folded keyword, of those of which something was learned. */
  readonly thresholds: ReadonlyMap<string, number>;
}

/** Joins suggestions with what was learned of their keywords, in no order. */
export async function weighed<T extends Suggestion>(
  db: Database,
  suggestions: readonly T[],
): Promise<Weighed<T>[]> {
  const found: Weighed<T>[] = [];
  for (const [model, ofModel] of Map.groupBy(suggestions, ({ decisionModel }) => decisionModel)) {
    const folded = new Set(ofModel.flatMap(({ candidates }) => candidates.map((each) => each.folded)));
    const thresholds = thresholdsOf(await learnedOf(db, model, [...folded]), Date.now());
    for (const suggestion of ofModel) found.push({ suggestion, thresholds });
  }
  return found;
}

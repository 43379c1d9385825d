import type { Database } from "../../db/connection.ts";
import type { ShownFields } from "../../db/media/record.ts";
import { learnedOf } from "../../db/suggestions/learned.ts";
import { openSuggestions } from "../../db/suggestions/open.ts";
import type { Suggestion } from "../../db/suggestions/record.ts";
import { shownOf, type ShownSuggestion } from "./shown.ts";

/** What of a record its suggestions are judged by. */
export type SuggestedMedia = Pick<ShownFields, "id" | "thumbnailVersion" | "objectMetadata">;

/** The open suggestions of a record. */
export interface OpenSuggestion {
  readonly suggestion: Suggestion;
  /** What a person sees of them; null where nothing passes. */
  readonly shown: ShownSuggestion | null;
}

/** The open suggestions for the pictures that these records have now, by the ids of the records. */
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
  for (const [model, ofModel] of Map.groupBy(open, ({ decisionModel }) => decisionModel)) {
    const folded = new Set(ofModel.flatMap(({ candidates }) => candidates.map((each) => each.folded)));
    const learned = await learnedOf(db, model, [...folded]);
    for (const suggestion of ofModel) {
      const record = pictured.get(suggestion.mediaId);
      if (record === undefined || record.thumbnailVersion !== suggestion.picture) continue;
      read.set(record.id, { suggestion, shown: shownOf(suggestion, record, learned, Date.now()) });
    }
  }
  return read;
}

import type { Database } from "../../db/connection.ts";
import { foldKeyword, type ObjectMetadata } from "../../db/media/record.ts";
import { wordsText } from "../../db/search/index-text.ts";
import type { Decision } from "../../db/suggestions/decisions.ts";
import { decidedSuggestions, type DecidedSuggestion } from "../../db/suggestions/open.ts";
import { verdictsOf, type Verdicts } from "../../db/suggestions/record.ts";
import { keywordsOf } from "./shown.ts";

/** The decision that takes the last one back, as part of a revert: taken back another time, it is made again. */
export function takenBack(decided: DecidedSuggestion): Decision {
  const state = decided.state === "closed" ? "open" : "closed";
  return {
    ...decisionTo(decided, verdictsOf(decided.wayBack), state),
    wayBack: decided.verdictsText,
  };
}

/**
 * The decision with which suggestions wait again for a person who brings the words of a revision back that is older than
 * the last decision; null where there is none to take back.
 */
export async function reopening(
  db: Database,
  { id, revision, words }: { readonly id: string; readonly revision: number; readonly words: ObjectMetadata },
): Promise<Decision | null> {
  const [decided] = await decidedSuggestions(db, [id], null);
  if (decided === undefined || (decided.decidedRevision ?? 0) <= revision) return null;
  return decisionTo(decided, stillTrue(verdictsOf(decided.wayBack), words), "open");
}

/** Verdicts without those that took keywords which are gone. */
function stillTrue({ keywords = {}, ...verdicts }: Verdicts, words: ObjectMetadata): Verdicts {
  const own = new Set(keywordsOf(words).map(foldKeyword));
  const kept = Object.entries(keywords).filter(
    ([folded, verdict]) => verdict === "refused" || own.has(folded),
  );
  return { ...verdicts, keywords: Object.fromEntries(kept) };
}

function decisionTo(
  { picture, verdictsText, description, candidates }: DecidedSuggestion,
  verdicts: Verdicts,
  state: Decision["state"],
): Decision {
  const left = candidates.filter(({ folded }) => verdicts.keywords?.[folded] === undefined);
  const words = {
    description: verdicts.description === undefined ? description : null,
    keywords: left.map(({ keyword }) => keyword),
  };
  const searchText = state === "open" ? wordsText(words) : "";
  return {
    picture,
    before: verdictsText,
    verdicts: JSON.stringify(verdicts),
    state,
    searchText,
    wayBack: null,
  };
}

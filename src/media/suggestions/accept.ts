import { AppError, validationError } from "../../core/errors.ts";
import { foldKeyword, type MediaObject } from "../../db/media/record.ts";
import { hasVerdict, type Suggestion } from "../../db/suggestions/record.ts";
import type { Services } from "../../services.ts";
import { changedWords, makeWordsChange } from "../bulk/words-change.ts";
import { rewriteAndDecide, type Rewriting } from "../metadata/change.ts";
import { sameMetadata } from "../metadata/rules.ts";
import { decisionOn, refusalOf, verdictsOn, withTaken, type NamedSuggestions } from "./decide.ts";
import { readSuggestions, type OpenSuggestion } from "./read.ts";

/** What a person takes of the suggestions for a record. */
export interface Acceptance extends Rewriting {
  readonly description: boolean;
  readonly keywords: readonly string[];
}

/**
 * Writes suggested words as a revision by the person who takes them; what is not named stays open. Throws
 * `resource_not_found` where nothing is suggested, `validation_error` for what is not.
 */
export async function acceptSuggestions(
  services: Services,
  { description, keywords, ...rewriting }: Acceptance,
): Promise<MediaObject> {
  if (services.suggester === null) throw nothingSuggested();
  return rewriteAndDecide(services, rewriting, async (media) => {
    const open = await openOf(services, media);
    if (open?.suggestion.picture !== media.thumbnailVersion) throw nothingSuggested();
    const named = namedOf(open.suggestion, { description, keywords });
    const words = changedWords(media.objectMetadata, withTaken(nothing, named));
    return {
      words: sameMetadata(words, media.objectMetadata) ? null : words,
      decision: decisionOn(open, verdictsOn(named, "accepted")),
    };
  });
}

/** Refuses all that is suggested for the picture of a record, for good; nothing where that was done. */
export async function refuseSuggestions(services: Services, rewriting: Rewriting): Promise<void> {
  if (services.suggester === null) throw nothingSuggested();
  await rewriteAndDecide(services, rewriting, async (media) => {
    const open = await openOf(services, media);
    return { words: null, decision: open === null ? null : refusalOf(open) };
  });
}

const nothing = makeWordsChange({ patch: null, remove: new Set(), add: [] });

async function openOf({ db }: Services, media: MediaObject): Promise<OpenSuggestion | null> {
  return (await readSuggestions(db.primary(), [media])).get(media.id) ?? null;
}

/** What a person means of what nobody has decided on: also what is shown no more since the person has seen it. */
function namedOf(
  { candidates, verdicts, ...suggestion }: Suggestion,
  { description, keywords }: Pick<Acceptance, "description" | "keywords">,
): NamedSuggestions {
  const left = candidates.filter(({ folded }) => !hasVerdict(verdicts, folded));
  const byKeyword = new Map(left.map((each) => [each.folded, each]));
  const suggested = verdicts.description === undefined ? suggestion.description : null;
  const named = keywords.map((each) => byKeyword.get(foldKeyword(each.trim())));
  const errors = named.flatMap((each, index) =>
    each === undefined ? [{ path: `keywords.${index}`, message: "is not suggested" }] : [],
  );
  if (description && suggested === null) errors.push({ path: "description", message: "is not suggested" });
  if (errors.length > 0) throw validationError(errors);
  return {
    description: description ? suggested : null,
    keywords: [...new Set(named)].filter((each) => each !== undefined),
  };
}

function nothingSuggested(): AppError {
  return new AppError("resource_not_found", "Nothing is suggested for this media object.");
}

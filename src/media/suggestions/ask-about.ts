import { appErrorOf } from "../../core/errors.ts";
import {
  findAsked,
  settleDue,
  type AskedMedia,
  type DueSuggestion,
  type Settled,
} from "../../db/suggestions/due.ts";
import { learnedOf } from "../../db/suggestions/learned.ts";
import type { Suggestion } from "../../db/suggestions/record.ts";
import { vocabularyOf, type VocabularyWord } from "../../db/suggestions/vocabulary.ts";
import { endFailures, pauseAfterFailure, takeCalls } from "../../db/suggestions/wakes.ts";
import { extractorOf, type Extractor } from "../../extractors/extractor.ts";
import { ModelFailure } from "../../extractors/workers-ai.ts";
import type { Services, Suggester } from "../../services.ts";
import { storedThumbnail } from "../thumbnails/serve.ts";
import { shownOf } from "./shown.ts";
import { thresholdsOf } from "./threshold.ts";

/** Who asks, and of whom. */
export interface Asking {
  readonly services: Services;
  readonly suggester: Suggester;
  readonly timeoutMs: number;
  /** The keywords that most records have. */
  readonly frequent: () => Promise<readonly VocabularyWord[]>;
}

/** How often asking about a photo may fail, and how long it waits after the first time; after each other four times that. */
const attempts = { most: 5, firstWaitMs: 60_000 } as const;

/** As large as a picture is sent: enough to see what it shows, in few tokens. */
const askedVariant = { size: 512, fit: "contain" } as const;

/** A call that is to be made. */
interface Call {
  readonly extractor: Extractor;
  readonly model: string;
  readonly vocabulary: readonly VocabularyWord[];
}

/**
 * Asks models about a photo, as far as the day has calls left, and writes what they say. Where one of two models fails, the
 * other one is asked all the same, what it says is kept, and only the one is asked again. `paused` where nobody is to be
 * asked for now.
 */
export async function askAbout(asking: Asking, due: DueSuggestion): Promise<"done" | "paused"> {
  const { services } = asking;
  const media = await findAsked(services.db, due.suggestion);
  // Whoever brings the record back, or processes its other picture, has models asked again.
  if (media === null) return settle(asking, due, { dueAt: null, attempts: 0 });
  let said = due.suggestion;
  try {
    if (due.attempts > attempts.most) throw new Error("every attempt has died");
    const calls = await callsFor(asking, said, media);
    const asked = await askEach(asking, said, calls);
    ({ said } = asked);
    const failure = asked.failures.find(isUnavailable) ?? asked.failures[0];
    if (failure !== undefined) return await fail(asking, { ...due, suggestion: said }, failure);
    if (asked.isDaySpent) {
      // Before all others tomorrow, so that what was half asked is shown.
      await settle(asking, { ...due, suggestion: said }, { dueAt: 0, attempts: due.attempts - 1 });
      return "paused";
    }
    if (calls.length > 0) await endFailures(services.db);
    return await finish(asking, { ...due, suggestion: said }, "closed");
  } catch (cause) {
    if (appErrorOf(cause)?.code === "database_unavailable") throw cause;
    return fail(asking, { ...due, suggestion: said }, cause);
  }
}

/** What is to be asked: what the record lacks, nobody has decided, and no model has been asked for by its name. */
async function callsFor(
  { services, suggester, frequent }: Asking,
  { description, verdicts, model }: Suggestion,
  media: AskedMedia,
): Promise<Call[]> {
  const { captionModel, decisionModel } = suggester;
  const isNew = (name: string): boolean => model?.includes(name) !== true;
  const calls: Call[] = [];
  const lacksDescription =
    (media.lacking & 1) > 0 && description === null && verdicts.description === undefined;
  if (captionModel !== null && lacksDescription && isNew(captionModel))
    calls.push({ extractor: extractorOf("description", captionModel), model: captionModel, vocabulary: [] });
  const lacksKeywords = (media.lacking & 2) > 0 && Object.keys(verdicts.keywords ?? {}).length === 0;
  if (decisionModel !== null && lacksKeywords && isNew(decisionModel)) {
    const vocabulary = await vocabularyOf(services.db, media, await frequent());
    const extractor = extractorOf("keywords", decisionModel);
    if (vocabulary.length > 0) calls.push({ extractor, model: decisionModel, vocabulary });
  }
  return calls;
}

/** What came of the calls about a photo. */
interface Asked {
  readonly said: Suggestion;
  readonly failures: readonly unknown[];
  /** Whether the day had not calls enough. */
  readonly isDaySpent: boolean;
}

/** Asks as many models as the day has calls left for, one after another, whatever becomes of the one before. */
async function askEach(
  { services, suggester, timeoutMs }: Asking,
  before: Suggestion,
  calls: readonly Call[],
): Promise<Asked> {
  const failures: unknown[] = [];
  let said = before;
  if (calls.length === 0) return { said, failures, isDaySpent: false };
  const picture = await pictureOf(services, before);
  const { ai, dailyLimit: limit } = suggester;
  const taken = await takeCalls(services.db, { calls: calls.length, limit, now: Date.now() });
  for (const { extractor, model, vocabulary } of calls.slice(0, taken)) {
    try {
      const answer = await extractor.ask({ ai, name: model, timeoutMs }, { picture, vocabulary });
      said = withSaid(said, answer, { extractor, model });
    } catch (cause) {
      failures.push(cause);
    }
  }
  return { said, failures, isDaySpent: taken < calls.length };
}

/** The preview, made smaller. */
async function pictureOf(services: Services, { mediaId, picture }: Suggestion): Promise<Uint8Array> {
  const thumbnail = await storedThumbnail(services, mediaId, picture, askedVariant);
  if (thumbnail === null) throw new Error("there is no preview");
  return new Uint8Array(await new Response(thumbnail.body).arrayBuffer());
}

function withSaid(
  before: Suggestion,
  { description, candidates }: Awaited<ReturnType<Extractor["ask"]>>,
  { extractor, model }: Pick<Call, "extractor" | "model">,
): Suggestion {
  return {
    ...before,
    description: description ?? before.description,
    candidates: candidates ?? before.candidates,
    decisionModel: extractor.field === "keywords" ? model : before.decisionModel,
    model: before.model === null ? model : `${before.model}, ${model}`,
  };
}

/**
 * A model that does not answer has everybody wait, and is no attempt at the photo; an answer that makes no sense is the
 * photo's own trouble.
 */
async function fail(asking: Asking, due: DueSuggestion, cause: unknown): Promise<"done" | "paused"> {
  const { db, log } = asking.services;
  log.warn("suggestion.postponed", { media: due.suggestion.mediaId, attempts: due.attempts }, cause);
  if (isUnavailable(cause)) {
    const dueAt = await pauseAfterFailure(db, Date.now());
    await settle(asking, due, { dueAt, attempts: due.attempts - 1 });
    return "paused";
  }
  if (due.attempts >= attempts.most) return finish(asking, due, "failed");
  const waitMs = attempts.firstWaitMs * 4 ** (due.attempts - 1);
  return settle(asking, due, { dueAt: Date.now() + waitMs, attempts: due.attempts });
}

function isUnavailable(cause: unknown): boolean {
  return cause instanceof ModelFailure && cause.kind === "unavailable";
}

/** Shows people what was said; `otherwise` is what becomes of suggestions that have nothing to show. */
async function finish(
  asking: Asking,
  { suggestion, ...due }: DueSuggestion,
  otherwise: "closed" | "failed",
): Promise<"done"> {
  const now = Date.now();
  const { db } = asking.services;
  const { candidates, decisionModel, picture } = suggestion;
  const learned = await learnedOf(
    db,
    decisionModel,
    candidates.map(({ folded }) => folded),
  );
  const open: Suggestion = { ...suggestion, state: "open", createdAt: now };
  const shown = shownOf(open, { thumbnailVersion: picture, objectMetadata: {} }, thresholdsOf(learned, now));
  const made: Suggestion = shown === null ? { ...open, state: otherwise } : open;
  return settle(asking, { ...due, suggestion: made }, { dueAt: null, attempts: 0, shown });
}

/** Writes what has become of a claimed row, which waits on unless its state says otherwise. */
async function settle(
  { services }: Asking,
  due: DueSuggestion,
  {
    dueAt,
    attempts: failed,
    shown = null,
  }: Pick<Settled, "dueAt" | "attempts"> & Partial<Pick<Settled, "shown">>,
): Promise<"done"> {
  await settleDue(services.db, due, { dueAt, attempts: failed, shown });
  return "done";
}

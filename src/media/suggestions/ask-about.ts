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
import { endFailures, pauseAfterFailure, pauseUntil, takeCalls } from "../../db/suggestions/wakes.ts";
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

const dayMs = 24 * 60 * 60_000;

/** A call that is to be made. */
interface Call {
  readonly extractor: Extractor;
  readonly model: string;
  readonly vocabulary: readonly VocabularyWord[];
}

/**
 * Asks models about a photo, if the day has calls left for it, and writes what they say. Where one of two models fails, what
 * the other one has said is kept, and only the one is asked again. `paused` where nobody is to be asked for now.
 */
export async function askAbout(asking: Asking, due: DueSuggestion): Promise<"done" | "paused"> {
  const { services, suggester } = asking;
  const media = await findAsked(services.db, due.suggestion);
  // Whoever brings the record back, or processes its other picture, has models asked again.
  if (media === null) return settle(asking, due, { dueAt: null, attempts: 0 });
  let said = due.suggestion;
  try {
    if (due.attempts > attempts.most) throw new Error("every attempt has died");
    const calls = await callsFor(asking, said, media);
    const affordable = calls.slice(0, suggester.dailyLimit);
    if (affordable.length > 0) {
      const picture = await pictureOf(services, said);
      if (!(await takeFromDay(services, suggester, affordable.length))) {
        await settle(asking, due, { dueAt: Date.now(), attempts: due.attempts - 1 });
        return "paused";
      }
      for (const { extractor, model, vocabulary } of affordable) {
        const call = { ai: suggester.ai, name: model, timeoutMs: asking.timeoutMs };
        said = withSaid(said, await extractor.ask(call, { picture, vocabulary }), { extractor, model });
      }
      await endFailures(services.db);
    }
    if (affordable.length < calls.length)
      return await settle(asking, { ...due, suggestion: said }, { dueAt: Date.now(), attempts: 0 });
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
  const lacksKeywords = (media.lacking & 2) > 0 && verdicts.keywords === undefined;
  if (decisionModel !== null && lacksKeywords && isNew(decisionModel)) {
    const vocabulary = await vocabularyOf(services.db, media, await frequent());
    const extractor = extractorOf("keywords", decisionModel);
    if (vocabulary.length > 0) calls.push({ extractor, model: decisionModel, vocabulary });
  }
  return calls;
}

/** The preview, made smaller. */
async function pictureOf(services: Services, { mediaId, picture }: Suggestion): Promise<Uint8Array> {
  const thumbnail = await storedThumbnail(services, mediaId, picture, askedVariant);
  if (thumbnail === null) throw new Error("there is no preview");
  return new Uint8Array(await new Response(thumbnail.body).arrayBuffer());
}

/** Takes calls from today's; where there are not so many left, nobody asks until tomorrow. */
async function takeFromDay({ db }: Services, { dailyLimit }: Suggester, calls: number): Promise<boolean> {
  const now = Date.now();
  const day = new Date(now).toISOString().slice(0, 10);
  if (await takeCalls(db, { day, calls, limit: dailyLimit })) return true;
  await pauseUntil(db, Date.parse(day) + dayMs);
  return false;
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

/** A model that does not answer has everybody wait; an answer that makes no sense is the photo's own trouble. */
async function fail(asking: Asking, due: DueSuggestion, cause: unknown): Promise<"done" | "paused"> {
  const { db, log } = asking.services;
  log.warn("suggestion.postponed", { media: due.suggestion.mediaId, attempts: due.attempts }, cause);
  const isPaused = cause instanceof ModelFailure && cause.kind === "unavailable";
  if (isPaused) await pauseAfterFailure(db, Date.now());
  if (due.attempts >= attempts.most) await finish(asking, due, "failed");
  else {
    const waitMs = attempts.firstWaitMs * 4 ** (due.attempts - 1);
    await settle(asking, due, { dueAt: Date.now() + waitMs, attempts: due.attempts });
  }
  return isPaused ? "paused" : "done";
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

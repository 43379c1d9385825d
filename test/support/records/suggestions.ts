import { env } from "cloudflare:workers";
import { z } from "zod";

import { foldKeyword } from "../../../src/db/media/record.ts";
import { wordsText } from "../../../src/db/search/index-text.ts";
import { AiStandIn, aiEnv, models } from "../ai/stand-in.ts";
import { apiWith, type ApiRequest } from "../http/api.ts";
import { insertMedia, type MediaContent } from "./media.ts";

/** What a model would have said of a record. */
export interface Suggested {
  readonly description?: string | null;
  /** Keywords with their scores. */
  readonly keywords?: Readonly<Record<string, number>>;
  readonly decisionModel?: string;
}

/** Sends a request to a service that shows suggestions. */
export async function suggestingApi(
  path: string,
  request: ApiRequest = {},
  others: Partial<Env> = {},
): Promise<Response> {
  return apiWith({ ...suggestingEnv, ...others }, path, request);
}

/** Bindings and variables of a service that shows suggestions, and asks for none in these tests. */
export const suggestingEnv = aiEnv(new AiStandIn());

/** Builds and stores a record with open suggestions. */
export async function insertSuggested(
  suggested: Suggested = {},
  content: MediaContent = {},
): ReturnType<typeof insertMedia> {
  const media = await insertMedia(content);
  await suggestFor(media, suggested);
  return media;
}

/** Stores open suggestions for the picture of a record, as the models' answers are stored. */
export async function suggestFor(
  { id, thumbnailVersion }: { readonly id: string; readonly thumbnailVersion: string | null },
  {
    description = "A dog runs along a beach.",
    keywords = {},
    decisionModel = models.decision,
  }: Suggested = {},
): Promise<void> {
  const candidates = Object.entries(keywords)
    .map(([keyword, score]) => ({ keyword, folded: foldKeyword(keyword), score }))
    .toSorted((a, b) => b.score - a.score);
  const searchText = wordsText({ description, keywords: candidates.map(({ keyword }) => keyword) });
  await env.DB.prepare(
    `INSERT INTO suggestions (media_id, media_pk, is_missing, picture, state, description, candidates, model,
       decision_model, created_at, search_text)
     SELECT id, pk, missing_since IS NOT NULL, ?, 'open', ?, ?, 'a-model', ?, 1700000000000, ?
     FROM media_objects WHERE id = ?`,
  )
    .bind(thumbnailVersion, description, JSON.stringify(candidates), decisionModel, searchText, id)
    .run();
}

const verdicts = z.object({
  description: z.string().optional(),
  keywords: z.record(z.string(), z.string()).default({}),
});

/** Verdicts one by one, the description's first. */
function listed(text: string): string[] {
  const { description, keywords } = verdicts.parse(JSON.parse(text));
  const ofKeywords = Object.entries(keywords).map(([keyword, verdict]) => `${keyword} ${verdict}`);
  return [...(description === undefined ? [] : [`description ${description}`]), ...ofKeywords.toSorted()];
}

const row = z.object({
  state: z.string(),
  verdicts: z.string().transform(listed),
  decided_operation: z.string().nullable(),
  decided_revision: z.number().nullable(),
  search_text: z.string(),
});

/** What has become of the suggestions for a record; null where there are none. */
export async function storedSuggestion(id: string): Promise<z.output<typeof row> | null> {
  const found = await env.DB.prepare("SELECT * FROM suggestions WHERE media_id = ?").bind(id).first();
  return found === null ? null : row.parse(found);
}

/** How many records that are there have open suggestions, by the counter. */
export async function countedSuggestions(): Promise<number> {
  return (await env.DB.prepare("SELECT open FROM suggestion_totals").first<number>("open")) ?? -1;
}

/** Teaches that a keyword was taken so often, and refused so often, whatever its score. */
export async function teach(folded: string, accepted: number, refused: number): Promise<void> {
  const tenths = [5, 6, 7, 8, 9];
  const columns = [...tenths.map((each) => `accepted_${each}`), ...tenths.map((each) => `refused_${each}`)];
  const values = [...tenths.map(() => accepted), ...tenths.map(() => refused)];
  await env.DB.prepare(
    `INSERT INTO suggestion_keywords (model, folded, ${columns.join(", ")}, decided_at)
     VALUES (?, ?, ${values.join(", ")}, ?)`,
  )
    .bind(models.decision, folded, Date.now())
    .run();
}

import { env } from "cloudflare:workers";
import { z } from "zod";

import { learnedOf } from "../../../src/db/suggestions/learned.ts";
import { suggestionOf } from "../../../src/db/suggestions/record.ts";
import type { SuggestionRow } from "../../../src/db/suggestion-tables.ts";
import { shownOf, type ShownSuggestion } from "../../../src/media/suggestions/shown.ts";
import { thresholdsOf } from "../../../src/media/suggestions/threshold.ts";
import { suggestDue } from "../../../src/media/suggestions/suggest-due.ts";
import { aiEnv, AiStandIn, type AiAnswers } from "../../support/ai/stand-in.ts";
import { insertMedia } from "../../support/records/media.ts";
import { photo } from "../support/photos.ts";
import { rowOf } from "../support/rows.ts";
import { World } from "../support/world.ts";

export const minuteMs = 60_000;

/** A world whose models are a stand-in, with photos that lack words; `bindings` stand before others. */
export async function worldWith(
  answers: AiAnswers,
  { photos = 1, bindings = {} }: { readonly photos?: number; readonly bindings?: Partial<Env> } = {},
): Promise<{ world: World; ai: AiStandIn }> {
  const ai = new AiStandIn(answers);
  const world = await World.create({ bindings: aiEnv(ai, bindings) });
  for (let number = 0; number < photos; number++) await world.put(keyOf(number), photo(number));
  return { world, ai };
}

/** The key of a photo of {@link worldWith}. */
export function keyOf(number: number): string {
  return `photos/${String(number).padStart(3, "0")}.jpg`;
}

/** A record of another provider, whose keywords are the archive's. */
export async function insertKeywords(...keywords: string[]): Promise<void> {
  await insertMedia({ objectMetadata: { description: "A photo.", keywords } });
}

/** What the table has of a photo; null for one that no model was to be asked about. */
export async function suggestionAt(key: string): Promise<Record<string, unknown> | null> {
  const { id } = await rowOf(key);
  return env.DB.prepare("SELECT * FROM suggestions WHERE media_id = ?").bind(id).first();
}

/** How many photos are in each state of suggestions. */
export async function states(): Promise<Record<string, unknown>> {
  const { results } = await env.DB.prepare(
    "SELECT state, count(*) AS n FROM suggestions GROUP BY state",
  ).all();
  return Object.fromEntries(results.map(({ state, n }) => [String(state), n]));
}

/** What people see of the suggestions for a photo. */
export async function shownAt(world: World, key: string): Promise<ShownSuggestion | null> {
  const row = await rowOf(key);
  const stored = await env.DB.prepare(
    `SELECT media_id AS mediaId, picture, state, description, candidates, model, decision_model AS decisionModel,
       created_at AS createdAt, verdicts FROM suggestions WHERE media_id = ?`,
  )
    .bind(row.id)
    .first<SuggestionRow>();
  if (stored === null) return null;
  const suggestion = suggestionOf(stored);
  const folded = suggestion.candidates.map((each) => each.folded);
  const learned = await learnedOf(world.services().db, suggestion.decisionModel, folded);
  const objectMetadata = z.record(z.string(), z.unknown()).parse(JSON.parse(row.metadata));
  return shownOf(
    suggestion,
    { thumbnailVersion: row.thumbnail, objectMetadata },
    thresholdsOf(learned, Date.now()),
  );
}

/** Hands out the message that has models asked, and whatever follows at once; `timeoutMs` is what a model may take. */
export async function wake(world: World, timeoutMs?: number): Promise<void> {
  world.takeAll();
  await suggestDue(world.services(), timeoutMs);
  while (world.outbox.some(({ type }) => type === "suggest")) {
    world.takeAll();
    await suggestDue(world.services(), timeoutMs);
  }
}

/** Hands out the tasks of a run, and leaves the message that has models asked where it is. */
export async function processTasks(world: World): Promise<void> {
  const next = (): number => world.outbox.findIndex(({ type }) => type === "task");
  for (let at = next(); at >= 0; at = next())
    for (const task of world.outbox.splice(at, 1)) await world.deliver(task);
}

/** How many calls a day had. */
export async function callsOf(day: number): Promise<unknown> {
  const name = new Date(day).toISOString().slice(0, 10);
  return env.DB.prepare("SELECT calls FROM suggestion_calls WHERE day = ?").bind(name).first("calls");
}

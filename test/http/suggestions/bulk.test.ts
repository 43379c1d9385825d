import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { z } from "zod";

import { wordsText } from "../../../src/db/search/index-text.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { insertMedia, storedMedia } from "../../support/records/media.ts";
import {
  countedSuggestions,
  insertSuggested,
  storedSuggestion,
  suggestFor,
  suggestingApi,
  teach,
} from "../../support/records/suggestions.ts";

const bulkAnswer = z.object({
  operation_id: z.string().nullable(),
  matched: z.number(),
  updated: z.number(),
  results: z.array(z.object({ id: z.string(), status: z.string(), revision: z.number().nullable() })),
});

async function bulk(json: unknown, others: Partial<Env> = {}): Promise<z.infer<typeof bulkAnswer>> {
  const response = await suggestingApi("/v1/media/bulk", { method: "POST", json }, others);
  return bulkAnswer.parse(await response.json());
}

const revertAnswer = z.looseObject({
  operation_id: z.string().nullable(),
  reverted: z.number(),
  skipped: z.array(z.string()),
});

async function revert(operation: string | null): Promise<z.infer<typeof revertAnswer>> {
  const response = await suggestingApi(`/v1/operations/${operation}/revert`, { method: "POST", json: {} });
  return revertAnswer.parse(await response.json());
}

async function wordsOf(id: string): Promise<unknown> {
  return JSON.parse(String((await storedMedia(id))?.["object_metadata"]));
}

const taken = { description: "A dog runs along a beach.", keywords: ["dog"] };

it("accepting many takes all that is shown, and says of each record what became of it", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const { id: plain } = await insertMedia();
  const done = await bulk({ ids: [id, plain], suggestions: "accept" });
  expect(done).toMatchObject({
    updated: 1,
    results: [
      { status: "updated", revision: 1 },
      { status: "unchanged", revision: 0 },
    ],
  });
  expect(await wordsOf(id)).toEqual(taken);
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed", decided_operation: done.operation_id });
});

it("a description that a person wrote is kept, and the suggested one refused", async () => {
  const own = { description: "Mine" };
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } }, { objectMetadata: own });
  const { id: other } = await insertSuggested({}, { objectMetadata: own });
  const { results } = await bulk({ ids: [id, other], suggestions: "accept" });
  expect(results).toMatchObject([
    { status: "updated", revision: 1 },
    { status: "updated", revision: 0 },
  ]);
  expect(await wordsOf(id)).toEqual({ ...own, keywords: ["dog"] });
  expect(await storedSuggestion(id)).toMatchObject({
    verdicts: ["description refused", "dog accepted"],
  });
  expect(await storedSuggestion(other)).toMatchObject({
    state: "closed",
    verdicts: ["description refused"],
  });
});

it("refusing many by filter makes no revisions, and the operation counts them", async () => {
  const { id } = await insertSuggested();
  await insertMedia();
  const done = await bulk({ filter: { has: "suggestions" }, suggestions: "refuse" });
  expect(done).toMatchObject({ matched: 1, updated: 1, results: [{ id, status: "updated", revision: 0 }] });
  expect(await storedMedia(id)).toMatchObject({ revision: 0, change: 2 });
  expect(await countedSuggestions()).toBe(0);
  const operations = z.object({
    items: z.array(z.object({ operation_id: z.string(), updated: z.number() })),
  });
  const { items } = operations.parse(await (await api("/v1/operations")).json());
  expect(items).toMatchObject([{ operation_id: done.operation_id, updated: 1 }]);
});

it("suggestions are accepted beside another change, as one revision", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  await bulk({ ids: [id], suggestions: "accept", add_keywords: ["sea"], object_metadata: { title: "T" } });
  expect(await wordsOf(id)).toEqual({ ...taken, title: "T", keywords: ["sea", "dog"] });
  expect(await storedMedia(id)).toMatchObject({ revision: 1 });
});

it("suggestions are refused beside another change", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  await bulk({ ids: [id], suggestions: "refuse", add_keywords: ["sea"] });
  expect(await wordsOf(id)).toEqual({ keywords: ["sea"] });
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed", decided_revision: 1 });
});

it("a dry run tells what would be accepted, and nothing is", async () => {
  const { id } = await insertSuggested();
  expect(await bulk({ ids: [id], suggestions: "accept", dry_run: true })).toMatchObject({ updated: 1 });
  expect(await storedMedia(id)).toMatchObject({ change: 1 });
  expect(await storedSuggestion(id)).toMatchObject({ state: "open" });
});

it("all or none: one record that has no room keeps the others as they are", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const { id: refused } = await insertSuggested();
  const keywords = Array.from({ length: 256 }, (_, index) => `k${index}`);
  const { id: full } = await insertSuggested({ keywords: { dog: 0.6 } }, { objectMetadata: { keywords } });
  const json = { ids: [id, full], suggestions: "accept", atomic: true };
  const response = await suggestingApi("/v1/media/bulk", { method: "POST", json });
  expect(await refusalOf(response)).toBe(`422 bulk_failed ${full}`);
  expect(await storedSuggestion(id)).toMatchObject({ state: "open" });
  expect(await bulk({ ids: [id, refused], suggestions: "refuse", atomic: true })).toMatchObject({
    updated: 2,
  });
  expect(await storedSuggestion(refused)).toMatchObject({ state: "closed" });
});

it("where nobody is asked for suggestions each record is left as it is", async () => {
  const { id } = await insertSuggested();
  const json = { ids: [id], suggestions: "accept" };
  const answer = await (await api("/v1/media/bulk", { method: "POST", json })).json();
  expect(answer).toMatchObject({ updated: 0, results: [{ status: "unchanged" }] });
  expect(await storedSuggestion(id)).toMatchObject({ state: "open" });
});

it("a record that somebody has edited meanwhile is tried again", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  let isDone = false;
  const before = async (query: string): Promise<void> => {
    if (isDone || !query.trim().startsWith("UPDATE suggestions")) return;
    isDone = true;
    const patch = { method: "PATCH", json: { object_metadata: { title: "Between" } } };
    await api(`/v1/media/${id}`, patch);
  };
  await bulk({ ids: [id], suggestions: "accept" }, { DB: observedDatabase(env.DB, { before }) });
  expect(await wordsOf(id)).toEqual({ title: "Between", ...taken });
  expect(await storedMedia(id)).toMatchObject({ revision: 2 });
});

it("taking an acceptance back restores the words and the suggestions, and what was learned is forgotten", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const { operation_id: operation } = await bulk({ ids: [id], suggestions: "accept" });
  expect(await revert(operation)).toMatchObject({ reverted: 1, skipped: [] });
  expect(await wordsOf(id)).toEqual({});
  expect(await storedSuggestion(id)).toMatchObject({ state: "open", verdicts: [] });
  expect((await storedSuggestion(id))?.search_text).not.toBe("");
  const learned = await env.DB.prepare("SELECT sum(accepted_6) AS n FROM suggestion_keywords").first("n");
  expect(learned).toBe(0);
});

it("taking a refusal back opens the suggestions again", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const { operation_id: operation } = await bulk({ ids: [id], suggestions: "refuse" });
  expect(await revert(operation)).toMatchObject({ reverted: 1, skipped: [] });
  expect(await storedSuggestion(id)).toMatchObject({ state: "open", verdicts: [] });
  expect(await storedMedia(id)).toMatchObject({ revision: 0, change: 3 });
  expect(await countedSuggestions()).toBe(1);
  expect(await revert(operation)).toMatchObject({ reverted: 0, skipped: [] });
});

it.each(["accept", "refuse"])("taking the way back of %s back decides as before", async (suggestions) => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const { operation_id: operation } = await bulk({ ids: [id], suggestions });
  const {
    decided_operation: _operation,
    decided_revision: _revision,
    ...decided
  } = {
    ...(await storedSuggestion(id)),
  };
  const words = await wordsOf(id);
  const first = await revert(operation);
  expect(await revert(first.operation_id)).toMatchObject({ reverted: 1, skipped: [] });
  expect(await storedSuggestion(id)).toMatchObject(decided);
  expect(await wordsOf(id)).toEqual(words);
});

it("what a person has decided since is not taken back", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const { operation_id: operation } = await bulk({ ids: [id], suggestions: "accept" });
  await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { description: "Mine" } } });
  expect(await revert(operation)).toMatchObject({ reverted: 0, skipped: [id] });
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed" });
});

it("an earlier revision that is brought back brings the suggestions back", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6, sea: 0.7 } });
  const path = `/v1/media/${id}/suggestions/accept`;
  await suggestingApi(path, { method: "POST", json: { keywords: ["dog"] } });
  await suggestingApi(path, { method: "POST", json: { keywords: ["sea"] } });
  const back = { method: "POST", json: { revision: 0 } };
  const answer = await (await suggestingApi(`/v1/media/${id}/revert`, back)).json();
  expect(answer).toMatchObject({
    object_metadata: {},
    suggestions: { description: "A dog runs along a beach." },
  });
  expect(await storedSuggestion(id)).toMatchObject({ state: "open", verdicts: [] });
});

it("a revision that is no older than what was accepted leaves it accepted", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const all = { method: "POST", json: { description: true, keywords: ["dog"] } };
  await suggestingApi(`/v1/media/${id}/suggestions/accept`, all);
  await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { title: "T" } } });
  await suggestingApi(`/v1/media/${id}/revert`, { method: "POST", json: { revision: 1 } });
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed" });
});

it.each(["accept", "refuse"])("to %s many ends those of which nothing is shown", async (suggestions) => {
  await teach("dog", 0, 20);
  const { id: silent } = await insertSuggested({ description: null, keywords: { dog: 0.7 } });
  const { id: written } = await insertSuggested(
    { keywords: { sea: 0.7 } },
    { objectMetadata: { ...taken, keywords: ["Sea"] } },
  );
  const { id: other } = await insertMedia();
  await suggestFor({ id: other, thumbnailVersion: "another-1" });
  expect(await bulk({ filter: { has: "suggestions" }, suggestions })).toMatchObject({
    matched: 3,
    updated: 3,
  });
  for (const id of [silent, written, other])
    expect(await storedSuggestion(id)).toMatchObject({ state: "closed", verdicts: [] });
  expect(await countedSuggestions()).toBe(0);
});

it("what shows nothing does not wait again when its end is taken back", async () => {
  await teach("dog", 0, 20);
  const { id } = await insertSuggested({ description: null, keywords: { dog: 0.7 } });
  const { operation_id: operation } = await bulk({ ids: [id], suggestions: "accept" });
  await revert(operation);
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed" });
  expect(await countedSuggestions()).toBe(0);
});

it("a keyword that was never shown cannot be found once a decision is taken back", async () => {
  await teach("cat", 0, 20);
  const { id } = await insertSuggested({ keywords: { dog: 0.6, cat: 0.7 } });
  const { operation_id: operation } = await bulk({ ids: [id], suggestions: "refuse" });
  await revert(operation);
  expect((await storedSuggestion(id))?.search_text).toBe(
    wordsText({ description: taken.description, keywords: ["dog"] }),
  );
});

it("a keyword that falls silent by one refusal waits again when that is taken back", async () => {
  const { id } = await insertSuggested({ description: null, keywords: { dog: 0.6 } });
  const { operation_id: operation } = await bulk({ ids: [id], suggestions: "refuse" });
  await revert(operation);
  expect(await (await suggestingApi(`/v1/media/${id}`)).json()).toMatchObject({
    suggestions: { keywords: [{ keyword: "dog" }] },
  });
});

it("what was decided for another picture than the record has now is not taken back", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const { operation_id: operation } = await bulk({ ids: [id], suggestions: "accept" });
  await env.DB.prepare("UPDATE media_objects SET thumbnail_version = 'another-1'").run();
  expect(await revert(operation)).toMatchObject({ reverted: 1 });
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed" });
  expect(await countedSuggestions()).toBe(0);
});

async function accept(id: string, json: unknown): Promise<void> {
  await suggestingApi(`/v1/media/${id}/suggestions/accept`, { method: "POST", json });
}

async function revertTo(id: string, revision: number): Promise<void> {
  await suggestingApi(`/v1/media/${id}/revert`, { method: "POST", json: { revision } });
}

async function learnedInAll(): Promise<unknown> {
  const columns = [5, 6, 7, 8, 9].map((tenth) => `accepted_${tenth} + refused_${tenth}`).join(" + ");
  return env.DB.prepare(`SELECT coalesce(sum(${columns}), 0) AS n FROM suggestion_keywords`).first("n");
}

it("two acceptances that are taken back one after the other leave nothing accepted", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  await accept(id, { keywords: ["dog"] });
  await accept(id, { description: true });
  await revertTo(id, 1);
  expect(await storedSuggestion(id)).toMatchObject({ state: "open", verdicts: ["dog accepted"] });
  await revertTo(id, 0);
  expect(await storedSuggestion(id)).toMatchObject({ state: "open", verdicts: [] });
  expect(await learnedInAll()).toBe(0);
});

it("a description is suggested again where the revision before two acceptances is brought back", async () => {
  const { id } = await insertSuggested(
    { keywords: { dog: 0.6 } },
    { objectMetadata: { description: "Old" } },
  );
  await accept(id, { description: true });
  await accept(id, { keywords: ["dog"] });
  await revertTo(id, 0);
  expect(await storedSuggestion(id)).toMatchObject({ state: "open", verdicts: [] });
});

it("what was accepted is suggested again though the rest was refused since, which stays refused", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6, sea: 0.7 } });
  await accept(id, { keywords: ["dog"] });
  await suggestingApi(`/v1/media/${id}/suggestions`, { method: "DELETE" });
  await revertTo(id, 0);
  expect(await storedSuggestion(id)).toMatchObject({
    state: "open",
    verdicts: ["description refused", "sea refused"],
    search_text: wordsText({ keywords: ["dog"] }),
  });
});

it("words that come back once more leave nothing to suggest, until they go again", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  await accept(id, { description: true, keywords: ["dog"] });
  await revertTo(id, 0);
  await revertTo(id, 1);
  expect(await wordsOf(id)).toEqual(taken);
  expect(await countedSuggestions()).toBe(0);
  await revertTo(id, 0);
  expect(await countedSuggestions()).toBe(1);
});

it("an operation is taken back with its verdicts also where it was taken back and made again by revisions", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const { operation_id: operation } = await bulk({ ids: [id], suggestions: "accept" });
  await revertTo(id, 0);
  await revertTo(id, 1);
  expect(await revert(operation)).toMatchObject({ reverted: 1, skipped: [] });
  expect(await storedSuggestion(id)).toMatchObject({ state: "open", verdicts: [] });
});

it("what was refused stays refused where a revision is brought back", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6, sea: 0.7 } });
  await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { keywords: ["dog"] } } });
  await suggestingApi(`/v1/media/${id}/suggestions`, { method: "DELETE" });
  await revertTo(id, 0);
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed" });
});

it("an operation that has nothing to do with it leaves accepted what a person has removed since", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  await accept(id, { description: true, keywords: ["dog"] });
  await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { keywords: null } } });
  const { operation_id: operation } = await bulk({ ids: [id], object_metadata: { title: "T" } });
  expect(await revert(operation)).toMatchObject({ reverted: 1 });
  expect(await storedSuggestion(id)).toMatchObject({
    state: "closed",
    verdicts: ["description accepted", "dog accepted"],
  });
});

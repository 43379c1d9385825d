import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { z } from "zod";

import { api } from "../../support/http/api.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { smallJpeg } from "../../support/http/uploads.ts";
import { failingDatabase, observedDatabase } from "../../support/records/database.ts";
import { insertMedia, insertStored, storedMedia } from "../../support/records/media.ts";
import {
  countedSuggestions,
  insertSuggested,
  storedSuggestion,
  suggestFor,
  suggestingApi,
  teach,
} from "../../support/records/suggestions.ts";

const anId = "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11";

async function accept(id: string, json: unknown, others: Partial<Env> = {}): Promise<Response> {
  return suggestingApi(`/v1/media/${id}/suggestions/accept`, { method: "POST", json }, others);
}

async function refuse(id: string): Promise<Response> {
  return suggestingApi(`/v1/media/${id}/suggestions`, { method: "DELETE" });
}

const history = z.object({
  items: z.array(z.object({ revision: z.number(), changed_by: z.string().nullable() })),
});

it("what is accepted becomes a revision by whoever accepts it, and the rest stays", async () => {
  const { id } = await insertSuggested({ keywords: { Beach: 0.9, dog: 0.6 } });
  const response = await accept(id, { keywords: ["béach"] });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    object_metadata: { keywords: ["Beach"] },
    revision: 1,
    suggestions: { description: "A dog runs along a beach.", keywords: [{ keyword: "dog" }] },
  });
  const { items } = history.parse(await (await api(`/v1/media/${id}/history`)).json());
  expect(items[0]).toEqual({ revision: 1, changed_by: "admin" });
  expect(await storedSuggestion(id)).toMatchObject({
    state: "open",
    verdicts: ["beach accepted"],
    decided_revision: 1,
  });
});

it("when the last of them is accepted none wait any more", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } }, { objectMetadata: { keywords: ["sea"] } });
  expect(await countedSuggestions()).toBe(1);
  const answer = await (await accept(id, { description: true, keywords: ["dog"] })).json();
  expect(answer).toMatchObject({
    object_metadata: { description: "A dog runs along a beach.", keywords: ["sea", "dog"] },
    suggestions: null,
  });
  expect(await countedSuggestions()).toBe(0);
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed", search_text: "" });
});

it("a description that is accepted replaces the present one", async () => {
  const { id } = await insertSuggested({}, { objectMetadata: { description: "Old" } });
  const answer = await (await accept(id, { description: true })).json();
  expect(answer).toMatchObject({ object_metadata: { description: "A dog runs along a beach." } });
});

it("what is there to the letter is accepted without a revision", async () => {
  const words = { description: "A dog runs along a beach." };
  const { id } = await insertSuggested({}, { objectMetadata: words });
  const answer = await (await accept(id, { description: true })).json();
  expect(answer).toMatchObject({ object_metadata: words, revision: 0, suggestions: null });
  expect(await storedMedia(id)).toMatchObject({ change: 2 });
});

it.each<[string, unknown, string]>([
  ["a keyword that is not suggested", { keywords: ["cat"] }, "422 validation_error keywords.0"],
  ["nothing", {}, "422 validation_error description"],
  ["a field of another name", { description: true, all: true }, "422 validation_error all"],
])("%s is refused", async (_what, json, refusal) => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  expect(await refusalOf(await accept(id, json))).toBe(refusal);
  expect(await storedMedia(id)).toMatchObject({ revision: 0, change: 1 });
});

it("a description that is not suggested is refused", async () => {
  const { id } = await insertSuggested({ description: null, keywords: { dog: 0.6 } });
  expect(await refusalOf(await accept(id, { description: true }))).toBe("422 validation_error description");
});

it("a keyword that has fallen silent since somebody saw it can still be accepted", async () => {
  await teach("dog", 0, 20);
  const { id } = await insertSuggested({ description: null, keywords: { dog: 0.6 } });
  const answer = await (await accept(id, { keywords: ["dog"] })).json();
  expect(answer).toMatchObject({ object_metadata: { keywords: ["dog"] } });
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed", verdicts: ["dog accepted"] });
});

it("a keyword with the name of what every object has is suggested, accepted and over", async () => {
  const { id } = await insertSuggested({
    description: null,
    keywords: { constructor: 0.9, dog: 0.6, sea: 0.6 },
  });
  await accept(id, { keywords: ["dog"] });
  const answer = await (await accept(id, { keywords: ["constructor"] })).json();
  expect(answer).toMatchObject({
    object_metadata: { keywords: ["dog", "constructor"] },
    suggestions: { keywords: [{ keyword: "sea" }] },
  });
  expect(await refusalOf(await accept(id, { keywords: ["constructor"] }))).toBe(
    "422 validation_error keywords.0",
  );
});

it("of keywords nothing is said where only a description is decided on", async () => {
  const { id } = await insertSuggested();
  await accept(id, { description: true });
  const stored = await env.DB.prepare("SELECT verdicts FROM suggestions").first("verdicts");
  expect(stored).toBe('{"description":"accepted"}');
});

it("a record without suggestions, and one that is not there, are not found", async () => {
  const { id } = await insertMedia();
  expect(await refusalOf(await accept(id, { description: true }))).toBe("404 resource_not_found");
  expect(await refusalOf(await accept(anId, { description: true }))).toBe("404 resource_not_found");
  expect(await refusalOf(await refuse(anId))).toBe("404 resource_not_found");
});

it("a service without models finds nothing to accept or to refuse", async () => {
  const { id } = await insertSuggested();
  const post = { method: "POST", json: { description: true } };
  const accepted = await api(`/v1/media/${id}/suggestions/accept`, post);
  expect(await refusalOf(accepted)).toBe("404 resource_not_found");
  const refused = await api(`/v1/media/${id}/suggestions`, { method: "DELETE" });
  expect(await refusalOf(refused)).toBe("404 resource_not_found");
  expect(await storedSuggestion(id)).toMatchObject({ state: "open" });
});

it("whoever may only read accepts and refuses nothing", async () => {
  const { id } = await insertSuggested();
  const path = `/v1/media/${id}/suggestions`;
  const post = { method: "POST", json: { description: true }, as: "read" } as const;
  expect((await suggestingApi(`${path}/accept`, post)).status).toBe(403);
  expect((await suggestingApi(path, { method: "DELETE", as: "read" })).status).toBe(403);
});

it("what is refused is refused for this picture for good, as a visible change without a revision", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  expect((await refuse(id)).status).toBe(204);
  expect(await storedSuggestion(id)).toMatchObject({
    state: "closed",
    verdicts: ["description refused", "dog refused"],
    decided_revision: null,
    search_text: "",
  });
  expect(await storedMedia(id)).toMatchObject({ revision: 0, change: 2 });
  expect((await refuse(id)).status).toBe(204);
  expect(await storedMedia(id)).toMatchObject({ change: 2 });
  expect(await countedSuggestions()).toBe(0);
});

it("refusing says nothing of keywords that were not shown", async () => {
  await teach("dog", 0, 20);
  const { id } = await insertSuggested({ description: null, keywords: { dog: 0.7, sea: 0.6 } });
  await refuse(id);
  expect(await storedSuggestion(id)).toMatchObject({ verdicts: ["sea refused"] });
});

it("suggestions of which nothing is shown are refused as well", async () => {
  await teach("dog", 0, 20);
  const { id } = await insertSuggested({ description: null, keywords: { dog: 0.7 } });
  expect((await refuse(id)).status).toBe(204);
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed", verdicts: [] });
});

it("If-Match holds against edits by people", async () => {
  const { id } = await insertSuggested();
  const headers = { "If-Match": '"0-1"' };
  await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { title: "a" } } });
  const path = `/v1/media/${id}/suggestions`;
  const accepted = await suggestingApi(`${path}/accept`, {
    method: "POST",
    headers,
    json: { description: true },
  });
  expect(await refusalOf(accepted)).toBe("412 precondition_failed");
  const refused = await suggestingApi(path, { method: "DELETE", headers });
  expect(await refusalOf(refused)).toBe("412 precondition_failed");
  expect(await storedSuggestion(id)).toMatchObject({ state: "open" });
});

/** A database that does something once, before the first statement that `picks`. */
function interrupted(picks: RegExp, act: () => Promise<unknown>): Partial<Env> {
  let isDone = false;
  const before = async (query: string): Promise<void> => {
    if (isDone || !picks.test(query)) return;
    isDone = true;
    await act();
  };
  return { DB: observedDatabase(env.DB, { before }) };
}

const deciding = /^\s*UPDATE suggestions/;

it("an edit in between is kept, and what is accepted comes on top of it", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6 } });
  const patch = { method: "PATCH", json: { object_metadata: { keywords: ["sea"] } } };
  const between = interrupted(deciding, async () => api(`/v1/media/${id}`, patch));
  const answer = await (await accept(id, { keywords: ["dog"] }, between)).json();
  expect(answer).toMatchObject({ object_metadata: { keywords: ["sea", "dog"] }, revision: 2 });
  expect(await storedSuggestion(id)).toMatchObject({ decided_revision: 2 });
});

it("of two that accept the same at once one does, and the other finds nothing", async () => {
  const { id } = await insertSuggested();
  const between = interrupted(deciding, async () => accept(id, { description: true }));
  expect((await accept(id, { description: true }, between)).status).toBe(404);
  expect(await storedMedia(id)).toMatchObject({ revision: 1, change: 2 });
});

it("what somebody refuses in between is not accepted any more", async () => {
  // Below the first revision the refusal, a visible change, would be seen of the record as well.
  const { id } = await insertSuggested({}, { revision: 1 });
  const between = interrupted(deciding, async () => refuse(id));
  expect((await accept(id, { description: true }, between)).status).toBe(404);
  expect(await storedMedia(id)).toMatchObject({ revision: 1, object_metadata: "{}" });
});

it("suggestions for another picture than the record has now cannot be accepted, and end when they are refused", async () => {
  const { id } = await insertMedia();
  await suggestFor({ id, thumbnailVersion: "another-1" });
  expect((await accept(id, { description: true })).status).toBe(404);
  expect((await refuse(id)).status).toBe(204);
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed", verdicts: [] });
});

it("suggestions end where their record takes the object of another", async () => {
  const { id } = await insertSuggested({}, { missingSince: 1, objectMetadata: { keywords: ["sea"] } });
  const { id: to } = await insertMedia({
    state: "failed",
    errorCode: "a",
    errorDetail: "b",
    thumbnailVersion: null,
  });
  const relink = { method: "POST", json: { to } };
  expect((await suggestingApi(`/v1/media/${id}/relink`, relink)).status).toBe(200);
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed", search_text: "", verdicts: [] });
  expect(await countedSuggestions()).toBe(0);
});

it("two that accept different suggestions at once both do", async () => {
  const { id } = await insertSuggested({ keywords: { dog: 0.6, sea: 0.7 } });
  const answers = await Promise.all([
    accept(id, { keywords: ["dog"] }),
    accept(id, { keywords: ["sea"] }),
    accept(id, { description: true }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await storedMedia(id)).toMatchObject({ revision: 3 });
  expect(await storedSuggestion(id)).toMatchObject({ state: "closed" });
});

it.each(["UPDATE suggestions", "INSERT INTO media_revisions", "UPDATE media_objects"])(
  "where %s fails neither the words nor the suggestions are changed",
  async (statement) => {
    const { id } = await insertSuggested();
    const DB = failingDatabase(env.DB, (query) => query.trim().startsWith(statement));
    expect((await accept(id, { description: true }, { DB })).status).toBe(503);
    expect(await storedMedia(id)).toMatchObject({ revision: 0, object_metadata: "{}" });
    expect(await storedSuggestion(id)).toMatchObject({ state: "open", verdicts: [] });
  },
);

it("a record that comes back from the trash has its suggestions again", async () => {
  const { id, version } = await insertStored(smallJpeg());
  const thumbnailVersion = `${version}-3`;
  await env.DB.prepare("UPDATE media_objects SET thumbnail_version = ?").bind(thumbnailVersion).run();
  await suggestFor({ id, thumbnailVersion });
  await api(`/v1/media/${id}`, { method: "DELETE" });
  expect(await refusalOf(await accept(id, { description: true }))).toBe("404 resource_not_found");
  expect(await countedSuggestions()).toBe(0);
  await api(`/v1/media/${id}/restore`, { method: "POST" });
  expect(await countedSuggestions()).toBe(1);
  expect((await accept(id, { description: true })).status).toBe(200);
});

import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";

import { readSuggestions } from "../../../src/media/suggestions/read.ts";
import { api, apiCost, apiWith } from "../../support/http/api.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { servicesOf } from "../../support/records/operations.ts";
import {
  insertSuggested,
  suggestFor,
  suggestingApi,
  suggestingEnv,
  teach,
} from "../../support/records/suggestions.ts";

const item = z.looseObject({ suggestions: z.unknown() });
const page = z.object({ items: z.array(item) });

async function suggestionsOf(path: string): Promise<unknown> {
  return item.parse(await (await suggestingApi(path)).json()).suggestions;
}

it("what is suggested for a record is shown with it, apart from its words", async () => {
  const { id } = await insertSuggested({ keywords: { Beach: 0.9, dog: 0.6 } });
  expect(await (await suggestingApi(`/v1/media/${id}`)).json()).toMatchObject({
    object_metadata: {},
    suggestions: {
      description: "A dog runs along a beach.",
      keywords: [
        { keyword: "Beach", score: 0.9 },
        { keyword: "dog", score: 0.6 },
      ],
      model: "a-model",
      created_at: "2023-11-14T22:13:20.000Z",
    },
  });
});

it.each(["/v1/media", "/v1/search", "/v1/media?shuffle=true"])("%s shows it too", async (path) => {
  await insertSuggested();
  const { items } = page.parse(await (await suggestingApi(path)).json());
  expect(items).toMatchObject([{ suggestions: { description: "A dog runs along a beach." } }]);
});

it("a folder shows it too", async () => {
  await insertSuggested({}, { objectKey: "a.jpg" });
  const answer = await (await suggestingApi("/v1/folders")).json();
  expect(answer).toMatchObject({ media: { items: [{ suggestions: { keywords: [] } }] } });
});

it("a change of words is answered with what is still suggested", async () => {
  const { id } = await insertSuggested({ keywords: { beach: 0.9 } });
  const change = { method: "PATCH", json: { object_metadata: { keywords: ["Beach"] } } };
  const changed = item.parse(await (await suggestingApi(`/v1/media/${id}`, change)).json());
  expect(changed.suggestions).toMatchObject({ description: "A dog runs along a beach.", keywords: [] });
});

it("a service without models shows none and asks no table of them", async () => {
  const { id } = await insertSuggested();
  const queries: string[] = [];
  const DB = observedDatabase(env.DB, { before: (query) => void queries.push(query) });
  for (const path of [`/v1/media/${id}`, "/v1/media", "/v1/search?q=dog", "/v1/overview", "/v1/folders"])
    expect((await apiWith({ DB }, path)).status).toBe(200);
  const patch = { method: "PATCH", json: { object_metadata: { title: "a" } } };
  expect(await (await apiWith({ DB }, `/v1/media/${id}`, patch)).json()).toMatchObject({ suggestions: null });
  const revert = { method: "POST", json: { revision: 0 } };
  expect((await apiWith({ DB }, `/v1/media/${id}/revert`, revert)).status).toBe(200);
  expect(queries.length).toBeGreaterThan(5);
  expect(queries.filter((query) => query.includes("suggestion"))).toEqual([]);
});

it("what is suggested for another picture than the record has now is not shown", async () => {
  const { id } = await insertMedia();
  await suggestFor({ id, thumbnailVersion: "another-1" });
  expect(await suggestionsOf(`/v1/media/${id}`)).toBeNull();
});

it("a description that the record has to the letter is not shown", async () => {
  const objectMetadata = { description: "A dog runs along a beach." };
  const { id } = await insertSuggested({}, { objectMetadata });
  expect(await suggestionsOf(`/v1/media/${id}`)).toBeNull();
});

it("what was learned of a keyword is weighed once for all records of a page", async () => {
  const insert = async () => ({ ...(await insertSuggested({ keywords: { dog: 0.6 } })), objectMetadata: {} });
  const media = [await insert()];
  await teach("dog", 20, 0);
  const { db } = servicesOf();
  const exp = vi.spyOn(Math, "exp");
  onTestFinished(() => exp.mockRestore());
  await readSuggestions(db, media);
  const once = exp.mock.calls.length;
  expect(once).toBeGreaterThan(0);
  for (let more = 0; more < 9; more += 1) media.push(await insert());
  exp.mockClear();
  await readSuggestions(db, media);
  expect(exp.mock.calls.length).toBe(once);
});

it("a keyword that people have refused again and again is not shown", async () => {
  await teach("dog", 0, 20);
  const { id } = await insertSuggested({ description: null, keywords: { dog: 0.7 } });
  expect(await suggestionsOf(`/v1/media/${id}`)).toBeNull();
});

it("fields that leave suggestions out spare reading them", async () => {
  await insertSuggested();
  const queries: string[] = [];
  const DB = observedDatabase(env.DB, { before: (query) => void queries.push(query) });
  await apiWith({ ...suggestingEnv, DB }, "/v1/media?fields=object_key");
  expect(queries.filter((query) => query.includes("suggestion"))).toEqual([]);
  const response = await suggestingApi("/v1/media?fields=suggestions.description");
  expect(page.parse(await response.json()).items).toMatchObject([
    { suggestions: { description: "A dog runs along a beach." } },
  ]);
});

it("a page of a hundred reads two rows for each record, and two for each keyword", async () => {
  const media = buildMany(100);
  await insertMany(media);
  for (const each of media) await suggestFor(each, { keywords: { beach: 0.9, dog: 0.6, sea: 0.7 } });
  await teach("dog", 20, 0);
  const off = await apiCost("/v1/media");
  const on = await apiCost("/v1/media", {}, suggestingEnv);
  expect(page.parse(await on.response.json()).items).toHaveLength(100);
  expect(on.statements - off.statements).toBe(2);
  expect(on.rowsRead - off.rowsRead).toBeLessThanOrEqual(2 * 100 + 2 * 3 + 2);
});

it("an export says nothing of suggestions", async () => {
  await insertSuggested();
  const off = await (await api("/v1/export")).text();
  expect(await (await suggestingApi("/v1/export")).text()).toBe(off);
  expect(off).not.toContain("suggestions");
});

it("an unchanged record is not sent again", async () => {
  const { id } = await insertSuggested();
  const tag = (await suggestingApi(`/v1/media/${id}`)).headers.get("ETag") ?? "";
  const again = await suggestingApi(`/v1/media/${id}`, { headers: { "If-None-Match": tag } });
  expect(again.status).toBe(304);
});

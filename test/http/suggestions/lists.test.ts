import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { z } from "zod";

import { api, apiCost, apiWith } from "../../support/http/api.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import {
  insertSuggested,
  suggestFor,
  suggestingApi,
  suggestingEnv,
} from "../../support/records/suggestions.ts";

const page = z.object({
  items: z.array(z.object({ id: z.string() })),
  total: z.number().nullable(),
  next_cursor: z.string().nullable(),
});

async function list(query: string): Promise<z.infer<typeof page>> {
  return page.parse(await (await suggestingApi(`/v1/media?fields=id&${query}`)).json());
}

async function ids(query: string): Promise<string[]> {
  return (await list(query)).items.map(({ id }) => id);
}

it("has=suggestions lists what waits for a person, without=suggestions the rest", async () => {
  const { id } = await insertSuggested();
  const { id: plain } = await insertMedia();
  const { id: refused } = await insertSuggested();
  await suggestingApi(`/v1/media/${refused}/suggestions`, { method: "DELETE" });
  expect(await list("has=suggestions")).toMatchObject({ items: [{ id }], total: 1 });
  expect(await list("without=suggestions")).toMatchObject({
    items: [{ id: plain }, { id: refused }],
    total: 2,
  });
});

it("what is missing or in the trash is listed where it belongs", async () => {
  const { id: missing } = await insertSuggested({}, { missingSince: 1 });
  const { id: trashed } = await insertSuggested();
  const { id } = await insertSuggested();
  await api(`/v1/media/${trashed}`, { method: "DELETE" });
  expect(await ids("has=suggestions")).toEqual([id]);
  expect(await ids("has=suggestions&missing=true")).toEqual([missing]);
  expect(await ids("has=suggestions&missing=any")).toEqual([missing, id]);
});

it.each(["", "&order=desc", "&sort=taken_at", "&sort=file_size&order=desc", "&shuffle=true", "&missing=any"])(
  "along has=suggestions%s every record comes once",
  async (order) => {
    const expected: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      expected.push((await insertSuggested()).id);
      await insertMedia();
    }
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const cursor: string = next === null ? "" : `&cursor=${encodeURIComponent(next)}`;
      const { items, next_cursor: following } = await list(`has=suggestions&limit=3${order}${cursor}`);
      seen.push(...items.map(({ id }) => id));
      next = following;
    } while (next !== null);
    expect(seen.toSorted()).toEqual(expected.toSorted());
  },
);

it("one in the trash does not end the list", async () => {
  const { id: first } = await insertSuggested();
  const { id: trashed } = await insertSuggested();
  const { id: last } = await insertSuggested();
  await api(`/v1/media/${trashed}`, { method: "DELETE" });
  const { items, next_cursor: next } = await list("has=suggestions&limit=1");
  expect(items).toEqual([{ id: first }]);
  expect(await ids(`has=suggestions&limit=1&cursor=${encodeURIComponent(next ?? "")}`)).toEqual([last]);
});

it("they come in the order of their creation", async () => {
  const { id: first } = await insertSuggested();
  const { id: second } = await insertSuggested();
  const { id: third } = await insertSuggested();
  expect(await ids("has=suggestions")).toEqual([first, second, third]);
  expect(await ids("has=suggestions&order=desc")).toEqual([third, second, first]);
});

it("other filters hold as well", async () => {
  const { id } = await insertSuggested({}, { objectMetadata: { keywords: ["sea"] } });
  await insertSuggested({}, { objectMetadata: { keywords: ["land"] } });
  await insertMedia({ objectMetadata: { keywords: ["sea"] } });
  expect(await ids("has=suggestions&keyword=sea")).toEqual([id]);
  expect(await ids("has=suggestions&has=keywords&keyword=sea&without=description")).toEqual([id]);
  expect(await ids("has=suggestions&without=suggestions")).toEqual([]);
});

it("few suggestions among many records are found by their own index", async () => {
  const media = buildMany(1500);
  await insertMany(media);
  for (const each of media.slice(700, 705)) await suggestFor(each);
  const { response, rowsRead } = await apiCost("/v1/media?has=suggestions&fields=id", {}, suggestingEnv);
  expect(page.parse(await response.json()).items).toHaveLength(5);
  expect(rowsRead).toBeLessThan(60);
});

it.each(["/v1/timeline?has=suggestions", "/v1/media?shuffle=true&has=suggestions"])(
  "%s goes by it too",
  async (path) => {
    await insertSuggested({}, { takenAt: "2024-07-14T12:00:00.000" });
    await insertMedia({ takenAt: "2024-07-15T12:00:00.000" });
    const { items } = z
      .object({ items: z.array(z.unknown()) })
      .parse(await (await suggestingApi(path)).json());
    expect(items).toHaveLength(1);
  },
);

it("without models no record has suggestions, each is without, and no table of them is read", async () => {
  const { id } = await insertSuggested();
  const queries: string[] = [];
  const DB = observedDatabase(env.DB, { before: (query) => void queries.push(query) });
  const has = page.parse(await (await apiWith({ DB }, "/v1/media?has=suggestions")).json());
  expect(has).toMatchObject({ items: [], total: 0 });
  const without = page.parse(await (await apiWith({ DB }, "/v1/media?without=suggestions")).json());
  expect(without).toMatchObject({ items: [{ id }], total: 1 });
  expect(queries.filter((query) => query.includes("suggestion"))).toEqual([]);
});

it("the overview counts what waits for a person, by one row", async () => {
  await insertSuggested();
  await insertSuggested({}, { missingSince: 1 });
  expect(await (await api("/v1/overview")).json()).toMatchObject({ suggestions: 0 });
  const off = await apiCost("/v1/overview");
  const on = await apiCost("/v1/overview", {}, suggestingEnv);
  expect(await on.response.json()).toMatchObject({ suggestions: 1 });
  expect(on.rowsRead - off.rowsRead).toBe(1);
});

import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { insertMedia } from "../../support/records/media.ts";
import { insertSuggested, suggestingApi, suggestingEnv } from "../../support/records/suggestions.ts";

const page = z.object({
  items: z.array(z.looseObject({ id: z.string(), source: z.string().optional() })),
  total: z.number().nullable(),
  total_capped: z.boolean(),
  next_cursor: z.string().nullable(),
  facets: z.record(z.string(), z.array(z.looseObject({ value: z.string(), count: z.number() }))).optional(),
});

async function search(query: string): Promise<z.infer<typeof page>> {
  return page.parse(await (await suggestingApi(`/v1/search?${query}`)).json());
}

async function found(query: string): Promise<(readonly [string, string | undefined])[]> {
  return (await search(query)).items.map(({ id, source }) => [id, source] as const);
}

it("what only suggestions match comes last and says so, the newest first", async () => {
  const { id: first } = await insertSuggested();
  const { id: elsewhere } = await insertMedia({ objectMetadata: { title: "Dog" } });
  const { id: own } = await insertMedia({ objectMetadata: { description: "My dog" } });
  const { id: second } = await insertSuggested();
  const result = await search("q=dog");
  expect(result.items.map(({ id, source }) => [id, source])).toEqual([
    [own, undefined],
    [elsewhere, undefined],
    [second, "suggestion"],
    [first, "suggestion"],
  ]);
  expect(result).toMatchObject({ total: 4, total_capped: false, next_cursor: null });
});

it("a record whose own words match comes once, as such", async () => {
  const { id } = await insertSuggested({}, { objectMetadata: { title: "Dog" } });
  expect(await found("q=dog")).toEqual([[id, undefined]]);
});

it("suggestions=false leaves them out", async () => {
  await insertSuggested();
  expect(await search("q=dog&suggestions=false")).toMatchObject({ items: [], total: 0 });
});

it("a service without models finds none, and its statements know nothing of them", async () => {
  await insertSuggested();
  const queries: string[] = [];
  const DB = observedDatabase(env.DB, { before: (query) => void queries.push(query) });
  const { response } = await apiCost("/v1/search?q=dog&has=suggestions", {}, { DB });
  expect(await response.json()).toMatchObject({ items: [], total: 0 });
  expect(queries.filter((query) => query.includes("suggestion"))).toEqual([]);
});

it.each([
  ["a phrase", "q=%22runs+along%22", true],
  ["words that do not stand so", "q=%22along+runs%22", false],
  ["the beginning of a word", "q=bea", true],
  ["a suggested keyword", "q=keyword:%22new+york%22", true],
  ["a word of a suggested keyword", "q=york", true],
  ["words and a keyword", "q=dog+keyword:%22new+york%22", true],
  ["a keyword that is not suggested", "q=keyword:york", false],
  ["an exclusion in the suggestion", "q=dog+-beach", false],
  ["an exclusion in the record's own words", "q=dog+-private", false],
  ["an exclusion that holds", "q=dog+-cat", true],
  ["a camera", "q=dog+camera:nikon", false],
  ["a folder", "q=dog+folder:trip", true],
  ["another folder", "q=dog+folder:home", false],
  ["a filter that holds", "q=dog&keyword=private", true],
  ["a filter that does not", "q=dog&keyword=public", false],
  ["the word of a filter only", "q=private&keyword=dog", false],
])("%s: %s finds it: %s", async (_what, query, isFound) => {
  await insertSuggested(
    { keywords: { "New York": 0.9 } },
    { objectKey: "trip/a.jpg", objectMetadata: { keywords: ["private"] } },
  );
  expect(await found(query)).toHaveLength(isFound ? 1 : 0);
});

it("every record comes once along the cursors, whatever group it is of", async () => {
  const expected: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    expected.push((await insertMedia({ objectMetadata: { description: "dog" } })).id);
    expected.push((await insertMedia({ objectMetadata: { title: "dog" } })).id);
    expected.push((await insertSuggested()).id);
    await insertMedia();
  }
  for (const limit of [1, 2, 4, 6, 7]) {
    const seen: string[] = [];
    let next: string | null = null;
    let total: number | null = null;
    do {
      const cursor: string = next === null ? "" : `&cursor=${encodeURIComponent(next)}`;
      const result: z.infer<typeof page> = await search(`q=dog&limit=${limit}${cursor}`);
      seen.push(...result.items.map(({ id }) => id));
      total ??= result.total;
      next = result.next_cursor;
    } while (next !== null);
    expect(seen.toSorted()).toEqual(expected.toSorted());
    expect(total).toBe(15);
  }
});

it("a cursor is one of a search with suggestions or of one without", async () => {
  await insertSuggested();
  await insertMedia({ objectMetadata: { description: "dog" } });
  const cursor = encodeURIComponent((await search("q=dog&limit=1")).next_cursor ?? "");
  const other = await suggestingApi(`/v1/search?q=dog&limit=1&suggestions=false&cursor=${cursor}`);
  expect(await refusalOf(other)).toBe("422 validation_error cursor");
});

it("an offset goes on into what only suggestions match", async () => {
  const { id: old } = await insertSuggested();
  await insertSuggested();
  await insertMedia({ objectMetadata: { description: "dog" } });
  expect(await found("q=dog&offset=2")).toEqual([[old, "suggestion"]]);
});

it("facets count what people's words match alone", async () => {
  await insertSuggested({}, { objectMetadata: { keywords: ["sea"] } });
  await insertMedia({ objectMetadata: { description: "dog", keywords: ["land"] } });
  const { facets, total } = await search("q=dog&facets=keywords");
  expect(facets).toEqual({ keywords: [{ value: "land", count: 1 }] });
  expect(total).toBe(2);
});

it("what is accepted is found as a person's words, what is refused not at all", async () => {
  const { id } = await insertSuggested();
  const { id: other } = await insertSuggested();
  const accept = { method: "POST", json: { description: true } };
  await suggestingApi(`/v1/media/${id}/suggestions/accept`, accept);
  await suggestingApi(`/v1/media/${other}/suggestions`, { method: "DELETE" });
  expect(await found("q=dog")).toEqual([[id, undefined]]);
});

it("what is in the trash or missing is not found", async () => {
  const { id } = await insertSuggested();
  await insertSuggested({}, { missingSince: 1 });
  await api(`/v1/media/${id}`, { method: "DELETE" });
  expect(await found("q=dog")).toEqual([]);
});

it("a bulk change by words leaves alone what only suggestions match", async () => {
  await insertSuggested();
  const json = { filter: { q: "dog" }, add_keywords: ["sea"] };
  const answer = await (await suggestingApi("/v1/media/bulk", { method: "POST", json })).json();
  expect(answer).toMatchObject({ matched: 0 });
});

it("a search that suggestions have no part in costs one statement more", async () => {
  await insertMedia({ objectMetadata: { description: "dog" } });
  const off = await apiCost("/v1/search?q=dog&fields=id");
  const on = await apiCost("/v1/search?q=dog&fields=id", {}, suggestingEnv);
  expect(on.statements - off.statements).toBe(1);
  expect(on.rowsRead - off.rowsRead).toBeLessThanOrEqual(1);
});

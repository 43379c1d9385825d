import { expect } from "vitest";
import { z } from "zod";

import { mediaObjectSchema } from "../../../src/http/answers/media-json.ts";
import { api, apiCost, type ApiCost } from "../../support/http/api.ts";
import type { ListParameters } from "../../support/http/pages.ts";
import { insertMedia, type MediaContent } from "../../support/records/media.ts";

const item = z.strictObject({ ...mediaObjectSchema.shape, highlight: z.record(z.string(), z.string()) });

const facet = z.array(z.strictObject({ value: z.string(), count: z.int() }));

const results = z.strictObject({
  items: z.array(item),
  total: z.int().nullable(),
  total_capped: z.boolean(),
  limit: z.int(),
  offset: z.int().nullable(),
  pages: z.int().nullable(),
  next_cursor: z.string().nullable(),
  facets: z.record(z.string(), facet).optional(),
  facets_capped: z.boolean().optional(),
});

/** A page of results as clients get it. */
export type Results = z.infer<typeof results>;

/** The path of a search; an array is a parameter that is given several times. */
export function searchPath(q: string, parameters: ListParameters = {}): string {
  const pairs = Object.entries({ q, ...parameters }).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each]),
  );
  return `/v1/search?${new URLSearchParams(pairs).toString()}`;
}

/** The body as a page of results; fails unless the search was answered. */
export async function resultsOf(response: Response): Promise<Results> {
  expect(response.status).toBe(200);
  return results.parse(await response.json());
}

/** One page of a search. */
export async function search(q: string, parameters: ListParameters = {}): Promise<Results> {
  return resultsOf(await api(searchPath(q, parameters), { as: "read" }));
}

/** The object keys that the first page of a search shows. */
export async function found(q: string, parameters: ListParameters = {}): Promise<string[]> {
  return (await search(q, parameters)).items.map((each) => each.object_key);
}

/** The pages of a whole search along its cursors. */
export async function pagesOf(q: string, parameters: ListParameters = {}): Promise<Results[]> {
  const pages = [await search(q, parameters)];
  const { offset: _offset, ...others } = parameters;
  for (let cursor = pages[0]?.next_cursor ?? null; cursor !== null;) {
    const page = await search(q, { ...others, cursor });
    pages.push(page);
    cursor = page.next_cursor;
  }
  return pages;
}

/** The ids of these pages. */
export function idsOf(pages: readonly Results[]): string[] {
  return pages.flatMap(({ items }) => items.map(({ id }) => id));
}

/** One page of a search, and what it has cost in D1. */
export async function searchCost(
  q: string,
  parameters: ListParameters = {},
): Promise<ApiCost & { readonly page: Results }> {
  const cost = await apiCost(searchPath(q, parameters), { as: "read" });
  return { ...cost, page: await resultsOf(cost.response) };
}

/** Stores records with these keys and words, the last one the newest. */
export async function insertNamed(contents: Readonly<Record<string, MediaContent>>): Promise<void> {
  for (const [objectKey, content] of Object.entries(contents)) await insertMedia({ objectKey, ...content });
}

/** A record's words, as a person would have written them. */
export function described(description: string): MediaContent {
  return { objectMetadata: { description } };
}

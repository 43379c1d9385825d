import { z } from "zod";

import { api, type ApiRequest } from "./api.ts";
import { expect } from "vitest";

const linksAnswer = z.strictObject({
  data_url: z.url(),
  thumbnail_url: z.url().nullable(),
  expires_at: z.iso.datetime({ precision: 3 }),
});

/** Links as clients get them. */
export type LinksAnswer = z.infer<typeof linksAnswer>;

/** Makes the links of a media object. */
export async function linksOf(id: string, body: unknown = {}): Promise<LinksAnswer> {
  const response = await api(`/v1/media/${id}/links`, { method: "POST", json: body, as: "read" });
  expect(response.status).toBe(200);
  return linksAnswer.parse(await response.json());
}

/** The link to the thumbnail; empty, so that nothing is found there, where there is none. */
export async function thumbnailLink(id: string, body: unknown = {}): Promise<string> {
  return (await linksOf(id, body)).thumbnail_url ?? "";
}

/** Path and query of a link. */
export function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}

/** Follows a link without a key, and reads the answer to its end: an open stream would outlive the test. */
export async function follow(link: string, request: ApiRequest = {}): Promise<Response> {
  const response = await api(pathOf(link), { as: null, ...request });
  const body = await response.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, response);
}

/** A link with some of its parameters set to other values, or removed where they are null. */
export function altered(link: string, change: Readonly<Record<string, string | null>>): string {
  const url = new URL(link);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

import { expect } from "vitest";
import { z } from "zod";

import { api, type ApiRequest } from "./api.ts";
import { mediaOf } from "./answers.ts";

const revision = z.strictObject({
  revision: z.int(),
  changed_at: z.string().nullable(),
  changed_by: z.string().nullable(),
  operation_id: z.string().nullable(),
  object_metadata: z.record(z.string(), z.unknown()),
});

const revisionPage = z.strictObject({ items: z.array(revision), next_cursor: z.string().nullable() });

/** A page of the history of a record as clients get it. */
export type RevisionPage = z.infer<typeof revisionPage>;

/** The body as a page of a history; fails unless one was answered. */
export async function revisionsIn(response: Response): Promise<RevisionPage> {
  expect(response.status).toBe(200);
  return revisionPage.parse(await response.json());
}

/** The whole history of a record along the cursors, the newest revision first. */
export async function historyOf(id: string, limit = 200): Promise<RevisionPage["items"]> {
  const items: RevisionPage["items"] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: RevisionPage = await revisionsIn(
      await api(`/v1/media/${id}/history?limit=${limit}&cursor=${cursor}`, { as: "read" }),
    );
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return items;
}

/** Changes the words of a record by a merge patch. */
export async function patchWords(id: string, metadata: object): Promise<void> {
  await mediaOf(await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: metadata } }));
}

/** Asks for an earlier revision of a record. */
export async function revert(id: string, to: number, request: ApiRequest = {}): Promise<Response> {
  return api(`/v1/media/${id}/revert`, { method: "POST", as: "write", json: { revision: to }, ...request });
}

const bulkAnswer = z.strictObject({
  operation_id: z.string().nullable(),
  dry_run: z.boolean(),
  matched: z.int(),
  updated: z.int(),
  results: z.array(
    z.strictObject({
      id: z.string(),
      status: z.enum(["updated", "unchanged", "not_found", "invalid"]),
      revision: z.int().nullable(),
      detail: z.string().nullable(),
    }),
  ),
  next_cursor: z.string().nullable(),
});

/** What a bulk change answers. */
export type BulkAnswer = z.infer<typeof bulkAnswer>;

/** The body as what a bulk change answers; fails unless it was made. */
export async function bulkOf(response: Response): Promise<BulkAnswer> {
  expect(await response.clone().text()).not.toContain('"code"');
  return bulkAnswer.parse(await response.json());
}

/** Sends a bulk change. */
export async function sendBulk(json: object): Promise<Response> {
  return api("/v1/media/bulk", { method: "POST", as: "write", json });
}

/** Makes a bulk change by one call. */
export async function bulk(json: object): Promise<BulkAnswer> {
  return bulkOf(await sendBulk(json));
}

/** Makes a bulk change by as many calls as it takes. */
export async function bulkWhole(json: object): Promise<BulkAnswer[]> {
  const answers = [await bulk(json)];
  for (let cursor = answers[0]?.next_cursor ?? null; cursor !== null;) {
    const answer = await bulk({ ...json, cursor });
    answers.push(answer);
    cursor = answer.next_cursor;
  }
  return answers;
}

/** The statuses of a bulk change, each with the id that it is of. */
export function statusesOf({ results }: BulkAnswer): Readonly<Record<string, string>> {
  return Object.fromEntries(results.map(({ id, status }) => [id, status]));
}

import { expect } from "vitest";
import { z } from "zod";

import { mediaObjectSchema } from "../../../src/http/answers/media-json.ts";
import { api, type ApiRequest } from "./api.ts";
import { mediaOf } from "./answers.ts";

type Send = (path: string, request: ApiRequest) => Promise<Response>;

const operation = z.strictObject({
  operation_id: z.string(),
  kind: z.string(),
  changed_by: z.string().nullable(),
  changed_at: z.string(),
  updated: z.number(),
  reverted_by: z.string().nullable(),
});

const operationPage = z.strictObject({ items: z.array(operation), next_cursor: z.string().nullable() });

/** A page of operations, the newest first. */
export async function operationsOf(query = ""): Promise<z.infer<typeof operationPage>> {
  const response = await api(`/v1/operations${query}`, { as: "read" });
  expect(response.status).toBe(200);
  return operationPage.parse(await response.json());
}

const reverted = z.strictObject({
  operation_id: z.string(),
  reverted: z.number(),
  skipped: z.array(z.string()),
  next_cursor: z.string().nullable(),
});

/** Takes an operation back, or goes on with that; fails unless the service does. */
export async function takeBack(
  id: string,
  json: { readonly cursor?: string | null } = {},
  send: Send = api,
): Promise<z.infer<typeof reverted>> {
  const response = await send(`/v1/operations/${id}/revert`, { method: "POST", as: "write", json });
  expect(response.status).toBe(200);
  return reverted.parse(await response.json());
}

const conflicts = z.array(z.strictObject({ field: z.string(), values: z.array(z.unknown()) }));

const united = z.strictObject({
  operation_id: z.string().nullable(),
  dry_run: z.boolean(),
  updated: z.number(),
  unchanged: z.number(),
  conflicts,
});

/** Sends the body of a union, whatever that is. */
export async function askToUnite(json: unknown): Promise<Response> {
  return api("/v1/duplicates/unite", { method: "POST", as: "write", json });
}

/** Unites the words of records; fails unless the service does. */
export async function unite(ids: readonly string[], dryRun = false): Promise<z.infer<typeof united>> {
  const response = await askToUnite({ ids, dry_run: dryRun });
  expect(response.status).toBe(200);
  return united.parse(await response.json());
}

const relinked = z.strictObject({ operation_id: z.string(), media: mediaObjectSchema, conflicts });

/** Asks a missing record to take the object of another, or of whatever is given. */
export async function askToRelink(id: string, to: unknown, send: Send = api): Promise<Response> {
  return send(`/v1/media/${id}/relink`, { method: "POST", as: "write", json: { to } });
}

/** Lets a missing record take the object of another; fails unless the service does. */
export async function relink(id: string, to: string, send: Send = api): Promise<z.infer<typeof relinked>> {
  const response = await askToRelink(id, to, send);
  expect(response.status).toBe(200);
  return relinked.parse(await response.json());
}

/** The words of a record, as text, so that they are compared to the byte. */
export async function wordsOf(id: string): Promise<string> {
  return JSON.stringify((await mediaOf(await api(`/v1/media/${id}`))).object_metadata);
}

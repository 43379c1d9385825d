import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { z } from "zod";

import { apiCost } from "../../support/http/api.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import { insertSuggested, suggestingEnv } from "../../support/records/suggestions.ts";

const page = z.object({ items: z.array(z.unknown()), total: z.number(), total_capped: z.boolean() });

/** Stores records each of which has the same suggestion. */
async function insertManySuggested(count: number): Promise<void> {
  await insertMany(buildMany(count));
  await env.DB.prepare(
    `INSERT INTO suggestions (media_id, media_pk, picture, state, description, created_at, search_text)
     SELECT id, pk, thumbnail_version, 'open', 'A dog', 1700000000000, '+a +dog' FROM media_objects`,
  ).run();
}

it("a word that thousands of suggestions have is counted up to a thousand", async () => {
  await insertManySuggested(2500);
  const path = "/v1/search?q=dog&limit=10&fields=id";
  const { response, rowsRead, statements } = await apiCost(path, {}, suggestingEnv);
  const { items, ...counted } = page.parse(await response.json());
  expect(items).toHaveLength(10);
  expect(counted).toEqual({ total: 1000, total_capped: true });
  expect(statements).toBeLessThanOrEqual(10);
  expect(rowsRead).toBeLessThan(6000);
});

it("a word that nothing has costs as much as a service without models, and one statement", async () => {
  await insertManySuggested(50);
  const off = await apiCost("/v1/search?q=cat&fields=id");
  const on = await apiCost("/v1/search?q=cat&fields=id", {}, suggestingEnv);
  expect(on.rowsRead - off.rowsRead).toBe(0);
  expect(on.statements - off.statements).toBe(1);
});

it("accepting costs little more than an edit, and refusing less", async () => {
  const { id } = await insertSuggested();
  const { id: plain } = await insertSuggested();
  const path = `/v1/media/${id}/suggestions`;
  const patch = { method: "PATCH", json: { object_metadata: { description: "A dog runs along a beach." } } };
  const edit = await apiCost(`/v1/media/${plain}`, patch);
  const post = { method: "POST", json: { description: true } };
  const accept = await apiCost(`${path}/accept`, post, suggestingEnv);
  expect(accept.response.status).toBe(200);
  const refuse = await apiCost(`/v1/media/${plain}/suggestions`, { method: "DELETE" }, suggestingEnv);
  expect(refuse.response.status).toBe(204);
  expect(accept.rowsWritten - edit.rowsWritten).toBeLessThanOrEqual(12);
  expect(refuse.rowsWritten).toBeLessThanOrEqual(edit.rowsWritten);
});

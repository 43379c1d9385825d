import "../../support/setup.ts";
import "../../support/draws.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";

import { insertSuggested, suggestingApi } from "../../support/records/suggestions.ts";

const keywords = { dog: 0.6, sea: 0.75, Sand: 0.95 };

const record = fc.nat({ max: 2 });
const keyword = fc.constantFrom(...Object.keys(keywords));

/** What people do to three records, each with the same suggestions. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("accept"), record, description: fc.boolean(), keyword }),
  fc.record({ kind: fc.constant("refuse"), record }),
  fc.record({ kind: fc.constant("bulk"), suggestions: fc.constantFrom("accept", "refuse") }),
  fc.record({ kind: fc.constant("take back"), operation: fc.nat({ max: 5 }) }),
  fc.record({ kind: fc.constant("revert"), record, revision: fc.nat({ max: 4 }) }),
  fc.record({ kind: fc.constant("write"), record, description: fc.constantFrom("Mine", null), keyword }),
  fc.record({ kind: fc.constant("trash"), record }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A step as a request. */
function requestOf(each: Step, ids: readonly string[], operations: readonly string[]): [string, unknown] {
  const id = "record" in each ? ids[each.record] : undefined;
  if ("suggestions" in each) return ["POST /v1/media/bulk", { ids, suggestions: each.suggestions }];
  if ("operation" in each) return [`POST /v1/operations/${operations[each.operation]}/revert`, {}];
  if ("revision" in each) return [`POST /v1/media/${id}/revert`, { revision: each.revision }];
  if (!("keyword" in each))
    return [each.kind === "refuse" ? `DELETE /v1/media/${id}/suggestions` : `DELETE /v1/media/${id}`, {}];
  const { description, keyword: named } = each;
  if (each.kind === "accept")
    return [`POST /v1/media/${id}/suggestions/accept`, { description, keywords: [named] }];
  return [`PATCH /v1/media/${id}`, { object_metadata: { description, keywords: [named] } }];
}

const operationList = z.object({ items: z.array(z.object({ operation_id: z.string() })) });

async function operationIds(): Promise<string[]> {
  const answer = await (await suggestingApi("/v1/operations")).json();
  return operationList.parse(answer).items.map((each) => each.operation_id);
}

async function rows(query: string): Promise<unknown[]> {
  return (await env.DB.prepare(query).all()).results;
}

const learned = [5, 6, 7, 8, 9].flatMap((tenth) => [
  `sum(verdict = 'accepted' AND band = ${tenth}) AS accepted_${tenth}`,
  `sum(verdict = 'refused' AND band = ${tenth}) AS refused_${tenth}`,
]);
const names = [5, 6, 7, 8, 9].flatMap((tenth) => [`accepted_${tenth}`, `refused_${tenth}`]);

/** What was learned, recounted from the verdicts that stand. */
const recount = `
  SELECT folded, ${learned.join(", ")} FROM (
    SELECT c.value ->> 'folded' AS folded, CAST((c.value ->> 'score') * 10 AS INTEGER) AS band, v.value AS verdict
    FROM suggestions s CROSS JOIN json_each(s.candidates) c
    JOIN json_each(s.verdicts, '$.keywords') v ON v.key = c.value ->> 'folded')
  GROUP BY folded ORDER BY folded`;

const kept = `
  SELECT folded, ${names.join(", ")} FROM suggestion_keywords
  WHERE ${names.join(" + ")} <> 0 ORDER BY folded`;

const shownItem = z.object({
  revision: z.number(),
  object_metadata: z.object({ keywords: z.array(z.string()).optional() }),
  suggestions: z.object({ keywords: z.array(z.object({ keyword: z.string() })) }).nullable(),
});

/** What holds whatever was done. */
async function checkAll(): Promise<void> {
  expect(await rows("SELECT open FROM suggestion_totals")).toEqual(
    await rows("SELECT count(*) AS open FROM suggestions WHERE state = 'open' AND media_pk IS NOT NULL"),
  );
  expect(await rows(kept)).toEqual(await rows(recount));
  expect(await rows("SELECT rowid AS pk FROM suggestion_search ORDER BY pk")).toEqual(
    await rows(
      "SELECT media_pk AS pk FROM suggestions WHERE state = 'open' AND media_pk IS NOT NULL ORDER BY pk",
    ),
  );
  expect(
    await rows(
      "SELECT id FROM media_objects m WHERE revision <> (SELECT count(*) FROM media_revisions WHERE media_id = m.id)",
    ),
  ).toEqual([]);
  const answer = await (await suggestingApi("/v1/media")).json();
  for (const item of z.object({ items: z.array(shownItem) }).parse(answer).items) {
    const own = new Set((item.object_metadata.keywords ?? []).map((each) => each.toLowerCase()));
    const suggested = (item.suggestions?.keywords ?? []).map((each) => each.keyword.toLowerCase());
    expect(suggested.filter((each) => own.has(each))).toEqual([]);
  }
}

test("whatever people accept, refuse and take back, counts, full text and what was learned are right", async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
    await env.DB.prepare("DELETE FROM media_objects").run();
    await env.DB.prepare("DELETE FROM trashed_media").run();
    await env.DB.batch(
      ["operations", "media_revisions", "suggestion_keywords"].map((each) =>
        env.DB.prepare(`DELETE FROM ${each}`),
      ),
    );
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) ids.push((await insertSuggested({ keywords })).id);
    for (const each of steps) {
      const [target, json] = requestOf(each, ids, await operationIds());
      const [method = "", path = ""] = target.split(" ");
      const response = await suggestingApi(path, { method, json });
      expect([200, 204, 404, 412, 422]).toContain(response.status);
      await checkAll();
    }
  });
  await fc.assert(property, { numRuns: 12 });
}, 120_000);

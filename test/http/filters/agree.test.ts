import "../../support/setup.ts";
import "../../support/draws.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";

import { api } from "../../support/http/api.ts";
import { idsByCursor, listPage, type ListParameters } from "../../support/http/pages.ts";
import { buildMedia, insertMany } from "../../support/records/media.ts";
import { idsOf, pagesOf, search } from "../search/searches.ts";

const things = ["description", "keywords", "location", "taken_at"] as const;

const record = fc.record({
  description: fc.constantFrom("sea", ""),
  keywords: fc.subarray(["sea", "Red Sea", "東京"]),
  folder: fc.constantFrom("a/", "a/b/", "ab/", ""),
  takenAt: fc.constantFrom("2023-12-31T23:59:59.999", "2024-07-14T00:00:00.000", null),
  location: fc.constantFrom({ latitude: 0, longitude: 180 }, { latitude: 1, longitude: 1 }, null),
  contentType: fc.constantFrom("image/jpeg", "image/png"),
  state: fc.constantFrom("ready" as const, "pending" as const),
  provider: fc.constantFrom("r2", "other"),
  missingSince: fc.constantFrom(null, null, 5),
});

/** A parameter that is given now and then. */
function perhaps(
  name: string,
  ...values: readonly (string | readonly string[])[]
): fc.Arbitrary<ListParameters> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constantFrom(...values).map((value) => ({ [name]: value })) },
  );
}

const filter = fc
  .tuple(
    perhaps("missing", "any", "true"),
    perhaps("provider", "other"),
    perhaps("prefix", "a", "a/"),
    perhaps("keyword", "SEA", ["sea", "red sea"]),
    perhaps("content_type", "image/png"),
    perhaps("state", "pending"),
    perhaps("taken_after", "2024-01-01"),
    perhaps("taken_before", "2024-01-01"),
    perhaps("has", ...things),
    perhaps("without", ...things, ["description", "keywords"]),
    perhaps("within", "-1,170,2,-170", "0,0,2,2"),
  )
  .map((parts): ListParameters => Object.fromEntries(parts.flatMap((each) => Object.entries(each))));

type Drawn = typeof record extends fc.Arbitrary<infer T> ? T : never;

function build({ description, keywords, folder, location, ...columns }: Drawn, index: number) {
  const words = { description, keywords, ...(location === null ? {} : { location }) };
  return buildMedia({ ...columns, objectKey: `${folder}${index}.jpg`, objectMetadata: words });
}

const timeline = z.object({ items: z.array(z.object({ count: z.int() })), undated: z.int() });

async function timelineSum(parameters: ListParameters): Promise<number> {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each]),
  );
  const response = await api(`/v1/timeline?${new URLSearchParams(pairs).toString()}`);
  const { items, undated } = timeline.parse(await response.json());
  return items.reduce((sum, { count }) => sum + count, undated);
}

it("list, search, timeline, facets and totals agree on what a filter shows", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 10 }),
      filter,
      fc.constantFrom("sea", "-sea ", "tok", "東", "has:location", "folder:a -taken:2023"),
      async (records, parameters, q) => {
        await env.DB.prepare("DELETE FROM media_objects").run();
        await insertMany(records.map(build));
        const ids = await idsByCursor({ ...parameters, limit: "3" });
        expect((await listPage(parameters)).total).toBe(ids.length);
        const shuffled = await idsByCursor({ ...parameters, shuffle: "true", seed: "s", limit: "3" });
        expect(shuffled.toSorted()).toEqual(ids);
        expect(idsOf(await pagesOf("", { ...parameters, limit: "3" }))).toEqual(ids.toReversed());
        const found = idsOf(await pagesOf(q, { ...parameters, limit: "3" }));
        expect(ids).toEqual(expect.arrayContaining(found));
        const { total, facets } = await search(q, { ...parameters, facets: "content_type" });
        expect(total).toBe(found.length);
        expect(facets?.["content_type"]?.reduce((sum, { count }) => sum + count, 0)).toBe(found.length);
        for (const of of ["taken_at", "created_at"]) {
          expect(await timelineSum({ ...parameters, of })).toBe(ids.length);
          expect(await timelineSum({ ...parameters, of, q })).toBe(found.length);
        }
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

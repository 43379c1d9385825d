import fc from "fast-check";
import { expect, test } from "vitest";

import { clientOf, errorOf, replying } from "../support/client/service.ts";
import { buildMany, insertMany } from "../support/records/media.ts";
import "../support/setup.ts";

const list = "/v1/media";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** A service whose list has these pages, each behind its own number. */
function pagesOf(pages: readonly (readonly string[])[]) {
  const { fetch, sent } = replying(
    ...pages.map((items, index) =>
      Response.json({ items, next_cursor: index + 1 < pages.length ? `c${index + 1}` : null }),
    ),
  );
  return { fetch, sent };
}

test("the items of a list come from all of its pages, in their order", async () => {
  const rows = buildMany(7, () => ({}));
  await insertMany(rows);
  const ids = await all(clientOf().items(list, { sort: "object_key", limit: 3 }));
  expect(ids.map(({ object_key: key }) => key)).toEqual(rows.map(({ objectKey }) => objectKey).sort());
});

test("pages come one after the other, and the total with the first", async () => {
  await insertMany(buildMany(5, () => ({})));
  const pages = await all(clientOf().pages(list, { limit: 2 }));
  expect(pages.map(({ items, total }) => [items.length, total])).toEqual([
    [2, 5],
    [2, null],
    [1, null],
  ]);
});

test("a list that begins further on goes on by its cursor alone", async () => {
  await insertMany(buildMany(5, () => ({})));
  const pages = await all(clientOf().pages(list, { limit: 2, offset: 1 }));
  expect(pages.map(({ items }) => items.length)).toEqual([2, 2]);
});

test("the names in a path are filled, also with what an address could not have", async () => {
  const { fetch, sent } = pagesOf([["a"]]);
  const items = clientOf({ fetch }).items("/v1/media/{id}/history", {}, { path: { id: "a/b" } });
  expect(await all(items)).toEqual(["a"]);
  expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(["/v1/media/a%2Fb/history"]);
});

test("whatever the pages are, also empty ones, every item comes once, and a page is asked for once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.string(), { maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      async (pages) => {
        const { fetch, sent } = pagesOf(pages);
        const found: unknown[] = await all(clientOf({ fetch }).items(list));
        expect(found).toEqual(pages.flat());
        const cursors = sent.map(({ url }) => new URL(url).searchParams.get("cursor"));
        expect(cursors).toEqual([null, ...pages.slice(1).map((_, index) => `c${index + 1}`)]);
      },
    ),
    { numRuns: 50 },
  );
});

test("who has found an item asks for no other page", async () => {
  const { fetch, sent } = pagesOf([["a", "b"], ["c"]]);
  for await (const item of clientOf({ fetch }).items(list)) if (item) break;
  expect(sent).toHaveLength(1);
});

test("a cursor that comes again ends the walk with an error", async () => {
  const again = () => Response.json({ items: ["a"], next_cursor: "same" });
  const { fetch, sent } = replying(again(), again(), again());
  const error = await errorOf(all(clientOf({ fetch }).items(list)));
  expect(error).toMatchObject({ code: "unexpected_answer" });
  expect(sent).toHaveLength(2);
});

test.each([
  {},
  { items: {}, next_cursor: null },
  { items: [] },
  { items: [], next_cursor: "" },
  [],
  "text",
  null,
])("%j is no page", async (body) => {
  const { fetch } = replying(Response.json(body));
  expect((await errorOf(all(clientOf({ fetch }).items(list)))).code).toBe("unexpected_answer");
});

test("a walk that is stopped ends with the reason", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const { fetch } = pagesOf([["a"], ["b"]]);
  const walk = async (): Promise<void> => {
    for await (const item of clientOf({ fetch }).items(list, {}, { signal: stop.signal }))
      if (item) stop.abort(reason);
  };
  await expect(walk()).rejects.toBe(reason);
});

import "../../support/setup.ts";
import "../../support/draws.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { api } from "../../support/http/api.ts";
import {
  buildMany,
  buildMedia,
  insertMany,
  insertMedia,
  type MediaContent,
} from "../../support/records/media.ts";
import { described, search, searchPath, type Results } from "./searches.ts";

/** Of which group a record is: in its words, in its title, or in none. */
const kinds = ["words", "title", "none"] as const;

type Kind = (typeof kinds)[number];

const wordsOf: Readonly<Record<Kind, Record<string, unknown>>> = {
  words: { description: "a beach", title: null },
  title: { description: null, title: "beach" },
  none: { description: "sand", title: null },
};

function contentOf(kind: Kind): MediaContent {
  const fields = Object.entries(wordsOf[kind]).filter(([, value]) => value !== null);
  return { objectMetadata: Object.fromEntries(fields) };
}

/** What happens between two pages: to one of the records that were there, or beside them. */
type Event =
  | { readonly kind: "insert"; readonly as: Kind }
  | { readonly kind: "edit"; readonly at: number; readonly as: Kind }
  | { readonly kind: "lose" | "delete"; readonly at: number };

const at = fc.nat({ max: 14 });
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant("insert" as const), as: fc.constantFrom(...kinds) }),
  fc.record({ kind: fc.constant("edit" as const), at, as: fc.constantFrom(...kinds) }),
  fc.record({ kind: fc.constantFrom("lose" as const, "delete" as const), at }),
);

async function play(what: Event, ids: readonly string[]): Promise<string | null> {
  if (what.kind === "insert") {
    await insertMedia(contentOf(what.as));
    return null;
  }
  const id = ids[what.at % ids.length] ?? "";
  if (what.kind === "edit") {
    const json = { object_metadata: wordsOf[what.as] };
    const { status } = await api(`/v1/media/${id}`, { method: "PATCH", json });
    if (status !== 200 && status !== 404) throw new Error(`an edit was answered by ${status}`);
  } else if (what.kind === "lose")
    await env.DB.prepare("UPDATE media_objects SET missing_since = 5 WHERE id = ?").bind(id).run();
  else await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(id).run();
  return id;
}

describe("a walk along the cursors of a search whose records change", () => {
  it("shows every match that has not changed exactly once, in its order", async () => {
    const everyPage = fc.array(event, { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 15 }),
        fc.array(everyPage, { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (drawn, events, limit) => {
          await env.DB.prepare("DELETE FROM media_objects").run();
          const rows = drawn.map((kind) => ({ kind, row: buildMedia(contentOf(kind)) }));
          await insertMany(rows.map(({ row }) => row));
          const ids = rows.map(({ row }) => row.id);
          const changed = new Set<string>();
          const shown: string[] = [];
          const pages = events.values();
          for (let cursor: string | null = ""; cursor !== null;) {
            const page: Results = await search("beach", { limit: String(limit), cursor });
            shown.push(...page.items.map(({ id }) => id));
            cursor = page.next_cursor;
            for (const each of pages.next().value ?? []) changed.add((await play(each, ids)) ?? "");
          }
          const newest = rows.toReversed();
          const expected = (["words", "title"] as const)
            .flatMap((group) => newest.filter(({ kind }) => kind === group))
            .map(({ row }) => row.id)
            .filter((id) => !changed.has(id));
          expect(shown.filter((id) => expected.includes(id))).toEqual(expected);
        },
      ),
      { numRuns: 120 },
    );
  }, 120_000);

  it("shows a record another time that has moved from the first group into the second meanwhile", async () => {
    const built = buildMany(2, () => described("beach"));
    await insertMany(built);
    const first = await search("beach", { limit: "1" });
    const [shown] = first.items;
    const json = { object_metadata: { description: null, title: "beach" } };
    await api(`/v1/media/${shown?.id}`, { method: "PATCH", json });
    const rest = await search("beach", { cursor: first.next_cursor ?? "" });
    expect(rest.items.map(({ id }) => id)).toEqual([built[0]?.id, shown?.id]);
  });

  it("goes on where the last record of a page was deleted, and its row id given to another", async () => {
    const built = buildMany(3, () => described("beach"));
    await insertMany(built);
    const first = await search("beach", { limit: "1" });
    await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(built[2]?.id).run();
    const { id } = await insertMedia(described("beach"));
    const rest = await search("beach", { cursor: first.next_cursor ?? "" });
    expect(rest.items.map((each) => each.id)).toEqual([built[1]?.id, built[0]?.id]);
    expect((await search("beach")).items[0]?.id).toBe(id);
  });

  it("ends where everything was deleted meanwhile", async () => {
    await insertMany(buildMany(3, () => described("beach")));
    const first = await search("beach", { limit: "1" });
    await env.DB.prepare("DELETE FROM media_objects").run();
    const rest = await api(searchPath("beach", { cursor: first.next_cursor ?? "" }));
    expect(await rest.json()).toMatchObject({ items: [], next_cursor: null });
  });
});

import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { anyHash, insertPictured } from "../../support/records/copies.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";

const page = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      content_hash: z.string().nullable(),
      file_size: z.number().nullable(),
      count: z.number(),
      capped: z.boolean(),
      media: z.array(z.object({ id: z.string() })),
    }),
  ),
  next_cursor: z.string().nullable(),
});

type Page = z.infer<typeof page>;

async function duplicates(query: Readonly<Record<string, string>> = {}): Promise<Page> {
  const response = await api(`/v1/duplicates?${new URLSearchParams(query).toString()}`, { as: "read" });
  expect(response.status).toBe(200);
  return page.parse(await response.json());
}

/** All pages from a first one on. */
async function walk(query: Readonly<Record<string, string>> = {}): Promise<Page[]> {
  const pages = [await duplicates(query)];
  for (let cursor = pages[0]?.next_cursor ?? null; cursor !== null;) {
    const next = await duplicates({ ...query, cursor });
    pages.push(next);
    cursor = next.next_cursor;
  }
  return pages;
}

function idsOf({ items }: Page): string[][] {
  return items.map(({ media }) => media.map(({ id }) => id));
}

const bytes = { contentHash: "md5:aa", fileSize: 10 } as const;

async function putTogether(group: string, ...ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await env.DB.prepare("INSERT INTO picture_copies (group_id, media_id) VALUES (?, ?)")
      .bind(group, id)
      .run();
}

describe("GET /v1/duplicates of equal bytes", () => {
  it("lists the records that have the same content hash and size, the oldest first", async () => {
    const [a, b] = [await insertMedia(bytes), await insertMedia(bytes)];
    await insertMedia({ contentHash: "md5:aa", fileSize: 11 });
    await insertMedia();
    expect(await duplicates()).toEqual({
      items: [
        {
          kind: "equal",
          content_hash: "md5:aa",
          file_size: 10,
          count: 2,
          capped: false,
          media: [expect.objectContaining({ id: a.id }), expect.objectContaining({ id: b.id })],
        },
      ],
      next_cursor: null,
    });
  });

  it("lists a record that was changed to the bytes of another", async () => {
    const [a, b] = [await insertMedia(bytes), await insertMedia({ fileSize: 10 })];
    await env.DB.prepare("UPDATE media_objects SET content_hash = 'md5:aa' WHERE id = ?").bind(b.id).run();
    expect(idsOf(await duplicates())).toEqual([[a.id, b.id]]);
  });

  it("leaves out what is missing, and a group of which one is left", async () => {
    const [a, , c] = [
      await insertMedia(bytes),
      await insertMedia({ ...bytes, missingSince: 1 }),
      await insertMedia(bytes),
    ];
    const before = { contentHash: "md5:a", fileSize: 10 };
    await insertMedia(before);
    await insertMedia({ ...before, missingSince: 1 });
    expect(idsOf(await duplicates({ limit: "1" }))).toEqual([[a.id, c.id]]);
  });

  it("leaves out the trash, and has what is restored again", async () => {
    const [a, b] = [await insertMedia(bytes), await insertMedia(bytes)];
    await api(`/v1/media/${b.id}`, { method: "DELETE" });
    expect(idsOf(await duplicates())).toEqual([]);
    await api(`/v1/media/${b.id}/restore`, { method: "POST" });
    await env.DB.prepare("UPDATE media_objects SET missing_since = NULL").run();
    expect(idsOf(await duplicates())).toEqual([[a.id, b.id]]);
  });

  it("goes on by a cursor, with each group once, whatever comes in between", async () => {
    const groups = ["md5:1", "md5:3", "md5:5", "md5:7"].flatMap((contentHash) => [contentHash, contentHash]);
    await insertMany(
      buildMany(groups.length, (index) => ({ contentHash: groups[index] ?? null, fileSize: 5 })),
    );
    const first = await duplicates({ limit: "2" });
    await insertMany(buildMany(4, (index) => ({ contentHash: index < 2 ? "md5:2" : "md5:6", fileSize: 5 })));
    const second = await duplicates({ limit: "2", cursor: first.next_cursor ?? "" });
    const third = await duplicates({ limit: "2", cursor: second.next_cursor ?? "" });
    const hashes = [first, second, third].flatMap(({ items }) => items.map((item) => item.content_hash));
    expect(hashes).toEqual(["md5:1", "md5:3", "md5:5", "md5:6", "md5:7"]);
  });

  it("shows 50 records of a group, and counts it to 1,000", async () => {
    await insertMany(buildMany(900, () => bytes));
    await insertMany(buildMany(2500, () => ({ contentHash: "md5:bb", fileSize: 10 })));
    const { items } = await duplicates();
    expect(items.map(({ count, capped, media }) => [count, capped, media.length])).toEqual([
      [900, false, 50],
      [1100, true, 50],
    ]);
  });

  it("finds the two records that are there behind very many that are missing, on a later page", async () => {
    await insertMany(buildMany(10_300, (index) => ({ ...bytes, missingSince: index === 10 ? null : 1 })));
    const last = await insertMedia(bytes);
    await insertMany(buildMany(2, () => ({ contentHash: "md5:bb", fileSize: 10 })));
    const pages = await walk();
    expect(pages.map(({ items }) => items.length)).toEqual([0, 2]);
    expect(pages[1]?.items.map(({ content_hash: hash, count }) => [hash, count])).toEqual([
      ["md5:aa", 2],
      ["md5:bb", 2],
    ]);
    expect(idsOf(pages[1] ?? { items: [], next_cursor: null })[0]?.[1]).toBe(last.id);
  });
});

describe("GET /v1/duplicates of the same picture", () => {
  it("lists groups without hash and size, the oldest record first", async () => {
    const [a, b, c] = [
      await insertPictured(anyHash()),
      await insertPictured(anyHash()),
      await insertPictured(anyHash()),
    ];
    await putTogether("g", c.id, a.id, b.id);
    const { items, next_cursor: next } = await duplicates({ kind: "same" });
    expect(next).toBeNull();
    expect(items).toEqual([
      expect.objectContaining({ kind: "same", content_hash: null, file_size: null, count: 3, capped: false }),
    ]);
    expect(items[0]?.media.map(({ id }) => id)).toEqual([a.id, b.id, c.id]);
  });

  it("leaves out what is missing, and a group of which one is left", async () => {
    const [a, b, c, d] = [
      await insertPictured(anyHash()),
      await insertPictured(anyHash(), { missingSince: 1 }),
      await insertPictured(anyHash()),
      await insertPictured(anyHash(), { missingSince: 1 }),
    ];
    await putTogether("g", a.id, b.id, c.id);
    await putTogether("h", (await insertPictured(anyHash())).id, d.id);
    expect(idsOf(await duplicates({ kind: "same" }))).toEqual([[a.id, c.id]]);
  });

  it("goes on by a cursor, past groups however large", async () => {
    const rows = buildMany(1400);
    await insertMany(rows);
    const groupOf = (index: number): string =>
      index < 1300 ? "g1" : `g${2 + Math.floor((index - 1300) / 20)}`;
    await env.DB.prepare(
      "INSERT INTO picture_copies (group_id, media_id) SELECT value ->> 0, value ->> 1 FROM json_each(?)",
    )
      .bind(JSON.stringify(rows.map(({ id }, index) => [groupOf(index), id])))
      .run();
    const pages = await walk({ kind: "same", limit: "4" });
    expect(pages.map(({ items }) => items.map(({ count, capped }) => [count, capped]))).toEqual([
      [
        [1100, true],
        [20, false],
        [20, false],
        [20, false],
      ],
      [
        [20, false],
        [20, false],
      ],
    ]);
  });
});

describe("GET /v1/duplicates", () => {
  it("keeps an answer below 4 MiB, with whole groups", async () => {
    const long = { objectMetadata: { description: "x".repeat(1000), note: "y".repeat(30_000) } };
    const groups = Array.from(
      { length: 200 },
      (_, index) => `md5:${String(Math.floor(index / 20)).padStart(2, "0")}`,
    );
    await insertMany(
      buildMany(200, (index) => ({ ...long, contentHash: groups[index] ?? null, fileSize: 5 })),
    );
    const pages = await walk();
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ items }) => items.map(({ media }) => media.length))).toEqual(
      Array.from({ length: 10 }, () => 20),
    );
    for (const each of pages) expect(JSON.stringify(each).length).toBeLessThan(4 * 1024 * 1024);
  });

  it.each([
    ["kind=alike", "422 validation_error kind"],
    ["limit=101", "422 validation_error limit"],
    ["cursor=abc", "422 validation_error cursor"],
  ])("refuses %s", async (query, refusal) => {
    expect(await refusalOf(await api(`/v1/duplicates?${query}`))).toBe(refusal);
  });

  it("refuses a cursor of the other kind", async () => {
    await insertMany(buildMany(4, (index) => ({ contentHash: index < 2 ? "md5:1" : "md5:2", fileSize: 5 })));
    const { next_cursor: cursor } = await duplicates({ limit: "1" });
    const response = await api(`/v1/duplicates?kind=same&limit=1&cursor=${cursor}`);
    expect(await refusalOf(response)).toBe("422 validation_error cursor");
  });
});

import "../../support/setup.ts";

import fc from "fast-check";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { sortKeys } from "../../../src/db/lists/filter.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { hasBytePrefix } from "../../support/records/list-model.ts";
import {
  buildMany,
  buildMedia,
  insertMany,
  insertMedia,
  type MediaContent,
} from "../../support/records/media.ts";
import { idsByCursor, listPage, type ListParameters } from "../../support/http/pages.ts";

/** Stores one record for each content and tells which of them, by their place, a list shows. */
async function shown(contents: readonly MediaContent[], parameters: ListParameters): Promise<number[]> {
  const built = contents.map((content) => buildMedia(content));
  await insertMany(built);
  const page = await listPage(parameters);
  expect(page.total).toBe(page.items.length);
  expect(page.total_capped).toBe(false);
  return page.items.map((item) => built.findIndex((row) => row.id === item.id));
}

describe("GET /v1/media with a filter shows", () => {
  it("the records of a provider", async () => {
    const providers = ["r2", "other", "r2"].map((provider) => ({ provider }));
    expect(await shown(providers, { provider: "other" })).toEqual([1]);
  });

  it("those in a state", async () => {
    const states = (["ready", "pending", "failed", "unsupported", "pending"] as const).map((state) => ({
      state,
    }));
    expect(await shown(states, { state: "pending" })).toEqual([1, 4]);
  });

  it("those in the state ready", async () => {
    const states = (["ready", "pending", "failed", "ready"] as const).map((state) => ({ state }));
    expect(await shown(states, { state: "ready" })).toEqual([0, 3]);
  });

  it.each([
    ["image/png", [1]],
    ["image/*", [0, 1]],
    ["image/svg+xml", []],
    ["application/octet-stream", [2]],
  ])("those of the type %s", async (type, expected) => {
    const types = ["image/jpeg", "image/png", "application/octet-stream"].map((contentType) => ({
      contentType,
    }));
    expect(await shown(types, { content_type: type })).toEqual(expected);
  });

  it.each([
    ["false", [0, 3]],
    ["true", [1, 2]],
    ["any", [0, 1, 2, 3]],
  ])("those that are missing or not: %s", async (missing, expected) => {
    const rows = [null, 5, 6, null].map((missingSince) => ({ missingSince }));
    expect(await shown(rows, { missing })).toEqual(expected);
  });

  it.each([
    [["BEACH"], [0, 1, 3]],
    [["beach", "Family"], [1]],
    [["été"], [2]],
    [["ETE"], [2]],
    [[" beach "], [0, 1, 3]],
    [
      ["beach", "Beach"],
      [0, 1, 3],
    ],
    [["bea"], []],
    [["straße"], [3]],
  ])("those with all of the keywords %j, whatever case and accents", async (keyword, expected) => {
    const rows = [["beach"], ["Beach", "family"], ["Éte"], ["BEACH", "Straße"], []].map((keywords) => ({
      objectMetadata: { keywords },
    }));
    expect(await shown(rows, { keyword })).toEqual(expected);
  });

  it.each<[ListParameters, number[]]>([
    [{ taken_after: "2024-07-14" }, [1, 2, 3]],
    [{ taken_after: "2024-07-14T16:03" }, [2, 3]],
    [{ taken_after: "2024-07-14T16:03:00.001" }, [3]],
    [{ taken_before: "2024-07-14" }, [0]],
    [{ taken_before: "2024-07-14T16:03:00" }, [0, 1]],
    [{ taken_before: "2024-07-14T16:03:00.001" }, [0, 1, 2]],
    [{ taken_after: "2024-07-14", taken_before: "2024-07-15" }, [1, 2]],
    [{ taken_after: "2024-07-14", taken_before: "2024-07-15", missing: "any" }, [1, 2]],
    [{ taken_after: "2024-07-15", sort: "taken_at", order: "desc" }, [3]],
  ])("those taken at a time, by the camera's clock: %j", async (parameters, expected) => {
    const times = [
      "2024-07-13T23:59:59.999",
      "2024-07-14T00:00:00.000",
      "2024-07-14T16:03:00.000",
      "2024-07-15T00:00:00.000",
      null,
    ];
    expect(
      await shown(
        times.map((takenAt) => ({ takenAt, takenAtOffset: "+14:00" })),
        parameters,
      ),
    ).toEqual(expected);
  });

  it.each([
    ["2026-01-02T00:00:00Z", [1, 2]],
    ["2026-01-02T00:00:00.001Z", [2]],
    ["2026-01-02T02:00:00+02:00", [1, 2]],
  ])("those changed since %s", async (since, expected) => {
    const midnight = Date.UTC(2026, 0, 2);
    const rows = [midnight - 1, midnight, midnight + 1].map((updatedAt) => ({ updatedAt }));
    expect(await shown(rows, { updated_after: since })).toEqual(expected);
  });

  it("those for which everything given holds, in any order", async () => {
    const match = {
      state: "pending",
      contentType: "image/png",
      takenAt: "2024-07-14T16:03:00.000",
      updatedAt: 2_000_000_000_000,
      objectMetadata: { keywords: ["a", "b"] },
    } as const satisfies MediaContent;
    const rows = [
      { ...match, objectKey: "x/1" },
      { ...match, objectKey: "x/2", state: "ready" as const },
      { ...match, objectKey: "y/3" },
      { ...match, objectKey: "x/4", objectMetadata: { keywords: ["a"] } },
      { ...match, objectKey: "x/5", takenAt: null },
      { ...match, objectKey: "x/6", contentType: "application/pdf" },
      { ...match, objectKey: "x/7", updatedAt: 1 },
      { ...match, objectKey: "x/8", provider: "other" },
      { ...match, objectKey: "x/9" },
    ];
    const parameters = {
      provider: "r2",
      prefix: "x/",
      keyword: ["a", "b"],
      content_type: "image/*",
      state: "pending",
      taken_after: "2024-01-01",
      taken_before: "2025-01-01",
      updated_after: "2030-01-01T00:00:00Z",
    };
    expect(await shown(rows, { ...parameters, sort: "object_key", order: "desc" })).toEqual([8, 0]);
    expect((await idsByCursor({ ...parameters, sort: "file_size", limit: "1", missing: "any" })).length).toBe(
      2,
    );
    expect((await idsByCursor({ ...parameters, shuffle: "true", limit: "1" })).length).toBe(2);
  });
});

describe("GET /v1/media with all filters and as many keywords as are allowed", () => {
  const keywords = Array.from({ length: 20 }, (_, index) => `k${index}`);
  const orders: ListParameters[] = [
    ...sortKeys.map((sort) => ({ sort, order: "desc" })),
    { shuffle: "true" },
  ];

  it.each(orders)("shows what has all of it, in any order: %j", async (order) => {
    const match = { state: "pending", takenAt: "2024-07-14T16:03:00.000" } as const;
    // So many that no filter is short enough for its records to be sorted.
    const rows = Array.from({ length: 200 }, (_, index) => ({
      ...match,
      objectKey: `x/${index}`,
      objectMetadata: { keywords: index % 100 === 7 ? keywords : keywords.slice(0, 19) },
    }));
    const built = rows.map((row) => buildMedia(row));
    await insertMany(built);
    const ids = await idsByCursor({
      ...order,
      limit: "1",
      missing: "any",
      provider: "r2",
      prefix: "x/",
      keyword: keywords,
      content_type: "image/*",
      state: "pending",
      taken_after: "2024-01-01",
      taken_before: "2025-01-01",
      updated_after: "2020-01-01T00:00:00Z",
    });
    expect(ids.toSorted()).toEqual([built[7]?.id, built[107]?.id]);
  });
});

/** Characters at the edges of UTF-8 and of the patterns of SQL. */
const keyText = fc
  .array(
    fc.constantFrom(
      "a",
      "b",
      "A",
      "/",
      "%",
      "_",
      "*",
      "[",
      "?",
      "\\",
      "'",
      "é",
      "\ud7ff",
      "\ue000",
      "\uffff",
      "😀",
      "\u{10ffff}",
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(""));

describe("GET /v1/media with a prefix", () => {
  it("shows exactly the keys that begin with its bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(keyText, { maxLength: 15 }), keyText, async (keys, prefix) => {
        await env.DB.prepare("DELETE FROM media_objects").run();
        await insertMany(buildMany(keys.length, (index) => ({ objectKey: keys[index] ?? "" })));
        const page = await listPage({ prefix, sort: "object_key" });
        const found = page.items.map((item) => item.object_key);
        expect(new Set(found)).toEqual(new Set(keys.filter((key) => hasBytePrefix(key, prefix))));
      }),
      { numRuns: 100, seed: 20_261_122 },
    );
  }, 60_000);

  it.each([
    ["composed", "é/", 0],
    ["with a combining mark", "e\u0301/", 1],
  ])("takes an accent that is %s as it comes", async (_form, prefix, expected) => {
    const keys = ["é/1.jpg", "e\u0301/1.jpg", "é/2.jpg", "e\u0301/2.jpg"];
    const built = keys.map((objectKey) => buildMedia({ objectKey }));
    await insertMany(built);
    const wanted = [built[expected]?.id, built[expected + 2]?.id];
    expect((await listPage({ prefix })).items.map((item) => item.id)).toEqual(wanted);
    for (const order of [{ sort: "object_key" }, { shuffle: "true", seed: "s" }])
      expect(new Set(await idsByCursor({ prefix, limit: "1", ...order }))).toEqual(new Set(wanted));
  });

  it("takes no cursor of the same prefix in another normal form", async () => {
    await insertMany(["é/1.jpg", "é/2.jpg"].map((objectKey) => buildMedia({ objectKey })));
    const { next_cursor: cursor } = await listPage({ prefix: "é/", limit: "1" });
    const query = new URLSearchParams({ prefix: "e\u0301/", limit: "1", cursor: cursor ?? "" }).toString();
    expect(await refusalOf(await api(`/v1/media?${query}`))).toBe("422 validation_error cursor");
  });

  it("takes one that is longer than what LIKE can match", async () => {
    const folder = "x".repeat(300);
    const { id } = await insertMedia({ objectKey: `${folder}/1.jpg` });
    expect((await listPage({ prefix: folder })).items.map((item) => item.id)).toEqual([id]);
  });
});

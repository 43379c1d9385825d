import "../../support/setup.ts";
import "../../support/draws.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ListParameters } from "../../support/http/pages.ts";
import { hasBytePrefix } from "../../support/records/list-model.ts";
import { buildMedia, insertMany, insertMedia } from "../../support/records/media.ts";
import { expectedIds, isKnown, typed, type Asked, type Drawn, type Row } from "./model.ts";
import { found, idsOf, insertNamed, pagesOf, search } from "./searches.ts";

const words = ["sea", "seal", "sand", "red", "海边", "Ёлка"] as const;
const lower = words.map((word) => word.toLowerCase()).filter((word) => word !== "ёлка");
const text = fc.array(fc.constantFrom(...words), { maxLength: 4 });
const folders = ["a", "a/b", "ab", "sea/red"] as const;
const times = ["2023-12-31T23:59:59.999", "2024-07-14T00:00:00.000", "2024-08-01T10:00:00.000"] as const;
const knownNames = ["description", "keywords", "location", "taken_at"] as const;
const keywords = ["sea", "sea sand", "red", "seal"] as const;

const drawn: fc.Arbitrary<Drawn> = fc.record({
  description: fc.option(text),
  keywords: fc.uniqueArray(fc.constantFrom(...keywords), { maxLength: 2 }),
  title: fc.option(text),
  folder: fc.constantFrom(...folders),
  camera: fc.option(fc.constantFrom("Sea", "Red")),
  takenAt: fc.option(fc.constantFrom(...times)),
  isPlaced: fc.boolean(),
  contentType: fc.constantFrom("image/jpeg", "image/png"),
  state: fc.constantFrom("ready", "pending", "unsupported"),
  provider: fc.constantFrom("r2", "other"),
  isMissing: fc.boolean(),
  updatedAt: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_003 }),
});

const negated = fc.nat({ max: 3 }).map((value) => value === 0);
const asked: fc.Arbitrary<Asked> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      of: fc.constantFrom("word" as const),
      text: fc.constantFrom(...lower, "jpg", "a"),
      negated,
    }),
  },
  fc.record({
    of: fc.constantFrom("prefix" as const),
    text: fc.constantFrom("se", "s", "r", "海", "海边"),
    negated,
  }),
  fc.record({
    of: fc.constantFrom("phrase" as const),
    words: fc.array(fc.constantFrom("sea", "sand", "red"), { minLength: 2, maxLength: 2 }),
    negated,
  }),
  fc.record({ of: fc.constantFrom("keyword" as const), text: fc.constantFrom(...keywords), negated }),
  fc.record({ of: fc.constantFrom("camera" as const), text: fc.constantFrom("sea", "red"), negated }),
  fc.record({ of: fc.constantFrom("folder" as const), text: fc.constantFrom("a", "a/b", "sea"), negated }),
  fc.record({
    of: fc.constantFrom("taken" as const),
    text: fc.constantFrom("2024", "2024-07", "2023"),
    negated,
  }),
  fc.record({ of: fc.constantFrom("has" as const), text: fc.constantFrom(...knownNames), negated }),
);

/** A filter by its parameters, and what it shows. */
interface Filter {
  readonly parameters: ListParameters;
  readonly shows: (row: Row) => boolean;
}

const noFilter: Filter = { parameters: {}, shows: () => true };

function optional(arbitrary: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(noFilter) }, { weight: 1, arbitrary });
}

const filters = fc.tuple(
  fc.constantFrom("false", "true", "any").map((missing): Filter => ({
    parameters: { missing },
    shows: ({ isMissing }) => missing === "any" || isMissing === (missing === "true"),
  })),
  optional(
    fc.constantFrom("r2", "other", "none").map((provider) => ({
      parameters: { provider },
      shows: (row) => row.provider === provider,
    })),
  ),
  optional(
    fc.constantFrom("a", "a/", "sea/").map((prefix) => ({
      parameters: { prefix },
      shows: (row) => hasBytePrefix(row.built.objectKey, prefix),
    })),
  ),
  optional(
    fc.subarray([...keywords], { minLength: 1 }).map((keyword) => ({
      parameters: { keyword: keyword.map((each) => each.toUpperCase()) },
      shows: (row) => keyword.every((each) => row.keywords.includes(each)),
    })),
  ),
  optional(
    fc.constantFrom("image/png", "image/*", "video/*").map((type) => ({
      parameters: { content_type: type },
      shows: ({ contentType }) => contentType === type || type === "image/*",
    })),
  ),
  optional(
    fc.constantFrom("ready", "pending").map((state) => ({
      parameters: { state },
      shows: (row) => row.state === state,
    })),
  ),
  optional(
    fc.constantFrom("2024-07-14", "2024-07-15").map((after) => ({
      parameters: { taken_after: after },
      shows: ({ takenAt }) => takenAt !== null && takenAt >= after,
    })),
  ),
  optional(
    fc.constantFrom("2024-07-14", "2024-08-01").map((before) => ({
      parameters: { taken_before: before },
      shows: ({ takenAt }) => takenAt !== null && takenAt < before,
    })),
  ),
  optional(
    fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_004 }).map((since) => ({
      parameters: { updated_after: new Date(since).toISOString() },
      shows: ({ updatedAt }) => updatedAt >= since,
    })),
  ),
  optional(
    fc.subarray([...knownNames], { minLength: 1, maxLength: 2 }).map((names) => ({
      parameters: { has: names },
      shows: (row) => names.every((name) => isKnown(row, name)),
    })),
  ),
  optional(
    fc.subarray([...knownNames], { minLength: 1, maxLength: 2 }).map((names) => ({
      parameters: { without: names },
      shows: (row) => !names.some((name) => isKnown(row, name)),
    })),
  ),
  optional(fc.constant({ parameters: { within: "0,0,2,2" }, shows: (row: Row) => row.isPlaced })),
);

/** Rows of which each has a key of its own in its folder. */
function rowsOf(records: readonly Drawn[]): Row[] {
  return records.map((each, index) => {
    const objectMetadata = {
      ...(each.description === null ? {} : { description: each.description.join(" ") }),
      ...(each.keywords.length === 0 ? {} : { keywords: each.keywords }),
      ...(each.title === null ? {} : { title: each.title.join(" ") }),
      ...(each.isPlaced ? { location: { latitude: 1, longitude: 1 } } : {}),
    };
    const { contentType, state, provider, takenAt, updatedAt } = each;
    const built = buildMedia({
      objectKey: `${each.folder}/${index}.jpg`,
      objectMetadata,
      missingSince: each.isMissing ? 5 : null,
      ...(each.camera === null
        ? {}
        : { intrinsic: JSON.stringify({ camera: { make: each.camera, model: null, lens: null } }) }),
      ...{ contentType, state, provider, takenAt, updatedAt },
    });
    return { ...each, built };
  });
}

describe("GET /v1/search with filters", () => {
  it("finds what a model finds, in its order, page by page", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(drawn, { maxLength: 12 }),
        fc.array(asked, { maxLength: 3 }),
        filters,
        fc.integer({ min: 1, max: 5 }),
        async (records, query, drawnFilters, limit) => {
          await env.DB.prepare("DELETE FROM media_objects").run();
          const rows = rowsOf(records);
          await insertMany(rows.map(({ built }) => built));
          const shown = rows.filter((row) => drawnFilters.every(({ shows }) => shows(row)));
          const parameters: ListParameters = Object.assign(
            {},
            ...drawnFilters.map((each) => each.parameters),
          );
          const pages = await pagesOf(typed(query), { ...parameters, limit: String(limit) });
          const expected = expectedIds(shown, query);
          expect(idsOf(pages)).toEqual(expected);
          expect(pages[0]).toMatchObject({ total: expected.length, total_capped: false });
        },
      ),
      { numRuns: 250 },
    );
  }, 120_000);

  it("shows the records with some ids or with one key alone, missing ones by their ids, too", async () => {
    const built = [
      await insertMedia({ objectKey: "a", objectMetadata: { description: "sea" } }),
      await insertMedia({ objectKey: "b", objectMetadata: { description: "sea" }, missingSince: 5 }),
      await insertMedia({ objectKey: "c", objectMetadata: { description: "sand" } }),
      await insertMedia({ objectKey: "sea" }),
      await insertMedia({ objectKey: "d", provider: "other", objectMetadata: { description: "sea" } }),
      await insertMedia({ objectKey: "d", pathKey: "d2", objectMetadata: { description: "sea" } }),
    ];
    const id = built.slice(0, 4).map((each) => each.id);
    expect(await found("sea", { id })).toEqual(["b", "a", "sea"]);
    expect(await found("sea", { id, missing: "false" })).toEqual(["a", "sea"]);
    expect(await found("", { id: id.map((each) => each.toUpperCase()) })).toEqual(["sea", "c", "b", "a"]);
    expect(await found("sea", { id: ["none", "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11"] })).toEqual([]);
    expect(await found("sea", { object_key: "d" })).toEqual(["d", "d"]);
    expect(await found("sea", { object_key: "d", provider: "other" })).toEqual(["d"]);
    expect(await found("sea", { object_key: "b" })).toEqual([]);
    expect(await found("sea", { object_key: "b", missing: "true" })).toEqual(["b"]);
    expect(await found("sea", { object_key: "b", id })).toEqual(["b"]);
    expect(await found("sand", { object_key: "D" })).toEqual([]);
    expect(idsOf(await pagesOf("sea", { id, limit: "1" }))).toHaveLength(3);
  });

  it("tells keywords apart that full text does not", async () => {
    // U+0021 and U+2021 agree in their last twelve bits.
    await insertNamed({
      a: { objectMetadata: { keywords: ["a!b", "x"] } },
      b: { objectMetadata: { keywords: ["a\u2021b"] } },
      c: { objectMetadata: { keywords: ["a b", "X"] } },
    });
    expect(await found("", { keyword: "a!b" })).toEqual(["a"]);
    expect(await found("", { keyword: "A\u2021B" })).toEqual(["b"]);
    expect(await found("", { keyword: "a b" })).toEqual(["c"]);
    expect(await found("b", { keyword: ["a!b", "x"] })).toEqual(["a"]);
    expect(await search("b", { keyword: "a!b", limit: "1" })).toMatchObject({ total: 1 });
    expect(await found("", { keyword: ["x", "a"] })).toEqual([]);
  });

  it.each([
    "東京",
    "e\u0301te\u0301",
    "Été",
    "ﬁsh",
    "ẞ",
    "ΟΔΟΣ",
    "İstanbul",
    "½",
    "👍🏽",
    "\u0301",
    "a\u0000b",
    "-",
  ])("finds a keyword, whatever it is: %j", async (keyword) => {
    await insertNamed({ here: { objectMetadata: { keywords: [keyword] } }, none: {} });
    expect(await found("", { keyword })).toEqual(["here"]);
    expect(await found("here", { keyword: keyword.normalize("NFD") })).toEqual(["here"]);
  });
});

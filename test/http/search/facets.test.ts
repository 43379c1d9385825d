import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { seedMany } from "../../support/records/seed.ts";
import { described, insertNamed, search, searchPath } from "./searches.ts";

/** Facts of a file that name a camera. */
function camera(model: string): { readonly intrinsic: string } {
  return { intrinsic: JSON.stringify({ camera: { make: null, model, lens: null } }) };
}

describe("GET /v1/search with facets", () => {
  it("counts the values among the results, the most frequent first", async () => {
    await insertNamed({
      "beach/1": {
        ...camera("X100"),
        takenAt: "2024-07-14T16:03:11.000",
        objectMetadata: { keywords: ["Sand", "sea"] },
      },
      "beach/2": { ...camera("D850"), contentType: "image/png", objectMetadata: { keywords: ["sea"] } },
      "beach/3": {
        ...camera("D850"),
        takenAt: "2023-01-01T00:00:00.000",
        objectMetadata: { taken_at: "2024" },
      },
      "city/4": { ...camera("M11"), objectMetadata: { keywords: ["night"] } },
    });
    const { facets, facets_capped: capped } = await search("beach", {
      facets: "keywords,content_type,camera,year",
    });
    expect(facets).toEqual({
      keywords: [
        { value: "sea", count: 2 },
        { value: "Sand", count: 1 },
      ],
      content_type: [
        { value: "image/jpeg", count: 2 },
        { value: "image/png", count: 1 },
      ],
      camera: [
        { value: "D850", count: 2 },
        { value: "X100", count: 1 },
      ],
      year: [{ value: "2024", count: 2 }],
    });
    expect(capped).toBe(false);
  });

  it("has those that are asked for alone, and none where none is", async () => {
    await insertMedia();
    expect(Object.keys((await search("", { facets: "year,camera,year" })).facets ?? {})).toEqual([
      "year",
      "camera",
    ]);
    expect(await search("", { facets: "" })).not.toHaveProperty("facets");
    expect(await search("")).not.toHaveProperty("facets_capped");
  });

  it("has empty ones where nothing is found", async () => {
    await insertMedia(described("beach"));
    const { facets, facets_capped: capped } = await search("zebra", { facets: "keywords,year" });
    expect({ facets, capped }).toEqual({ facets: { keywords: [], year: [] }, capped: false });
  });

  it("counts values that are as frequent in their order", async () => {
    await insertMedia({ objectMetadata: { keywords: ["b", "c", "a", "B2"] } });
    const { facets } = await search("", { facets: "keywords" });
    expect(facets?.["keywords"]?.map(({ value }) => value)).toEqual(["a", "b", "B2", "c"]);
  });

  it("spells a keyword as it was spelt last, anywhere", async () => {
    await insertMedia({ objectKey: "one.jpg", objectMetadata: { keywords: ["ete"] } });
    await insertMedia({ objectKey: "two.jpg", objectMetadata: { keywords: ["Été"] } });
    const { facets } = await search("one", { facets: "keywords" });
    expect(facets).toEqual({ keywords: [{ value: "Été", count: 1 }] });
  });

  it("counts a camera once, however its files spell it, as it was spelt last", async () => {
    for (const model of ["d850", "NIKON D850", "Nikon D850", "X100"]) await insertMedia(camera(model));
    const { facets } = await search("", { facets: "camera" });
    expect(facets?.["camera"]).toEqual([
      { value: "Nikon D850", count: 2 },
      { value: "d850", count: 1 },
      { value: "X100", count: 1 },
    ]);
  });

  it("counts a keyword once for each record, however often the record spells it", async () => {
    await insertMedia({ objectMetadata: { keywords: ["Sea", "séa"] } });
    const { facets } = await search("", { facets: "keywords" });
    expect(facets?.["keywords"]).toEqual([{ value: "Sea", count: 1 }]);
  });

  it("tells the fifty most frequent values", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `k${100 + index}`);
    await insertMany([
      ...buildMany(1, () => ({ objectMetadata: { keywords: names } })),
      ...buildMany(1, () => ({ objectMetadata: { keywords: names.slice(-3) } })),
    ]);
    const { facets } = await search("", { facets: "keywords" });
    expect(facets?.["keywords"]).toHaveLength(50);
    expect(facets?.["keywords"]?.slice(0, 4)).toEqual([
      { value: "k157", count: 2 },
      { value: "k158", count: 2 },
      { value: "k159", count: 2 },
      { value: "k100", count: 1 },
    ]);
  });

  it("counts all results on every page, however few it holds", async () => {
    await insertMany(buildMany(5, () => ({ objectMetadata: { keywords: ["sea"] } })));
    const query = { facets: "keywords", limit: "2" };
    const first = await search("sea", query);
    const second = await search("sea", { ...query, cursor: first.next_cursor ?? "" });
    const offset = await search("sea", { ...query, offset: "4" });
    for (const page of [first, second, offset])
      expect(page).toMatchObject({
        facets: { keywords: [{ value: "sea", count: 5 }] },
        facets_capped: false,
      });
    expect(second.total).toBeNull();
  });

  it("counts what the filters show alone", async () => {
    await insertNamed({
      a: { objectMetadata: { keywords: ["sea"] } },
      b: { objectMetadata: { keywords: ["sea"] }, missingSince: 5 },
    });
    const { facets } = await search("sea", { facets: "keywords" });
    expect(facets).toEqual({ keywords: [{ value: "sea", count: 1 }] });
    const any = await search("sea", { facets: "keywords", missing: "any" });
    expect(any.facets).toEqual({ keywords: [{ value: "sea", count: 2 }] });
  });

  it("counts ten thousand results and says that there are more", async () => {
    await seedMany(10_001);
    const { facets, facets_capped: capped } = await search("all", { facets: "keywords,camera", limit: "1" });
    expect(facets).toEqual({ keywords: [{ value: "All", count: 10_000 }], camera: [] });
    expect(capped).toBe(true);
  }, 60_000);

  it.each([
    "foo",
    "keywords,foo",
    "keywords,",
    ",",
    "Keywords",
    "keywords, year",
    "__proto__",
    "constructor",
  ])("is refused: %j", async (facets) => {
    expect(await refusalOf(await api(searchPath("", { facets })))).toMatch(
      /^422 validation_error facets(?!\.)/,
    );
  });
});

import "../../support/setup.ts";

import { beforeEach, describe, expect, it } from "vitest";

import { sortKeys } from "../../../src/db/lists/filter.ts";
import { refusalOf, problemOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { idsByCursor, listPage, listPath, type ListParameters } from "../../support/http/pages.ts";
import { buildMany, buildMedia, insertMany } from "../../support/records/media.ts";

/** Stores one record for each content and tells which of them, by their place, a list shows. */
async function shown(
  contents: readonly Parameters<typeof buildMedia>[0][],
  parameters: ListParameters,
): Promise<number[]> {
  const built = contents.map((content) => buildMedia(content));
  await insertMany(built);
  const page = await listPage(parameters);
  expect(page.total).toBe(page.items.length);
  return page.items.map((item) => built.findIndex((row) => row.id === item.id));
}

async function refused(parameters: ListParameters): Promise<string> {
  return refusalOf(await api(listPath(parameters)));
}

describe("GET /v1/media with ids", () => {
  const built = buildMany(6, (index) => ({
    fileSize: 60 - index,
    missingSince: index === 2 ? 5 : null,
    objectMetadata: index === 3 ? { description: "d" } : {},
  }));
  const id = (index: number): string => built[index]?.id ?? "";

  beforeEach(async () => insertMany(built));

  it("shows those in the order of the sort, missing ones too, and leaves unknown ones out", async () => {
    const unknown = "018cc251-f401-7000-8000-000000000000";
    const ids = [id(4), id(1).toUpperCase(), unknown, "no id", id(2), id(4)];
    const page = await listPage({ id: ids });
    expect(page.items.map((item) => item.id)).toEqual([id(1), id(2), id(4)]);
    expect(page).toMatchObject({ total: 3, total_capped: false, next_cursor: null });
    expect((await listPage({ id: ids, sort: "file_size" })).items.map((item) => item.id)).toEqual([
      id(4),
      id(2),
      id(1),
    ]);
  });

  it.each<[ListParameters, number[]]>([
    [{ missing: "false" }, [1, 3]],
    [{ missing: "true" }, [2]],
    [{ has: "description" }, [3]],
    [{ without: "description" }, [1, 2]],
    [{ keyword: "none" }, []],
  ])("shows those that another filter leaves: %j", async (filter, expected) => {
    const page = await listPage({ ...filter, id: [id(1), id(2), id(3)] });
    expect(page.items.map((item) => item.id)).toEqual(expected.map(id));
  });

  it.each<ListParameters>([...sortKeys.map((sort) => ({ sort })), { shuffle: "true" }])(
    "goes through them page by page: %j",
    async (order) => {
      const ids = await idsByCursor({ ...order, id: built.map((row) => row.id), limit: "1" });
      expect(ids.toSorted()).toEqual(built.map((row) => row.id));
    },
  );

  it("takes two hundred and no more", async () => {
    const many = buildMany(200);
    await insertMany(many);
    const ids = many.map((row) => row.id);
    const { response, rowsRead } = await apiCost(listPath({ id: ids, limit: "500" }));
    expect(await response.json()).toMatchObject({ total: 200 });
    // To count and to list: each id, its entry in the index, and its record.
    expect(rowsRead).toBeLessThanOrEqual(2 * 3 * 200 + 10);
    expect(await refused({ id: [...ids, "x"] })).toBe("422 validation_error id");
  });

  it("is an empty list where none of them is an id", async () => {
    expect(await listPage({ id: ["x", "y"] })).toMatchObject({ items: [], total: 0, next_cursor: null });
  });

  it("takes no cursor of other ids, and that of the same ids in another order", async () => {
    const { next_cursor: cursor } = await listPage({ id: [id(1), id(2)], limit: "1" });
    const goes = await listPage({ id: [id(2), id(1), id(1)], limit: "1", cursor: cursor ?? "" });
    expect(goes.items.map((item) => item.id)).toEqual([id(2)]);
    expect(await refused({ id: [id(1), id(3)], limit: "1", cursor: cursor ?? "" })).toBe(
      "422 validation_error cursor",
    );
  });
});

describe("GET /v1/media with an object key", () => {
  it.each([
    "a/1.jpg",
    "海/写真 1.jpg",
    "Ελλάδα/Ω.jpg",
    "صور/١.jpg",
    "हिन्दी/क.jpg",
    "👩‍👩‍👧/😀.jpg",
    "a'%_*[?]\"\\.jpg",
  ])("shows exactly that key: %s", async (objectKey) => {
    const keys = [
      objectKey,
      `${objectKey}x`,
      objectKey.slice(0, -1),
      objectKey.toUpperCase(),
      `x${objectKey}`,
    ];
    expect(
      await shown(
        keys.map((key) => ({ objectKey: key })),
        { object_key: objectKey },
      ),
    ).toEqual([0]);
  });

  it("shows a key that is longer than one of an upload, also by its beginning", async () => {
    const folder = `${"é".repeat(700)}/${"x".repeat(700)}/`;
    const keys = [`${folder}1.jpg`, `${folder}2.jpg`, folder.slice(1)].map((objectKey) => ({ objectKey }));
    expect(await shown(keys, { object_key: `${folder}2.jpg` })).toEqual([1]);
    expect(await idsByCursor({ prefix: folder })).toHaveLength(2);
  });

  it("tells apart what looks the same in other normal forms", async () => {
    const keys = ["é.jpg", "e\u0301.jpg"].map((objectKey) => ({ objectKey }));
    expect(await shown(keys, { object_key: "e\u0301.jpg" })).toEqual([1]);
  });

  it("shows that of every provider, the missing one only if asked", async () => {
    const rows = [{ provider: "r2" }, { provider: "other" }, { provider: "third", missingSince: 5 }].map(
      (row) => Object.assign({ objectKey: "k" }, row),
    );
    const built = rows.map((row) => buildMedia(row));
    await insertMany(built);
    const ids = built.map((row) => row.id);
    expect(await idsByCursor({ object_key: "k", limit: "1" })).toEqual(ids.slice(0, 2));
    expect(await idsByCursor({ object_key: "k", limit: "1", missing: "any", order: "desc" })).toEqual(
      ids.toReversed(),
    );
    expect(await idsByCursor({ object_key: "k", provider: "other" })).toEqual([ids[1]]);
  });
});

describe("GET /v1/media within a box", () => {
  const places = [
    [10, 179.5],
    [10, -179.5],
    [10, 180],
    [10, -180],
    [90, 0],
    [-90, 135],
    [0, 0],
  ] as const;
  const rows = places.map(([latitude, longitude]) => ({
    objectMetadata: { location: { latitude, longitude } },
  }));

  it.each<[string, number[]]>([
    ["-90,-180,90,180", [0, 1, 2, 3, 4, 5, 6]],
    ["0,179,20,-179", [0, 1, 2, 3]],
    ["0,179,20,180", [0, 2, 3]],
    ["0,-180,20,-179", [1, 2, 3]],
    ["0,180,20,-180", [2, 3]],
    ["0,180,20,180", [2, 3]],
    ["10,179.5,10,179.5", [0]],
    ["10.0000001,-180,20,180", []],
    ["90,-180,90,180", [4]],
    ["-90,100,-89.5,180", [5]],
    ["-1e-7,-0,1e-7,0", [6]],
    ["0,1,0,0", [6]],
    ["1,2,3,4", []],
  ])("%s shows what lies in it or on its edges", async (within, expected) => {
    expect(await shown([...rows, {}], { within })).toEqual(expected);
  });

  it.each([
    ["1,2,3", "must be SOUTH,WEST,NORTH,EAST in degrees, such as 47.2,5.9,55.1,15.1"],
    ["1,2,3,4,5", "must be SOUTH,WEST,NORTH,EAST in degrees, such as 47.2,5.9,55.1,15.1"],
    ["1,2,3,", "must be SOUTH,WEST,NORTH,EAST in degrees, such as 47.2,5.9,55.1,15.1"],
    ["1,2,3,0x4", "must be SOUTH,WEST,NORTH,EAST in degrees, such as 47.2,5.9,55.1,15.1"],
    ["1,2,3,NaN", "must be SOUTH,WEST,NORTH,EAST in degrees, such as 47.2,5.9,55.1,15.1"],
    ["1, 2,3,4", "must be SOUTH,WEST,NORTH,EAST in degrees, such as 47.2,5.9,55.1,15.1"],
    ["-90.1,2,3,4", "has a latitude that is not between -90 and 90"],
    ["1,2,1e999,4", "has a latitude that is not between -90 and 90"],
    ["1,2,3,180.5", "has a longitude that is not between -180 and 180"],
    ["3,2,1,4", "has a south that is greater than its north"],
  ])("is refused where it is %s, and says why", async (within, message) => {
    const problem = await problemOf(await api(listPath({ within })));
    expect(problem).toMatchObject({ status: 422, errors: [{ path: "within", message }] });
  });

  it("is refused where there are two", async () => {
    expect(await refused({ within: ["1,2,3,4", "5,6,7,8"] })).toBe("422 validation_error within");
  });
});

describe("GET /v1/media by what is known", () => {
  const rows = [
    {},
    { objectMetadata: { description: "d" } },
    { objectMetadata: { description: "d", keywords: ["k"] } },
  ];

  it.each<[ListParameters, number[]]>([
    [{ has: "description" }, [1, 2]],
    [{ has: ["description", "description"] }, [1, 2]],
    [{ has: ["keywords", "description"] }, [2]],
    [{ without: ["description", "description"] }, [0]],
    [{ without: ["keywords", "description"] }, [0]],
    [{ has: "description", without: "keywords" }, [1]],
    [{ has: ["description", "keywords"], without: "keywords" }, []],
    [{ has: "location", within: "-90,-180,90,180" }, []],
    [{ without: "location", within: "-90,-180,90,180" }, []],
    [{ without: "taken_at", sort: "taken_at", order: "desc" }, [2, 1, 0]],
    [{ has: "taken_at", sort: "taken_at" }, []],
  ])("shows what has and lacks it: %j", async (parameters, expected) => {
    expect(await shown(rows, parameters)).toEqual(expected);
  });

  it("reads nothing where nothing can have and lack the same", async () => {
    await insertMany(buildMany(20));
    const contradiction = { has: "description", without: ["keywords", "description"] };
    for (const order of [{}, { sort: "file_size" }, { shuffle: "true" }]) {
      const { response, rowsRead } = await apiCost(listPath({ ...contradiction, ...order }));
      expect(await response.json()).toMatchObject({ items: [], total: 0, next_cursor: null });
      // Shuffled, the greatest row id is looked up.
      expect(rowsRead).toBeLessThanOrEqual(3);
    }
  });

  it.each<[string, ListParameters]>([
    ["has", { has: "thumbnail" }],
    ["without", { without: ["description", "words"] }],
    ["without", { without: "Description" }],
    ["has", { has: Array.from({ length: 21 }, () => "description") }],
  ])("refuses %s that is nothing to know of, and says what is: %j", async (path, parameters) => {
    const problem = await problemOf(await api(listPath(parameters)));
    const message =
      "must be one of description, keywords, location, taken_at, sidecar_change, suggestions; at most 20 values";
    expect(problem).toMatchObject({ status: 422, errors: [{ path, message }] });
  });

  it.each<ListParameters>([
    { has: "keywords" },
    { without: "location" },
    { within: "1,2,3,4" },
    { object_key: "k" },
  ])("takes no cursor of another list: %j", async (parameters) => {
    await insertMany(buildMany(3));
    const { next_cursor: cursor } = await listPage({ limit: "1" });
    expect(await refused({ ...parameters, limit: "1", cursor: cursor ?? "" })).toBe(
      "422 validation_error cursor",
    );
  });
});

describe("GET /v1/media with every filter at once", () => {
  const keywords = Array.from({ length: 20 }, (_, index) => `k${index}`);
  const orders: ListParameters[] = [
    ...sortKeys.map((sort) => ({ sort, order: "desc" })),
    { shuffle: "true" },
  ];
  const match = {
    state: "pending",
    takenAt: "2024-07-14T16:03:00.000",
    intrinsic: JSON.stringify({ location: { latitude: 1, longitude: 2, altitude: null } }),
  } as const;

  it.each(orders)("shows what all of them leave: %j", async (order) => {
    // So many that no filter is short enough for its records to be sorted.
    const built = buildMany(200, (index) => ({
      ...match,
      objectKey: `x/${index}`,
      objectMetadata: { keywords: index % 100 === 7 ? keywords : keywords.slice(0, 19) },
    }));
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
      has: ["keywords", "location", "taken_at"],
      without: "description",
      within: "0,170,2,160",
    });
    expect(ids.toSorted()).toEqual([built[7]?.id, built[107]?.id]);
  });
});

import { describe, expect, it } from "vitest";
import { everything } from "../../../../console/src/address/view.ts";
import { loadFacets } from "../../../../console/src/find/panel/facets.ts";
import { never, played } from "../support/service.ts";

const bodies: Readonly<Record<string, unknown>> = {
  "/v1/keywords": { items: [{ keyword: "beach", count: 3 }], next_cursor: null },
  "/v1/cameras": { items: [{ camera: "NIKON D700", count: 2 }], next_cursor: null },
  "/v1/timeline": { items: [{ period: "2024", count: 9, imprecise: 0 }], undated: 0, capped: false },
  "/v1/search": {
    items: [],
    facets: {
      keywords: [{ value: "beach", count: 2 }],
      year: [
        { value: "1998", count: 2 },
        { value: "2024", count: 1 },
      ],
      camera: [],
      content_type: [{ value: "image/png", count: 3 }],
    },
    facets_capped: true,
  },
};

const service = (): ReturnType<typeof played> => played(({ pathname }) => ({ body: bodies[pathname] }));

describe("what photos can be narrowed down to", () => {
  it("is told by the lists of the archive where nothing is narrowed", async () => {
    const { client, asked } = service();
    expect(await loadFacets(client, { ...everything, sort: "object_key" }, never)).toMatchObject({
      keywords: [{ value: "beach", count: 3 }],
      years: [{ value: "2024", count: 9 }],
      cameras: [{ value: "NIKON D700", count: 2 }],
      isCapped: false,
    });
    expect(asked.toSorted()).toEqual([
      "/v1/cameras?sort=count&limit=50",
      "/v1/keywords?sort=count&limit=50",
      "/v1/timeline?by=year",
    ]);
  });

  it("has every type that the service takes, uncounted, where nothing is narrowed", async () => {
    const { types } = await loadFacets(service().client, everything, never);
    expect(types).toContainEqual({ value: "image/jpeg", count: null });
    expect(types).not.toContainEqual({ value: "image/*", count: null });
  });

  it("is told by the facets of a search where something is, the years newest first", async () => {
    const { client, asked } = service();
    const finding = { ...everything, q: "sea", keywords: ["beach"], takenAfter: "1998" };
    expect(await loadFacets(client, finding, never)).toEqual({
      keywords: [{ value: "beach", count: 2 }],
      years: [
        { value: "2024", count: 1 },
        { value: "1998", count: 2 },
      ],
      cameras: [],
      types: [{ value: "image/png", count: 3 }],
      isCapped: true,
    });
    expect(asked).toEqual([
      "/v1/search?keyword=beach&taken_after=1998-01-01&q=sea&facets=keywords,content_type,camera,year&limit=1&fields=provider",
    ]);
  });

  it("is nothing where the service tells nothing", async () => {
    const { client } = played(() => ({ body: { items: [] } }));
    expect(await loadFacets(client, { ...everything, missing: "any" }, never)).toEqual({
      keywords: [],
      years: [],
      cameras: [],
      types: [],
      isCapped: false,
    });
  });
});

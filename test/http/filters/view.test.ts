import "../../support/setup.ts";

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { mediaItemSchema } from "../../../src/http/answers/media-item.ts";
import { variantName } from "../../../src/media/thumbnails/variant.ts";
import { thumbnailVariants } from "../../../src/thumbnail/types.ts";
import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { follow } from "../../support/http/links.ts";
import { insertMedia, insertStored, buildMany, insertMany } from "../../support/records/media.ts";
import { testImage } from "../../support/images/index.ts";

const json = z.record(z.string(), z.unknown());
const list = z.object({ items: z.array(json), next_cursor: z.string().nullable() });

/** What the list and the route of one record answer with these parameters: one and the same. */
async function shown(
  id: string,
  parameters: Readonly<Record<string, string>>,
): Promise<z.infer<typeof json>> {
  const query = new URLSearchParams(parameters).toString();
  const one = json.parse(await (await api(`/v1/media/${id}?${query}`, { as: "read" })).json());
  const { items } = list.parse(await (await api(`/v1/media?id=${id}&${query}`, { as: "read" })).json());
  expect(items).toEqual([one]);
  return one;
}

const content = {
  objectKey: "海/1.jpg",
  intrinsic: JSON.stringify({ camera: { make: "Apple", model: "iPhone", lens: null } }),
  objectMetadata: {
    description: "d",
    location: "Paris",
    nested: { deep: { deeper: [1], "with space": null }, list: [{ a: 1 }] },
  },
} as const;

describe("fields", () => {
  it.each<[string, object]>([
    ["id", {}],
    ["object_key,state", { object_key: "海/1.jpg", state: "ready" }],
    ["intrinsic.width,intrinsic.camera.make", { intrinsic: { width: 400, camera: { make: "Apple" } } }],
    ["intrinsic.camera", { intrinsic: { camera: { make: "Apple", model: "iPhone", lens: null } } }],
    [
      "intrinsic.camera.make,intrinsic.camera",
      { intrinsic: { camera: { make: "Apple", model: "iPhone", lens: null } } },
    ],
    [
      "intrinsic.exposure.iso,taken.at,error.code",
      { intrinsic: { exposure: null }, taken: null, error: null },
    ],
    ["object_metadata.description", { object_metadata: { description: "d" } }],
    ["object_metadata", { object_metadata: content.objectMetadata }],
    ["object_metadata.location.latitude", { object_metadata: {} }],
    ["object_metadata.nested.deep.deeper", { object_metadata: { nested: { deep: { deeper: [1] } } } }],
    [
      "object_metadata.nested.deep.with space",
      { object_metadata: { nested: { deep: { "with space": null } } } },
    ],
    ["object_metadata.nested.list.0", { object_metadata: { nested: {} } }],
    ["object_metadata.none.such,object_metadata.__proto__,object_metadata..", { object_metadata: {} }],
    ["state,state", { state: "ready" }],
  ])("leave out what is not named, but never the id: %s", async (fields, expected) => {
    const { id } = await insertMedia(content);
    expect(await shown(id, { fields })).toEqual({ id, ...expected });
  });

  it("that are all named are the whole record", async () => {
    const { id } = await insertMedia(content);
    const whole = await shown(id, {});
    expect(await shown(id, { fields: Object.keys(whole).join(",") })).toEqual(whole);
    expect(await shown(id, { fields: "" })).toEqual(whole);
  });

  it.each([
    "links",
    "Object_key",
    "intrinsic.foo",
    "intrinsic.width.x",
    "constructor",
    "taken.__proto__",
    "id,,state",
    "state,",
    " state",
  ])("that no media object has are refused: %j", async (fields) => {
    const query = new URLSearchParams({ fields }).toString();
    expect(await refusalOf(await api(`/v1/media?${query}`))).toBe("422 validation_error fields");
    const { id } = await insertMedia();
    expect(await refusalOf(await api(`/v1/media/${id}?${query}`))).toBe("422 validation_error fields");
  });

  it("that are wrong are named in part only, however long they are", async () => {
    const problem = await problemOf(await api(`/v1/media?fields=${"x".repeat(4000)}`));
    const message = `names ${"x".repeat(64)}, which no media object has`;
    expect(problem.errors).toEqual([{ path: "fields", message }]);
    expect(await refusalOf(await api(`/v1/media?fields=${"x".repeat(4097)}`))).toBe(
      "422 validation_error fields",
    );
  });

  it("are any text within object_metadata, and make an answer that the schema describes", async () => {
    const { id } = await insertMedia(content);
    const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.includes(","));
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 4 }), async (names) => {
        const fields = names.map((each) => `object_metadata.${each}`).join(",");
        expect(mediaItemSchema.safeParse(await shown(id, { fields })).success).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("may differ from page to page, since they do not decide the list", async () => {
    const built = buildMany(2);
    await insertMany(built);
    const first = list.parse(await (await api("/v1/media?fields=state&limit=1")).json());
    const second = list.parse(
      await (await api(`/v1/media?limit=1&fields=provider&cursor=${first.next_cursor}`)).json(),
    );
    expect(second.items).toEqual([{ id: built[1]?.id, provider: "r2" }]);
  });
});

const linksOf = z.object({
  links: z.strictObject({
    thumbnails: z.record(z.string(), z.string().nullable()),
    expires_at: z.iso.datetime(),
  }),
});

describe("links", () => {
  const names = thumbnailVariants.map(variantName);

  it.each(names)("of SIZE-FIT lead to that thumbnail: %s", async (name) => {
    const { id } = await insertStored(await testImage({ width: 40, height: 30 }), { state: "ready" });
    const { links } = linksOf.parse(await shown(id, { links: name, fields: "id" }));
    expect(Object.keys(links.thumbnails)).toEqual([name]);
    const link = links.thumbnails[name] ?? "";
    expect(link).toContain(`fit=${name.split("-")[1]}&size=${name.split("-")[0]}`);
    const response = await follow(link);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("image/jpeg");
  });

  it("are up to four, each once, and come whatever fields are named", async () => {
    const { id } = await insertMedia();
    const asked = "512-cover,1024-contain,512-cover,128-contain";
    const item = await shown(id, { links: asked, fields: "state" });
    expect(Object.keys(item)).toEqual(["id", "state", "links"]);
    expect(Object.keys(linksOf.parse(item).links.thumbnails)).toEqual([
      "512-cover",
      "1024-contain",
      "128-contain",
    ]);
  });

  it("are null where there can be no thumbnail", async () => {
    const { id } = await insertMedia({ thumbnailVersion: null, state: "unsupported" });
    const { links } = linksOf.parse(await shown(id, { links: "256-cover" }));
    expect(links.thumbnails).toEqual({ "256-cover": null });
    expect(await shown(id, { links: "true" })).toMatchObject({ links: { thumbnail_url: null } });
  });

  it.each([
    "512",
    "512-fill",
    "2048-cover",
    "513-cover",
    "512-cover,",
    "true,512-cover",
    "yes",
    "128-cover,".repeat(4) + "128-cover",
  ])("are refused where they are no links: %s", async (links) => {
    const query = new URLSearchParams({ links }).toString();
    expect(await refusalOf(await api(`/v1/media?${query}`))).toBe("422 validation_error links");
    const { id } = await insertMedia();
    expect(await refusalOf(await api(`/v1/media/${id}?${query}`))).toBe("422 validation_error links");
  });

  it("are none by default", async () => {
    const { id } = await insertMedia();
    expect(await shown(id, {})).not.toHaveProperty("links");
    expect(await shown(id, { links: "false" })).not.toHaveProperty("links");
  });

  it("and fields cost no row", async () => {
    const { id } = await insertMedia();
    const query = "links=512-cover,1024-contain&fields=state";
    const one = await apiCost(`/v1/media/${id}?${query}`);
    expect(one.rowsRead).toBe((await apiCost(`/v1/media/${id}`)).rowsRead);
    const many = await apiCost(`/v1/media?${query}`);
    expect(many.rowsRead).toBe((await apiCost("/v1/media")).rowsRead);
  });
});

describe("the entity tag of one media object", () => {
  async function statusOf(path: string): Promise<readonly [number, string | null]> {
    const response = await api(path, { headers: { "If-None-Match": '"3-7"' } });
    await response.body?.cancel();
    expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    return [response.status, response.headers.get("ETag")];
  }

  it.each([
    ["fields=state", 304],
    ["links=false", 304],
    ["links=true", 200],
    ["links=512-cover&fields=id", 200],
  ])("is enough for a 304 only without links, which expire: %s", async (query, status) => {
    const { id } = await insertMedia({ revision: 3, change: 7 });
    expect(await statusOf(`/v1/media/${id}?${query}`)).toEqual([status, '"3-7"']);
  });
});

import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";

import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { describe as write, rowOf, storedRows } from "../support/rows.ts";
import { World } from "../support/world.ts";

let world: World;
let id: string;

/** A described record whose object is gone. */
beforeEach(async () => {
  world = await World.create();
  await world.put("a.jpg", photo(1));
  await world.ingest();
  ({ id } = await rowOf("a.jpg"));
  await write(id, "mine");
  await world.remove("a.jpg");
  world.advance(1000);
  await world.ingest();
  world.advance(1000);
});

const problem = z.object({ code: z.string() });

async function codeOf(path: string): Promise<string> {
  const response = await world.api(path);
  return `${response.status} ${problem.parse(await response.json()).code}`;
}

test("a missing record is not in the list unless it is asked for", async () => {
  const page = z.object({
    items: z.array(z.object({ id: z.string(), missing_since: z.string().nullable() })),
  });
  const list = async (query: string) => page.parse(await (await world.api(`/v1/media${query}`)).json()).items;
  expect(await list("")).toEqual([]);
  expect(await list("?missing=true")).toMatchObject([{ id }]);
  expect(await list("?missing=any")).toMatchObject([{ id }]);
});

test("a missing record has no bytes to serve, and no thumbnail without its version", async () => {
  expect(await codeOf(`/v1/media/${id}/data`)).toBe("410 object_missing");
  expect(await codeOf(`/v1/media/${id}/thumbnail`)).toBe("410 object_missing");
});

test("of a missing record what its preview covers is served by its version, and nothing that needs the original", async () => {
  const { thumbnail } = await rowOf("a.jpg");
  const ofVersion = `/v1/media/${id}/thumbnail?v=${thumbnail}`;
  const kept = await world.api(`${ofVersion}&size=128&fit=contain`);
  expect(kept.status).toBe(200);
  await kept.arrayBuffer();
  expect(await codeOf(`${ofVersion}&size=512&fit=cover`)).toBe("410 object_missing");
});

test("a missing record answers and can be edited", async () => {
  const shown = z.object({ missing_since: z.iso.datetime(), object_key: z.string() });
  const answer = await (await world.api(`/v1/media/${id}`)).json();
  expect(shown.parse(answer).object_key).toBe("a.jpg");
  const json = { object_metadata: { description: "still mine" } };
  expect((await world.api(`/v1/media/${id}`, { method: "PATCH", json })).status).toBe(200);
  expect(await rowOf("a.jpg")).toMatchObject({ missing: true, metadata: '{"description":"still mine"}' });
});

test("a missing record comes back with the same bytes as it was", async () => {
  await world.put("a.jpg", photo(1));
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ changed: 1, new: 0, moved: 0, queued: 0 });
  expect(await storedRows()).toMatchObject([{ id, missing: false, metadata: '{"description":"mine"}' }]);
  expect(await env.MEDIA_BUCKET.head("main/a.jpg")).not.toBeNull();
});

test("a missing record comes back with other bytes, which are looked at", async () => {
  await world.put("a.jpg", photo(2));
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ changed: 1, new: 0, moved: 0, queued: 1, processed: 1 });
  expect(await storedRows()).toMatchObject([
    { id, missing: false, state: "ready", metadata: '{"description":"mine"}' },
  ]);
});

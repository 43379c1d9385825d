import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";

import { anyWords } from "../../support/packet/words.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { World } from "../support/world.ts";
import { mediaAt, patchWords } from "./support.ts";

const photos = 30;

test("all words come back from sidecars when the database is gone", async () => {
  const world = await World.create();
  const keys = Array.from({ length: photos }, (_, index) => `${index}.jpg`);
  for (const [index, key] of keys.entries()) await world.put(key, photo(index));
  await world.ingest();
  const draws = fc.sample(anyWords, { numRuns: photos, seed: 20_261_129 });
  const written = new Map<string, unknown>();
  for (const [index, key] of keys.entries()) {
    const { id } = await mediaAt(world, key);
    for (const [name, value] of Object.entries(draws[index] ?? {}))
      await patchWords(world, id, { [name]: value });
    const { object_metadata: words } = await mediaAt(world, key);
    written.set(key, words);
    const packet = await world.api(`/v1/media/${id}/xmp`);
    await world.put(`${key}.xmp`, await packet.text());
  }
  await env.DB.prepare("DELETE FROM media_objects").run();
  world.advance(1000);
  await world.ingest();
  const back = new Map<string, unknown>();
  for (const key of keys) back.set(key, (await mediaAt(world, key)).object_metadata);
  expect(back).toEqual(written);
});

import type { Run } from "../../../src/protocol/run.ts";
import { photo } from "./photos.ts";
import { describe, rowOf, storedRows } from "./rows.ts";
import { trash } from "./trash.ts";
import { World } from "./world.ts";

/** A world whose photos are on record and described by their keys, with these of them in the trash. */
export async function withTrash(
  photos: Readonly<Record<string, number>>,
  ...trashed: string[]
): Promise<World> {
  const world = await World.create();
  for (const [key, number] of Object.entries(photos)) await world.put(key, photo(number));
  await world.ingest();
  for (const { id, key } of await storedRows()) await describe(id, `of ${key}`);
  for (const key of trashed) await trash(world, (await rowOf(key)).id);
  world.advance(1000);
  return world;
}

/** Lets an ingest come to its end, and the clock go on. */
export async function ingest(world: World): Promise<Run> {
  const { run } = await world.ingest();
  world.advance(1000);
  return run;
}

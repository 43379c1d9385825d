import { z } from "zod";
import { drawPhoto } from "../../../scripts/console/collection/files.ts";
import { plannedPhotos } from "../../../scripts/console/collection/photos.ts";
import { mediaSchema } from "../../e2e/support/service.ts";
import type { Site } from "./site.ts";

/** The photos by their names, which begins with the first of {@link bringInDozen}. */
export const byName = "sort=object_key";

/** Words as the service has them, or takes them: null takes a field away. */
export type FieldsOf = Readonly<Record<string, unknown>>;

const overviewSchema = z.object({ total: z.number(), by_state: z.object({ pending: z.number() }) });

/**
 * Brings a dozen photos in, or another number, of which nobody knows anything: `dozen/01.jpg` and so on. Returns their ids in
 * that order.
 */
export async function bringInDozen({ client }: Site, count = 12): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, photo] of plannedPhotos.slice(0, count).entries()) {
    const bytes = await drawPhoto({ ...photo, width: 480, height: 320, facts: null });
    const name = `dozen/${String(index + 1).padStart(2, "0")}.jpg`;
    ids.push((await client.upload(name, new Uint8Array(bytes))).id);
  }
  await client.until(overviewSchema, "/v1/overview", ({ by_state: { pending } }) => pending === 0);
  return ids;
}

/** The words that the service has of a photo. */
export async function wordsOf({ client }: Site, id: string): Promise<FieldsOf> {
  return (await client.json(mediaSchema, `/v1/media/${id}`)).object_metadata;
}

/** Writes words as another person would. */
export async function write({ client }: Site, id: string, words: FieldsOf): Promise<void> {
  await client.json(mediaSchema, `/v1/media/${id}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ object_metadata: words }),
  });
}

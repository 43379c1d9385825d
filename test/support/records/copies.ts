import { env } from "cloudflare:workers";
import { z } from "zod";

import { makeThumbnail } from "../../../src/thumbnail/thumbnail.ts";
import { sceneBytes, type SceneShot } from "../images/scene.ts";
import { faker, insertMedia, type MediaContent } from "./media.ts";

/** A hash of a picture, as good as any. */
export function anyHash(): string {
  return faker.string.hexadecimal({ length: 64, casing: "lower", prefix: "" });
}

/** A hash that differs in so many bits, the lowest of each digit from one on. */
export function hashNear(hash: string, bits: number, from = 0): string {
  return Array.from(hash)
    .map((digit, index) =>
      index >= from && index < from + bits ? (Number.parseInt(digit, 16) ^ 1).toString(16) : digit,
    )
    .join("");
}

/** Builds and stores a record whose picture has a hash. */
export async function insertPictured(
  pictureHash: string,
  content: MediaContent = {},
): ReturnType<typeof insertMedia> {
  const version = faker.string.hexadecimal({ length: 32, casing: "lower", prefix: "" });
  return insertMedia({
    version,
    thumbnailVersion: `${version}-3`,
    pictureHash,
    pictureQuality: 100,
    ...content,
  });
}

/** A photo of a scene, as a JPEG with so many pixels at its longest side. */
export async function sceneJpeg(seed: number, shot: SceneShot): Promise<Uint8Array> {
  const { width, height } = shot;
  const facts = { contentType: "image/bmp", width, height, orientation: 1 } as const;
  const made = await makeThumbnail(sceneBytes(seed, shot), facts, { size: 1024, fit: "contain" });
  if (made.outcome !== "made") throw new Error("the scene could not be made");
  return made.jpeg;
}

/** Stores a preview of a record behind the service's back. */
export async function storePreview(
  { id, thumbnailVersion }: { readonly id: string; readonly thumbnailVersion: string | null },
  jpeg: Uint8Array,
): Promise<void> {
  await env.DERIVATIVES_BUCKET.put(`${id}/${thumbnailVersion}/1024-contain.jpg`, jpeg);
}

/** The groups of the same picture, each by the ids of its records in their order, in the order of their first records. */
export async function storedGroups(): Promise<string[][]> {
  const { results } = await env.DB.prepare(
    "SELECT group_id, media_id FROM picture_copies ORDER BY media_id",
  ).all();
  const rows = z.array(z.object({ group_id: z.string(), media_id: z.string() })).parse(results);
  return [...Map.groupBy(rows, (row) => row.group_id).values()].map((group) =>
    group.map((row) => row.media_id),
  );
}

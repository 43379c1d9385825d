import { describe, expect, test } from "vitest";
import { copies, exposures, neighbours } from "../../../bench/copies/changes.ts";
import { comparePhotos, type NamedPhoto } from "../../../bench/copies/pairs.ts";
import { imageOf, ingest, type Ingested, type Pixels } from "../../../bench/copies/sources.ts";
import { nearestTurn } from "../../../bench/copies/turns.ts";
import { isSamePicture, leastQuality, likenessRadius } from "../../../src/thumbnail/likeness/likeness.ts";
import { Random } from "../../thumbnail/support/random.ts";
import { sceneOf } from "../../thumbnail/support/scene.ts";

// The small version of `npm run bench:copies`: scenes that are made here, each through the whole way of an upload.
const scenes: readonly Pixels[] = Array.from({ length: 8 }, (_, seed) => {
  const { data, width, height } = sceneOf(seed + 1, 480, seed % 2 === 0 ? 360 : 320);
  return { data: Buffer.from(data), width, height };
});

async function ingested(file: Buffer): Promise<Ingested> {
  const found = await ingest(new Uint8Array(file));
  if (found === null) throw new Error("a file of ours cannot be decoded");
  return found;
}

function judge(one: Ingested, two: Ingested): { distance: number; isSame: boolean } {
  const { distance, turn } = nearestTurn(one.hash.hash, two.hash.hash);
  expect(Math.min(one.hash.quality, two.hash.quality)).toBeGreaterThanOrEqual(leastQuality);
  return { distance, isSame: distance <= likenessRadius && isSamePicture(one.grey, two.grey, turn) };
}

async function originalOf(scene: Pixels): Promise<Ingested> {
  return ingested(await imageOf(scene).jpeg({ quality: 92 }).toBuffer());
}

describe("a copy is the same picture", () => {
  test.each(copies)("$name", async ({ make }) => {
    for (const scene of scenes) {
      expect(judge(await originalOf(scene), await ingested(await make(scene))).isSame).toBe(true);
    }
  });
});

describe("a neighbouring frame is another picture", () => {
  test.each(neighbours)("$name", async ({ make }) => {
    const random = new Random(7);
    for (const scene of scenes) {
      const [one, two] = await make(scene, () => random.next());
      expect(judge(await ingested(one), await ingested(two)).isSame).toBe(false);
    }
  });
});

test("two exposures that differ in their noise alone are the same picture", async () => {
  const random = new Random(7);
  const [first] = scenes;
  const [exposure] = exposures;
  if (first === undefined || exposure === undefined) throw new Error("there is none");
  const [one, two] = await exposure.make(first, () => random.next());
  expect(judge(await ingested(one), await ingested(two)).isSame).toBe(true);
});

test("no two different scenes are the same picture", async () => {
  const photos: NamedPhoto[] = [];
  for (const [i, scene] of scenes.entries())
    photos.push({ name: `scene ${i}`, ...(await originalOf(scene)) });
  expect(comparePhotos(photos, judge)).toMatchObject({ pairs: 28, found: [] });
});

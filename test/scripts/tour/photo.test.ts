import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { drawTourPhoto } from "../../../scripts/tour/photo.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { temporaryFolder } from "../support/folder.ts";

const committed = join(projectRoot, "docs/tour.jpg");

test("the tour's photo is what its script draws", async () => {
  const drawn = join(await temporaryFolder(), "docs", "tour.jpg");
  await drawTourPhoto(drawn);
  const [ours, theirs] = await Promise.all([drawn, committed].map((path) => sharp(path).metadata()));
  expect(theirs?.exif?.equals(ours?.exif ?? Buffer.alloc(0))).toBe(true);
  // Other builds of the encoder may differ in a bit.
  const [a, b] = await Promise.all([drawn, committed].map((path) => sharp(path).raw().toBuffer()));
  const differs = a?.filter((value, index) => Math.abs(value - (b?.[index] ?? 0)) > 8).length;
  expect({ bytes: a?.length, differs }).toEqual({ bytes: 1200 * 800 * 3, differs: 0 });
});

test("the tour's photo is small", async () => {
  expect((await readFile(committed)).length).toBeLessThan(30 * 1024);
});

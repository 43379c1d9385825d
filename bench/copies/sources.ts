import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { FileParts } from "../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../src/metadata/headers/header.ts";
import { makeThumbnail } from "../../src/thumbnail/thumbnail.ts";
import type { MadeThumbnail, ThumbnailSize } from "../../src/thumbnail/types.ts";
import { type GreyPicture } from "../../src/thumbnail/likeness/likeness.ts";
import { readGreyPicture } from "../../src/thumbnail/likeness/read.ts";
import type { PictureHash } from "../../src/thumbnail/pdq/pdq.ts";

sharp.concurrency(1);
sharp.cache(false);

/** A picture as pixels: RGB, upright, rows without gaps. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** What the service knows of a picture once it is ingested. */
export interface Ingested {
  readonly hash: PictureHash;
  readonly grey: GreyPicture;
}

/** Every file below some folders, in order. */
export function filesBelow(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .toSorted()
      .map((name) => join(folder, name))
      .flatMap((path) => (statSync(path).isDirectory() ? filesBelow([path]) : [path])),
  );
}

/** A file through our own pipeline: its preview's hash, and what is compared of the preview; null where there is no preview. */
export async function ingest(bytes: Uint8Array): Promise<Ingested | null> {
  const made = await previewOf(bytes, 1024);
  const picture = made?.picture ?? null;
  if (made === null || picture === null) return null;
  const { hash, innerHash, quality } = picture;
  // Pictures are compared without their borders, as the service does.
  return { hash: { hash: innerHash ?? hash, quality }, grey: await readGreyPicture(made.jpeg) };
}

async function previewOf(bytes: Uint8Array, size: ThumbnailSize): Promise<MadeThumbnail | null> {
  const found = readImageHeader(FileParts.whole(bytes));
  if (found.kind !== "header") return null;
  const { mediaType, width, height, orientation } = found.header;
  const facts = { contentType: mediaType, width, height, orientation: orientation ?? 1 };
  const options = { withHash: true, withPixels: size === 2048 };
  const made = await makeThumbnail(bytes, facts, { size, fit: "contain" }, options);
  return made.outcome === "made" ? made : null;
}

/** Larger photos are brought to this longer side before copies are made of them: nothing is learned from more, but slowly. */
const mostPixels = 2048;

/** A picture's pixels, by sharp; by us at 2048 pixels where sharp has no decoder. */
export async function pixelsOf(path: string): Promise<Pixels | null> {
  const bytes = new Uint8Array(readFileSync(path));
  try {
    const upright = sharp(bytes, { failOn: "none" }).autoOrient().flatten({ background: "#fff" });
    const size = { width: mostPixels, height: mostPixels, fit: "inside", withoutEnlargement: true } as const;
    return await rawOf(upright.resize(size));
  } catch {
    const made = await previewOf(bytes, 2048);
    if (made?.pixels === undefined) return null;
    return { data: Buffer.from(made.pixels), width: made.width, height: made.height };
  }
}

/** What sharp makes, as pixels. */
export async function rawOf(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`${info.channels} channels instead of 3`);
  return { data, width: info.width, height: info.height };
}

/** Pixels for sharp. */
export function imageOf({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

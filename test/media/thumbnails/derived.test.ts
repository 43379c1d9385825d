import { describe, expect, test } from "vitest";

import type { Orientation } from "../../../src/core/orientation.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import { derive, type Preview } from "../../../src/media/thumbnails/derive.ts";
import { previewVariant, type Sides } from "../../../src/media/thumbnails/variant.ts";
import { isolateMemory, previewDecodeBytes } from "../../../src/thumbnail/budget.ts";
import { makeThumbnail } from "../../../src/thumbnail/thumbnail.ts";
import type { MadeThumbnail, SourceFacts, Variant } from "../../../src/thumbnail/types.ts";
import { joined, jpegBytes } from "../../support/images/index.ts";
import { iccProfile, profiles } from "../../thumbnail/support/icc.ts";
import { randomImage } from "../../thumbnail/support/jpeg-image.ts";
import { writeJpeg } from "../../thumbnail/support/jpeg-writer.ts";
import { mustMake } from "../../thumbnail/support/make.ts";
import { difference } from "../../thumbnail/support/oracle.ts";
import { writePng } from "../../thumbnail/support/png-writer.ts";

/** A file and what its header says of it. */
interface Original {
  readonly bytes: Uint8Array;
  readonly facts: SourceFacts;
}

/** A photo whose four quarters have colours of their own, so that each turn of it is another picture. */
function jpeg(width: number, height: number, orientation: Orientation = 1): Original {
  const bytes = jpegBytes({ width, height });
  return { bytes, facts: { contentType: "image/jpeg", width, height, orientation } };
}

/** A picture full of detail, the largest that a preview may be. */
function detailed(width: number, height: number): Original {
  const sampling = [
    [2, 2],
    [1, 1],
    [1, 1],
  ] as const;
  const bytes = writeJpeg(randomImage({ width, height, sampling, seed: 7 }));
  return { bytes, facts: { contentType: "image/jpeg", width, height, orientation: 1 } };
}

/** Stripes whose lower half lets most of the ground through. */
async function translucentPng(): Promise<Original> {
  const [width, height] = [300, 200];
  const samples = Array.from({ length: width * height }, (_, at) => [
    ((at % width) * 255) / width,
    at % 60 < 30 ? 200 : 40,
    90,
    at < (width * height) / 2 ? 255 : 60,
  ]);
  const bytes = await writePng({
    width,
    height,
    depth: 8,
    colour: 6,
    samples: samples.flat().map(Math.floor),
  });
  return { bytes, facts: { contentType: "image/png", width, height, orientation: 1 } };
}

function profiled(icc: Uint8Array): Original {
  const [width, height] = [1400, 1100];
  const bytes = jpegBytes({ width, height, pattern: "gradient", icc });
  return { bytes, facts: { contentType: "image/jpeg", width, height, orientation: 1 } };
}

async function made({ bytes, facts }: Original, variant: Variant): Promise<MadeThumbnail> {
  const result = await makeThumbnail(bytes, facts, variant);
  if (result.outcome !== "made") throw new Error(result.reason.detail);
  return result;
}

async function previewOf(original: Original): Promise<Preview> {
  return made(original, previewVariant);
}

async function derived(original: Original, variant: Variant): Promise<Uint8Array> {
  const result = await derive(await previewOf(original), variant);
  if (typeof result === "string") throw new Error(result);
  return result;
}

/** A JPEG that is a thumbnail, decoded. */
interface Look extends Sides {
  readonly pixels: Uint8Array;
}

/** The pixels of the upper left part of a picture. */
function cut({ pixels, width }: Look, part: Sides): number[] {
  const rows = Array.from({ length: part.height }, (_, y) => [
    ...pixels.subarray(y * width * 3, (y * width + part.width) * 3),
  ]);
  return rows.flat();
}

async function look(jpeg: Uint8Array): Promise<Look> {
  const result = readImageHeader(FileParts.whole(jpeg));
  if (result.kind !== "header") throw new Error(result.kind);
  const { width, height } = result.header;
  const { pixels } = await mustMake(jpeg, { size: 1024, fit: "contain", width, height });
  return { width, height, pixels };
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 5000));
}

const covered: readonly Variant[] = [
  { size: 128, fit: "cover" },
  { size: 256, fit: "cover" },
  { size: 512, fit: "cover" },
  { size: 128, fit: "contain" },
  { size: 256, fit: "contain" },
  { size: 512, fit: "contain" },
];

const originals: readonly (readonly [string, () => Original | Promise<Original>])[] = [
  ["a landscape", () => jpeg(1600, 1200)],
  ["a portrait that lies on its side", () => jpeg(1500, 1100, 6)],
  ["a picture that is mirrored", () => jpeg(1300, 1200, 5)],
  ["a square", () => jpeg(1200, 1200)],
  ["a picture of Display P3", () => profiled(profiles.displayP3)],
  ["a picture smaller than a preview", () => jpeg(800, 600)],
];

describe.each(originals)("a thumbnail of %s that is made of the preview", (_what, open) => {
  test.each(covered)("is what the original gives: %j", async (variant) => {
    const original = await open();
    const [fromPreview, fromOriginal] = [await derived(original, variant), await made(original, variant)];
    const [ours, other] = [await look(fromPreview), await look(fromOriginal.jpeg)];
    // Of a long side alone it is sure what it is; the other is rounded a second time.
    expect(Math.max(ours.width, ours.height)).toBe(Math.max(other.width, other.height));
    expect(Math.abs(Math.min(ours.width, ours.height) - Math.min(other.width, other.height))).toBeLessThan(2);
    const same = { width: Math.min(ours.width, other.width), height: Math.min(ours.height, other.height) };
    expect(difference(cut(ours, same), cut(other, same)).mean).toBeLessThan(4);
  });
});

test("what shines through a picture is white in all that is made of its preview", async () => {
  const original = await translucentPng();
  const variant = { size: 128, fit: "cover" } as const;
  const [ours, other] = [await look(await derived(original, variant)), await made(original, variant)];
  expect(difference(ours.pixels, (await look(other.jpeg)).pixels).mean).toBeLessThan(5);
  expect(Math.min(...ours.pixels.slice(-30))).toBeGreaterThan(180);
});

test("a profile that is carried over is carried on", async () => {
  const unreadable = iccProfile("RGB ", "XYZ ", {});
  const original = profiled(unreadable);
  const jpeg = await derived(original, { size: 256, fit: "cover" });
  expect(latin(jpeg)).toContain(latin(joined("ICC_PROFILE\0\x01\x01", unreadable)));
});

describe("a preview", () => {
  test.each([
    ["1024 contain", { size: 1024, fit: "contain" }],
    ["512 contain", { size: 512, fit: "contain" }],
    ["2048 contain", { size: 2048, fit: "contain" }],
  ] as const)("that is the whole original is itself %s", async (_name, variant) => {
    const preview = await previewOf(jpeg(300, 200));
    expect(await derive(preview, variant)).toBe(preview.jpeg);
  });

  test("that is a square of its size is itself that square", async () => {
    const preview = await previewOf(jpeg(1200, 1200));
    expect(await derive(preview, { size: 1024, fit: "cover" })).toBe(preview.jpeg);
  });

  test.each([
    ["a square larger than its short side", 4000, 1000, { size: 512, fit: "cover" }],
    ["a square larger than a tiny picture", 60, 40, { size: 128, fit: "cover" }],
    ["the largest square", 1600, 1200, { size: 1024, fit: "cover" }],
    ["the largest size", 1600, 1200, { size: 2048, fit: "contain" }],
    ["the largest size of a picture of exactly its own size", 1024, 700, { size: 2048, fit: "contain" }],
  ] as const)("does not cover %s", async (_what, width, height, variant) => {
    expect(await derive(await previewOf(jpeg(width, height)), variant)).toBe("uncovered");
  });

  test("of a very long picture gives all of it, in a line", async () => {
    const line = await look(await derived(jpeg(6000, 12), { size: 128, fit: "contain" }));
    expect(line).toMatchObject({ width: 128, height: 1 });
  });

  test("that is no picture any more is broken", async () => {
    const preview = await previewOf(jpeg(1600, 1200));
    const broken = { ...preview, jpeg: preview.jpeg.subarray(0, 300) };
    expect(await derive(broken, { size: 128, fit: "cover" })).toBe("broken");
  });

  test("has its thumbnails made in the room that is kept for that", async () => {
    for (const [width, height] of [
      [1024, 1024],
      [1024, 768],
      [768, 1024],
      [1024, 512],
    ] as const) {
      const preview = await previewOf(detailed(width, height));
      const facts = { contentType: "image/jpeg", width, height, orientation: 1 } as const;
      for (const variant of covered) {
        const { workingBytes } = await made({ bytes: preview.jpeg, facts }, variant);
        expect(workingBytes).toBeLessThanOrEqual(previewDecodeBytes);
      }
    }
    expect(isolateMemory.usedBytes).toBe(0);
  });
});

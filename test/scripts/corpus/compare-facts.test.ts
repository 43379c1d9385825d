import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { Facts, Rgb } from "../../../scripts/corpus/cases.ts";
import type { Media } from "../../../scripts/corpus/client.ts";
import { factDifferences, type Others, type Result } from "../../../scripts/corpus/compare-facts.ts";
import type { Picture } from "../../../scripts/corpus/pictures.ts";
import { temporaryFolder } from "../support/folder.ts";
import { lookAtNone, lookAtRefused, photo, photoWith, plain } from "./support/looks.ts";

const alone: Others = { folder: "/", resultOf: async () => undefined, factsOf: () => undefined };

const resultOf = (media: Media, thumbnail: Picture | null = null): Result => ({
  name: "a.jpg",
  media: { kind: "given", value: media },
  thumbnail,
});

const compare = (media: Media, facts: Facts): Promise<string[]> =>
  factDifferences(resultOf(media), facts, alone);

/** A record of a small picture, whose thumbnail has its size. */
const small = photoWith({ intrinsic: { width: 40, height: 20, orientation: null } });
const look = (facts: Facts, thumbnail: Picture | null): Promise<string[]> =>
  factDifferences(resultOf(small, thumbnail), facts, alone);

describe("a fact", () => {
  test.each<[string, Facts, Facts]>([
    ["state", { state: "ready" }, { state: "failed" }],
    ["state", { not: "failed" }, { not: "ready" }],
    ["width", { width: 3024 }, { width: 3025 }],
    ["height", { height: 4032 }, { height: null }],
    ["orientation", { orientation: 6 }, { orientation: 1 }],
    ["taken_at", { taken_at: "2024-07-14T16:03:11.123" }, { taken_at: "2024-07-14T16:03:11.000" }],
    ["taken_at_offset", { taken_at_offset: "+02:00" }, { taken_at_offset: null }],
    ["taken", { taken: { precision: "second" } }, { taken: { precision: "day" } }],
    ["taken", { taken: { source: "exif" } }, { taken: { source: "digitized" } }],
    ["taken", { taken: { at: "2024-07-14T16:03:11.123" } }, { taken: { at: "2024-07-14T00:00:00.000" } }],
    ["taken", { taken: { offset: "+02:00" } }, { taken: null }],
    ["camera", { camera: { make: "Maker", lens: null } }, { camera: { make: "Maker", lens: "Lens" } }],
    ["exposure", { exposure: { time: 0.01 } }, { exposure: { time: 0.011 } }],
    ["exposure", { exposure: { iso: 100 } }, { exposure: { iso: null } }],
    ["description", { description: "A caption" }, { description: null }],
    ["keywords", { keywords: ["a", "b"] }, { keywords: ["a"] }],
  ])("%s is compared", async (field, right, wrong) => {
    expect(await compare(photo, right)).toStrictEqual([]);
    const found = await compare(photo, wrong);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${field} is `));
  });

  test.each<[string, { latitude: number; longitude: number; altitude: number | null }]>([
    ["latitude", { latitude: 48.8545, longitude: -2.3002905, altitude: 35.1 }],
    ["longitude", { latitude: 48.8545541, longitude: 2.3002905, altitude: 35.1 }],
    ["altitude", { latitude: 48.8545541, longitude: -2.3002905, altitude: null }],
  ])("location is compared, the %s of the file and of the best that is known", async (_which, wrong) => {
    const right = { latitude: 48.854554, longitude: -2.30029, altitude: 35.1 };
    expect(await compare(photo, { location: right })).toStrictEqual([]);
    const found = await compare(photo, { location: wrong });
    expect(found.map((line) => line.split(" ")[0])).toStrictEqual(["location", "place"]);
  });
});

describe("accepted", () => {
  test.each([
    ["refused", { name: "a.jpg", media: lookAtRefused().media, thumbnail: null }],
    ["no photo", resultOf(photoWith({ state: "unsupported" }))],
  ])("false is right of what is %s", async (_what, result) => {
    expect(await factDifferences(result, { accepted: false }, alone)).toStrictEqual([]);
  });

  test.each(["ready", "failed", "pending"])("false is wrong of what is %s", async (state) => {
    expect(await compare(photoWith({ state }), { accepted: false })).toStrictEqual([
      "is accepted, as a photo",
    ]);
  });

  test("is what all else supposes", async () => {
    const refused = { name: "a.jpg", media: lookAtRefused().media, thumbnail: null };
    const found = await factDifferences(refused, { about: "A photo" }, alone);
    expect(found).toStrictEqual(["is refused: No photo. (unsupported_media_type)"]);
  });
});

describe("colours", () => {
  const red: Rgb = [200, 60, 40];
  const withSpot = plain(40, 20, red);
  withSpot.data.set([0, 0, 0], (5 * 40 + 7) * 3);

  test("srgb is that of every pixel, within the tolerance", async () => {
    const off = plain(40, 20, [204, 56, 40]);
    expect(await look({ srgb: red }, off)).toStrictEqual([]);
    expect(await look({ srgb: red, tolerance: 3 }, off)).toStrictEqual([
      "srgb is [204,56,40], not [200,60,40]",
    ]);
    expect(await look({ srgb: red }, withSpot)).toStrictEqual(["srgb is [0,0,0], not [200,60,40]"]);
  });

  test("colour_everywhere is so on average", async () => {
    expect(await look({ colour_everywhere: red, mean_difference_at_most: 1 }, withSpot)).toStrictEqual([]);
    const found = await look(
      { colour_everywhere: red, mean_difference_at_most: 6 },
      plain(40, 20, [207, 67, 47]),
    );
    expect(found).toStrictEqual([
      "differs from colour_everywhere [200,60,40] by 7.0 on average, not 6.0 at most",
    ]);
  });

  test("pixels are looked up by column and row", async () => {
    expect(await look({ pixels: { "7,5": [0, 0, 0], "5,7": red } }, withSpot)).toStrictEqual([]);
    expect(await look({ pixels: { "5,7": [0, 0, 0] }, tolerance: 12 }, withSpot)).toStrictEqual([
      "the pixel at 5,7 is [200,60,40], not [0,0,0]",
    ]);
    expect(await look({ pixels: { "40,5": red } }, withSpot)).toStrictEqual(["has no pixel at 40,5"]);
  });

  test("pixels of a larger picture are looked up in the thumbnail where they come to lie", async () => {
    const large = photoWith({ intrinsic: { width: 400, height: 200 } });
    const facts: Facts = { pixels: { "75,55": [0, 0, 0], "65,55": red } };
    expect(await factDifferences(resultOf(large, withSpot), facts, alone)).toStrictEqual([]);
  });

  test.each<[string, Facts]>([
    ["srgb", { srgb: red }],
    ["pixels", { pixels: { "0,0": red } }],
    ["a reference", { reference: "reference.png" }],
    ["a colour everywhere", { colour_everywhere: red }],
  ])("of which %s tells need a thumbnail", async (_what, facts) => {
    expect(await look(facts, null)).toStrictEqual(["has no thumbnail to look at"]);
  });
});

/** Writes a picture of one colour as PNG, whatever its name says. */
async function writePicture(
  file: string,
  size: { readonly width: number; readonly height: number },
  [r, g, b]: Rgb,
): Promise<void> {
  await sharp({ create: { ...size, channels: 3, background: { r, g, b } } })
    .png()
    .toFile(file);
}

describe("a reference", () => {
  async function withReference(colour: Rgb): Promise<Others> {
    const folder = await temporaryFolder();
    await writePicture(join(folder, "reference.png"), { width: 10, height: 5 }, colour);
    await writePicture(join(folder, "a.jpg"), { width: 40, height: 20 }, colour);
    return { ...alone, folder };
  }

  test("is what the thumbnail looks like in its size, within the mean difference", async () => {
    const facts: Facts = { reference: "reference.png", mean_difference_at_most: 2 };
    const others = await withReference([100, 50, 25]);
    const like = resultOf(small, plain(40, 20, [102, 52, 27]));
    expect(await factDifferences(like, facts, others)).toStrictEqual([]);
    const unlike = resultOf(small, plain(40, 20, [103, 53, 28]));
    expect(await factDifferences(unlike, facts, others)).toStrictEqual([
      "differs from reference.png by 3.0 on average, not 2.0 at most",
    ]);
  });

  test("without a mean difference is one that a thumbnail can have", async () => {
    const others = await withReference([100, 50, 25]);
    const result = (more: number): Result =>
      resultOf(small, plain(40, 20, [100 + more, 50 + more, 25 + more]));
    expect(await factDifferences(result(2), { reference: "reference.png" }, others)).toStrictEqual([]);
    expect(await factDifferences(result(10), { reference: "reference.png" }, others)).toHaveLength(1);
  });

  test("that the file's own coding is further from is replaced by another decoder's picture of the file", async () => {
    const others = await withReference([100, 50, 25]);
    const facts: Facts = { reference: "reference.png", mean_difference_at_most: 2 };
    await writePicture(join(others.folder, "a.jpg"), { width: 40, height: 20 }, [130, 80, 55]);
    const shown = (red: number): Result => resultOf(small, plain(40, 20, [red, 80, 55]));
    expect(await factDifferences(shown(130), facts, others)).toStrictEqual([]);
    expect(await factDifferences(shown(150), facts, others)).toStrictEqual([
      expect.stringContaining("differs from sharp"),
    ]);
  });
});

describe("a thumbnail like that of another file", () => {
  const others = (thumbnail: Picture | null, facts?: Facts): Others => ({
    ...alone,
    resultOf: async (name) => (name === "b.jpg" ? { ...resultOf(small, thumbnail), name } : undefined),
    factsOf: (name) => (name === "b.jpg" ? facts : undefined),
  });
  const facts: Facts = { thumbnail: "b.jpg" };
  const red = plain(40, 20, [200, 0, 0]);

  test("may be none, where the file is not supported", async () => {
    const none = {
      name: "a.jpg",
      media: lookAtNone("unsupported", "unsupported_coding").media,
      thumbnail: null,
    };
    expect(await factDifferences(none, facts, others(red))).toStrictEqual([]);
    const failed = { ...none, media: lookAtNone("failed", "corrupt").media };
    expect(await factDifferences(failed, facts, others(red))).toStrictEqual([
      "has no thumbnail like that of b.jpg",
    ]);
  });

  test("is compared with that", async () => {
    expect(await factDifferences(resultOf(small, red), facts, others(red))).toStrictEqual([]);
    const black = resultOf(small, plain(40, 20));
    expect(await factDifferences(black, facts, others(red))).toHaveLength(1);
    expect(await factDifferences(black, facts, others(null))).toStrictEqual([
      "has no thumbnail like that of b.jpg",
    ]);
  });

  test("is compared with the colours of the other, where they are known", async () => {
    const known = others(plain(40, 20), { pixels: { "1,1": [200, 0, 0] } });
    expect(await factDifferences(resultOf(small, red), facts, known)).toStrictEqual([]);
    expect(await factDifferences(resultOf(small, plain(40, 20)), facts, known)).toStrictEqual([
      "the pixel at 1,1 is [0,0,0], not [200,0,0]",
    ]);
  });
});

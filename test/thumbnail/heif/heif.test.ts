import { describe, expect, test } from "vitest";
import { isolateMemory } from "../../../src/thumbnail/budget.ts";
import { bigEndian, clap, imir, irot, isoBox } from "../../support/images/index.ts";
import { restoredFast, restoredSlow } from "../support/avif-fixtures.ts";
import { profiles } from "../support/icc.ts";
import { make, mustMake, type Wish } from "../support/make.ts";
import { av1Tile, av1TileOf444, hevcTile, type HeifOptions, writeHeif } from "../support/heif-writer.ts";

const heic = { contentType: "image/heic", width: 64, height: 64 };
const avif = { ...heic, contentType: "image/avif" };

type Letter = "r" | "g" | "b" | "w" | "?";

/** The colour at a place of a picture, by its letter. */
function letterAt({ pixels, width }: { pixels: Uint8Array; width: number }, x: number, y: number): Letter {
  const levels = [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  const [red, green, blue] = levels.map((level) => (level > 200 ? true : level < 55 ? false : undefined));
  if (red && green && blue) return "w";
  if (red && green === false && blue === false) return "r";
  if (red === false && green && blue === false) return "g";
  return red === false && green === false && blue ? "b" : "?";
}

/** The middles of the cells of a picture that is cut into `columns` × `rows`, row by row. */
async function cells(options: HeifOptions, wish: Wish, columns = 2, rows = 2): Promise<string> {
  const made = await mustMake(writeHeif(options), wish);
  const places = Array.from(
    { length: columns * rows },
    (_, i) => [i % columns, Math.floor(i / columns)] as const,
  );
  const at = (index: number, count: number, size: number) => Math.floor(((index + 0.5) * size) / count);
  return places
    .map(([x, y]) => letterAt(made, at(x, columns, made.width), at(y, rows, made.height)))
    .join("");
}

describe("happy", () => {
  test("HEIC is shown in its colours", async () => {
    expect(await cells({ tile: hevcTile }, heic)).toBe("rgbw");
  });

  test("AVIF is shown in its colours", async () => {
    expect(await cells({ tile: av1Tile }, avif)).toBe("rgbw");
  });

  test.each([
    ["slowly", restoredSlow],
    ["faster", restoredFast],
  ])("AVIF with loop restoration, coded %s, has no blocks", async (_, file) => {
    const { pixels } = await mustMake(file, { contentType: "image/avif", width: 128, height: 128 });
    const meant = [
      [200, 60, 40],
      [60, 180, 70],
      [50, 80, 200],
      [220, 220, 210],
    ];
    // The noise is 20 at the most; colours run into one another within 8 pixels of the edges.
    const isInside = (place: number) => place % 64 >= 8 && place % 64 < 56;
    let [sum, count] = [0, 0];
    for (let i = 0; i < pixels.length; i++) {
      const [x, y] = [Math.floor(i / 3) % 128, Math.floor(i / 384)];
      if (!isInside(x) || !isInside(y)) continue;
      const difference = Math.abs((pixels[i] ?? 0) - (meant[(y >> 6) * 2 + (x >> 6)]?.[i % 3] ?? 0));
      expect(difference).toBeLessThan(50);
      sum += difference;
      count++;
    }
    expect(sum / count).toBeLessThan(9);
  });

  test("what the facts say about turning is done once, whatever the boxes say", async () => {
    for (const properties of [[], [irot(3)], [imir(1), irot(3)]]) {
      expect(await cells({ tile: hevcTile, properties }, { ...heic, orientation: 6 })).toBe("brwg");
      expect(await cells({ tile: av1Tile, properties }, { ...avif, orientation: 6 })).toBe("brwg");
    }
  });

  test("a grid is put together tile by tile", async () => {
    const grid = { columns: 3, rows: 2, width: 192, height: 128 };
    const shown = await cells({ tile: hevcTile, grid }, { ...heic, fit: "contain" }, 6, 4);
    expect(shown).toBe(["rgrgrg", "bwbwbw", "rgrgrg", "bwbwbw"].join(""));
  });

  test("the tiles of a grid are cut at the picture's edges", async () => {
    const grid = { columns: 2, rows: 2, width: 96, height: 95 };
    const shown = await cells({ tile: hevcTile, grid }, { ...heic, fit: "contain" }, 3, 3);
    expect(shown).toBe(["rgr", "bwb", "rgr"].join(""));
  });

  test("the square in the middle of a wide grid is what a cover shows", async () => {
    const grid = { columns: 4, rows: 1, width: 256, height: 64 };
    // 64 of 256 columns, from the 96th on: the right half of the second tile, the left half of the third.
    expect(await cells({ tile: hevcTile, grid }, { ...heic, fit: "cover" })).toBe("grwb");
  });

  test("a clean aperture is all that is shown", async () => {
    const properties = [clap(64, 32), irot(1)];
    const made = await mustMake(writeHeif({ tile: hevcTile, properties }), { ...heic, fit: "contain" });
    expect([made.width, made.height]).toEqual([64, 32]);
    expect([letterAt(made, 10, 5), letterAt(made, 50, 28)]).toEqual(["r", "w"]);
  });

  test("code points of colours in the container are heeded", async () => {
    // Display P3 with sRGB's curve, BT.601, full range.
    const properties = [isoBox("colr", "nclx", bigEndian(2, 12, 13, 6), bigEndian(1, 0x80))];
    const plain = await mustMake(writeHeif({ tile: hevcTile }), heic);
    const wide = await mustMake(writeHeif({ tile: hevcTile, properties }), heic);
    const green = (made: { pixels: Uint8Array }) => made.pixels[(30 * 128 + 96) * 3] ?? 255;
    expect(green(wide)).toBeLessThanOrEqual(green(plain));
    expect(wide.pixels).not.toEqual(plain.pixels);
  });

  test("a grid that tells no colours has those of its tiles", async () => {
    const grid = { columns: 1, rows: 1, width: 64, height: 64 };
    const colours = [isoBox("colr", "prof", profiles.adobeRgb)];
    const byGrid = await mustMake(writeHeif({ tile: hevcTile, grid, properties: colours }), heic);
    const byTile = await mustMake(writeHeif({ tile: hevcTile, grid, tileProperties: colours }), heic);
    expect(byTile.pixels).toEqual(byGrid.pixels);
    expect(byTile.pixels).not.toEqual((await mustMake(writeHeif({ tile: hevcTile, grid }), heic)).pixels);
  });

  test("each picture gets a fresh instance of the decoder", async () => {
    const first = await mustMake(writeHeif({ tile: hevcTile }), heic);
    const second = await mustMake(writeHeif({ tile: hevcTile }), heic);
    expect(second.jpeg).toEqual(first.jpeg);
    expect(second.workingBytes).toBe(first.workingBytes);
    expect(first.workingBytes).toBeLessThan(24 * 1024 * 1024);
  });
});

describe("error", () => {
  test("samplings other than 4:2:0, and transparency, are unsupported and say so", async () => {
    for (const options of [{ tile: av1TileOf444 }, { tile: av1Tile, alpha: true }]) {
      expect(await make(writeHeif(options), avif)).toMatchObject({
        outcome: "unsupported",
        reason: { code: "unsupported_coding" },
      });
    }
  });

  test.each([
    ["HEIC", heic, writeHeif({ tile: hevcTile })],
    ["AVIF", avif, writeHeif({ tile: av1Tile })],
  ])("%s that is cut short is corrupt", async (_, wish, bytes) => {
    for (const length of [0, 12, 40, 200, bytes.length - 30]) {
      expect(await make(bytes.subarray(0, length), wish)).toMatchObject({
        outcome: "failed",
        reason: { code: "corrupt" },
      });
      expect(isolateMemory.usedBytes).toBe(0);
    }
  });

  test("a picture of another size than its container tells is corrupt", async () => {
    const grid = { columns: 1, rows: 1, width: 128, height: 128 };
    expect(await make(writeHeif({ tile: hevcTile, grid }), heic)).toMatchObject({
      reason: { code: "corrupt" },
    });
  });

  test("more than 16 MiB are too much for a file", async () => {
    expect(await make(new Uint8Array(16 * 1024 * 1024 + 1), heic)).toMatchObject({
      reason: { code: "file_too_large" },
    });
  });
});

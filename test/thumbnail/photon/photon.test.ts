import { describe, expect, test } from "vitest";
import { isolateMemory } from "../../../src/thumbnail/budget.ts";
import { gifBytes, joined, littleEndian } from "../../support/images/index.ts";
import { quadrantColours } from "../../support/images/picture.ts";
import { cornersOf, make, mustMake } from "../support/make.ts";

const size = { width: 80, height: 60 };
const files: readonly (readonly [string, string, Uint8Array])[] = [
  ["GIF", "image/gif", gifBytes(size)],
  ["animated GIF", "image/gif", gifBytes({ ...size, frames: 3 })],
];

describe("happy", () => {
  test.each(files)("%s is shown in its colours", async (_, contentType, bytes) => {
    const { topLeft, topRight, bottomLeft, bottomRight } = quadrantColours;
    const shown = await cornersOf(bytes, { ...size, contentType });
    expect(shown).toEqual([topLeft, topRight, bottomLeft, bottomRight]);
  });

  test.each(files)("%s is turned as the facts say", async (_, contentType, bytes) => {
    const { topLeft, topRight, bottomLeft, bottomRight } = quadrantColours;
    // 6: the left side as stored is the upper side as shown.
    const shown = await cornersOf(bytes, { ...size, contentType, orientation: 6 });
    expect(shown).toEqual([bottomLeft, topLeft, bottomRight, topRight]);
  });

  test("what is transparent is white", async () => {
    const control = joined("!\xf9\x04\x01\0\0\0\0");
    const shown = await cornersOf(gifBytes({ ...size, extensions: [control] }), { contentType: "image/gif" });
    expect(shown[0]).toEqual([255, 255, 255]);
    expect(shown[1]).toEqual([...quadrantColours.topRight]);
  });

  // What is to be done with a frame before the next one comes: nothing said, kept, cleared, taken back.
  test.each([0, 1, 2, 3])(
    "a small first frame of a GIF, disposal %i, lies on the white screen",
    async (disposal) => {
      const control = joined("!\xf9\x04", littleEndian(1, disposal << 2), "\0\0\0\0");
      const screen = { width: 120, height: 100 };
      const place = { x: 20, y: 30 };
      const file = gifBytes({ ...size, screen, place, frames: 2, extensions: [control] });
      const { pixels, width, height } = await mustMake(file, { contentType: "image/gif", fit: "contain" });
      expect([width, height]).toEqual([120, 100]);
      const at = (x: number, y: number) => [...pixels.subarray((y * 120 + x) * 3, (y * 120 + x) * 3 + 3)];
      const { topLeft, topRight, bottomLeft, bottomRight } = quadrantColours;
      const inside = [at(20, 30), at(99, 30), at(20, 89), at(99, 89)];
      expect(inside).toEqual([topLeft, topRight, bottomLeft, bottomRight]);
      const outside = [at(19, 30), at(100, 30), at(20, 29), at(99, 90)];
      expect(new Set(outside.flat())).toEqual(new Set([255]));
    },
  );

  test("a frame of a GIF is cut where the screen ends", async () => {
    const file = gifBytes({ ...size, screen: { width: 60, height: 50 }, place: { x: 20, y: 20 } });
    const { pixels, width, height } = await mustMake(file, { contentType: "image/gif", fit: "contain" });
    expect([width, height]).toEqual([60, 50]);
    expect([...pixels.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect([...pixels.subarray((49 * 60 + 59) * 3)]).toEqual([...quadrantColours.topLeft]);
  });

  test("a GIF without a screen has the size of its first frame", async () => {
    const file = gifBytes({ ...size, screen: { width: 0, height: 0 } });
    const wish = { ...size, contentType: "image/gif", fit: "contain" } as const;
    expect(await mustMake(file, wish)).toMatchObject(size);
  });

  test("the next picture is decoded in the memory that the last one left, and comes out the same", async () => {
    const small = gifBytes(size);
    const large = gifBytes({ width: 1000, height: 900 });
    const first = await mustMake(small, { contentType: "image/gif", ...size });
    const grown = await mustMake(large, { contentType: "image/gif", width: 1000, height: 900 });
    const again = await mustMake(large, { contentType: "image/gif", width: 1000, height: 900 });
    expect(grown.workingBytes).toBeGreaterThan(8 * 1024 * 1024);
    expect(again.workingBytes).toBeLessThanOrEqual(grown.workingBytes);
    expect((await mustMake(small, { contentType: "image/gif", ...size })).jpeg).toEqual(first.jpeg);
  });
});

describe("error", () => {
  test.each(files)(
    "%s that is cut short is corrupt or shown as far as it goes",
    async (_, contentType, bytes) => {
      for (const length of [12, 30, 60, bytes.length >> 1]) {
        const result = await make(bytes.subarray(0, length), { contentType });
        expect(["made", "corrupt"]).toContain(result.outcome === "made" ? "made" : result.reason.code);
      }
      // The instance that panicked is not used again.
      expect((await make(bytes, { contentType })).outcome).toBe("made");
    },
  );

  test("a picture that would take too much memory is told before it is decoded", async () => {
    const wish = { contentType: "image/gif", width: 3000, height: 2200 };
    expect(await make(gifBytes(size), wish)).toMatchObject({
      outcome: "unsupported",
      reason: { code: "over_budget" },
    });
  });

  test("a picture that is larger than its header told ends at the bound", async () => {
    const bytes = gifBytes(size);
    bytes.set(littleEndian(2, 20_000, 20_000), 6);
    const result = await make(bytes, { contentType: "image/gif", ...size });
    expect(["over_budget", "corrupt"]).toContain(result.outcome === "made" ? "made" : result.reason.code);
  });

  test("more than 16 MiB are too much for a file", async () => {
    const bytes = joined(gifBytes(size), new Uint8Array(16 * 1024 * 1024));
    expect(await make(bytes, { contentType: "image/gif" })).toMatchObject({
      reason: { code: "file_too_large" },
    });
  });

  test("memory is given back whatever the outcome", async () => {
    for (const [, contentType, bytes] of files) {
      for (const part of [bytes, bytes.subarray(0, 40)]) {
        await make(part, { contentType });
        expect(isolateMemory.usedBytes).toBe(0);
      }
    }
  });
});

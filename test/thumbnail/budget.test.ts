import { describe, expect, test } from "vitest";
import { isolateMemory } from "../../src/thumbnail/budget.ts";
import { randomImage } from "./support/jpeg-image.ts";
import { writeJpeg } from "./support/jpeg-writer.ts";
import { make, mustMake } from "./support/make.ts";
import { writePng } from "./support/png-writer.ts";
import { USUAL_SCRIPT } from "./support/scripts.ts";

const FOUR_TWO_ZERO = [
  [2, 2],
  [1, 1],
  [1, 1],
] as const;
const photo = (width: number, height: number) =>
  randomImage({ width, height, sampling: FOUR_TWO_ZERO, seed: 1 });

describe("budget", () => {
  test("memory is given back whatever the outcome", async () => {
    const file = writeJpeg(photo(600, 400), { script: USUAL_SCRIPT });
    const png = await writePng({ width: 9, height: 9, depth: 8, colour: 0, samples: [] });
    for (const bytes of [file, file.subarray(0, 500), file.subarray(0, 5), png, png.subarray(0, 50)]) {
      await make(bytes, { contentType: bytes[0] === 0xff ? "image/jpeg" : "image/png" });
      expect(isolateMemory.usedBytes).toBe(0);
    }
  });

  test("pictures that come when others hold the memory are told to come again", async () => {
    const others = isolateMemory.newAccount();
    others.take(isolateMemory.limitBytes - 1000);
    expect(await make(writeJpeg(photo(40, 40)))).toMatchObject({
      outcome: "failed",
      reason: { code: "busy" },
    });
    others.close();
    expect(await make(writeJpeg(photo(40, 40)))).toMatchObject({ outcome: "made" });
  });

  test("a baseline picture takes the same memory however large it is", async () => {
    const small = await mustMake(writeJpeg(photo(640, 480)), { size: 512 });
    const large = await mustMake(writeJpeg(photo(4000, 3000)), { size: 512 });
    expect(large.workingBytes).toBeLessThan(4 * 1024 * 1024);
    expect(small.workingBytes).toBeLessThan(4 * 1024 * 1024);
  });

  test("a progressive picture of 24 megapixels stays within 24 MiB", async () => {
    const image = randomImage({ width: 64, height: 64, sampling: FOUR_TWO_ZERO, seed: 1 });
    const file = writeJpeg(image, { script: USUAL_SCRIPT });
    const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc2);
    file.set([4000 >> 8, 4000 & 255, 6000 >> 8, 6000 & 255], at + 5);
    const made = await mustMake(file, { size: 512 });
    expect(made.workingBytes).toBeLessThan(24 * 1024 * 1024);
  });

  test("an instance that has grown is not used again", async () => {
    const file = writeJpeg(photo(2000, 1500), { script: USUAL_SCRIPT });
    const grown = await mustMake(file, { size: 1024 });
    const after = await mustMake(writeJpeg(photo(40, 40)));
    expect(grown.workingBytes).toBeGreaterThan(4 * 1024 * 1024);
    expect(after.workingBytes).toBeLessThan(2 * 1024 * 1024);
  });
});

describe("work", () => {
  test("a file of very many scans is left after the first hundred", async () => {
    const image = photo(400, 300);
    const refinements = Array.from({ length: 150 }, () => ({
      components: [0],
      from: 1,
      to: 63,
      high: 1,
      shift: 0,
    }));
    const file = writeJpeg(image, {
      script: [{ components: [0, 1, 2], from: 0, to: 0, high: 0, shift: 0 }, ...refinements],
    });
    const last = file.lastIndexOf(0xda);
    const whole = await mustMake(file);
    expect((await mustMake(file.subarray(0, last - 1))).jpeg).toEqual(whole.jpeg);
  });
});

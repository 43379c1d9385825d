import { describe, expect, test } from "vitest";
import { MemoryBudget } from "../../../src/thumbnail/budget.ts";
import { hashesOf } from "../../../src/thumbnail/likeness/hash.ts";
import { readGreyPicture } from "../../../src/thumbnail/likeness/read.ts";
import { pictureHashOf } from "../../../src/thumbnail/pdq/pdq.ts";
import { PictureError } from "../../../src/thumbnail/types.ts";
import { randomImage } from "../support/jpeg-image.ts";
import { writeJpeg } from "../support/jpeg-writer.ts";
import { mustMake } from "../support/make.ts";
import { sceneOf } from "../support/scene.ts";

const sampling = [
  [2, 2],
  [1, 1],
  [1, 1],
] as const;
const file = writeJpeg(randomImage({ width: 640, height: 480, sampling, seed: 2 }));

describe("a preview in shades of grey", () => {
  test("has 256 pixels at the longest side, and the lightness of the picture", async () => {
    const grey = await readGreyPicture(file);
    expect([grey.width, grey.height]).toEqual([256, 192]);
    const { pixels } = await mustMake(file, { size: 256, fit: "contain" });
    const luma = Array.from(grey.luma, (_, i) => {
      const [red = 0, green = 0, blue = 0] = pixels.subarray(i * 3, i * 3 + 3);
      return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    });
    expect([...grey.luma]).toEqual(luma);
  });

  test("is not enlarged", async () => {
    const small = writeJpeg(randomImage({ width: 40, height: 90, sampling, seed: 2 }));
    expect(await readGreyPicture(small)).toMatchObject({ width: 40, height: 90 });
  });

  test("counts on the account while it is read, and no longer", async () => {
    const account = new MemoryBudget(64 * 1024 * 1024).newAccount();
    account.take(file.byteLength);
    account.beginWork();
    await readGreyPicture(file, account);
    expect(account.workingBytes).toBeGreaterThan(0);
    expect(account.heldBytes).toBe(file.byteLength);
  });

  test("is refused where there is no memory", async () => {
    const account = new MemoryBudget(1024).newAccount();
    await expect(readGreyPicture(file, account)).rejects.toMatchObject({
      result: { outcome: "failed", reason: { code: "busy" } },
    });
  });

  test.each([
    ["nothing", new Uint8Array()],
    ["text", new TextEncoder().encode("not a picture")],
    ["a JPEG without data", file.subarray(0, 20)],
  ])("cannot be had of %s", async (_, bytes) => {
    const failed = readGreyPicture(bytes);
    await expect(failed).rejects.toBeInstanceOf(PictureError);
    await expect(failed).rejects.toMatchObject({
      result: { outcome: "failed", reason: { code: "corrupt" } },
    });
  });
});

describe("the hash", () => {
  const scene = sceneOf(9, 200, 150);

  test("of a picture without a border is its PDQ hash", () => {
    const { data, width, height } = scene;
    expect(hashesOf(data, width, height)).toEqual({
      ...pictureHashOf(data, width, height),
      innerHash: null,
    });
  });

  test("of a picture within a border is told beside that of the whole", () => {
    const { data, width, height } = scene;
    const framed = new Uint8Array((width + 8) * (height + 8) * 3).fill(255);
    for (let y = 0; y < height; y++) {
      const row = data.subarray(y * width * 3, (y + 1) * width * 3);
      framed.set(row, ((y + 4) * (width + 8) + 4) * 3);
    }
    const plain = pictureHashOf(data, width, height);
    const whole = pictureHashOf(framed, width + 8, height + 8);
    expect(whole).not.toEqual(plain);
    expect(hashesOf(framed, width + 8, height + 8)).toEqual({ ...whole, innerHash: plain?.hash });
  });

  test("of a picture that is too small is none", () => {
    expect(hashesOf(new Uint8Array(3), 1, 1)).toBeNull();
  });
});

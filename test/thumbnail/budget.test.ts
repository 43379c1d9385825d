import { describe, expect, test } from "vitest";
import {
  isolateMemory,
  MemoryBudget,
  memoryLimitBytes,
  usualDecodeBytes,
} from "../../src/thumbnail/budget.ts";
import { makeThumbnail } from "../../src/thumbnail/thumbnail.ts";
import { randomImage } from "./support/jpeg-image.ts";
import { writeJpeg } from "./support/jpeg-writer.ts";
import { make, mustMake } from "./support/make.ts";
import { writePng } from "./support/png-writer.ts";
import { usualScript } from "./support/scripts.ts";

const fourTwoZero = [
  [2, 2],
  [1, 1],
  [1, 1],
] as const;
const photo = (width: number, height: number) =>
  randomImage({ width, height, sampling: fourTwoZero, seed: 1 });

describe("budget", () => {
  test("memory is given back whatever the outcome", async () => {
    const file = writeJpeg(photo(600, 400), { script: usualScript });
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
    const image = randomImage({ width: 64, height: 64, sampling: fourTwoZero, seed: 1 });
    const file = writeJpeg(image, { script: usualScript });
    const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc2);
    file.set([4000 >> 8, 4000 & 255, 6000 >> 8, 6000 & 255], at + 5);
    const made = await mustMake(file, { size: 512 });
    expect(made.workingBytes).toBeLessThan(24 * 1024 * 1024);
  });

  test("an instance that has grown is not used again", async () => {
    const file = writeJpeg(photo(2000, 1500), { script: usualScript });
    const grown = await mustMake(file, { size: 1024 });
    const after = await mustMake(writeJpeg(photo(40, 40)));
    expect(grown.workingBytes).toBeGreaterThan(4 * 1024 * 1024);
    expect(after.workingBytes).toBeLessThan(2 * 1024 * 1024);
  });
});

/** What an account answers to a request for bytes. */
function answerOf(take: () => void): string {
  try {
    take();
    return "taken";
  } catch (error) {
    return error instanceof Error ? error.message.split(":", 1).join("") : "?";
  }
}

describe("accounts", () => {
  test("inputs are let in while the decode of each has room beside them", () => {
    const budget = new MemoryBudget(100);
    const answers = [30, 30, 30].map((bytes) => answerOf(() => budget.newAccount().takeInput(bytes, 20)));
    expect(answers).toEqual(["taken", "taken", "busy"]);
    expect(budget.usedBytes).toBe(60);
  });

  test("an input that is alone may take all there is", () => {
    const budget = new MemoryBudget(100);
    expect(answerOf(() => budget.newAccount().takeInput(100, 20))).toBe("taken");
    expect(answerOf(() => budget.newAccount().takeInput(0, 20))).toBe("busy");
  });

  test("an input that needs much room keeps it from those that come after and need little", () => {
    const budget = new MemoryBudget(100);
    budget.newAccount().takeInput(10, 70);
    expect(answerOf(() => budget.newAccount().takeInput(15, 20))).toBe("taken");
    expect(answerOf(() => budget.newAccount().takeInput(10, 20))).toBe("busy");
  });

  test("a type whose decoder follows the picture keeps more room than one that follows the thumbnail", () => {
    expect(usualDecodeBytes("image/heic")).toBeGreaterThan(usualDecodeBytes("image/jpeg"));
  });

  test("the largest thumbnail keeps more room than any other, whatever the type", () => {
    for (const type of ["image/jpeg", "image/heic"]) {
      expect(usualDecodeBytes(type, 2048)).toBeGreaterThan(usualDecodeBytes(type, 1024));
      expect(usualDecodeBytes(type, 2048)).toBeLessThan(memoryLimitBytes);
    }
  });

  test("what is done before decoding takes room that is kept for it", () => {
    const budget = new MemoryBudget(100);
    const [account, other] = [budget.newAccount(), budget.newAccount()];
    account.takeInput(40, 20);
    other.takeInput(40, 20);
    account.reserve(20);
    expect(answerOf(() => other.reserve(1))).toBe("busy");
    account.release(20);
    expect(answerOf(() => other.reserve(1))).toBe("taken");
  });

  test("whatever ends the work on an account gives it back", async () => {
    const budget = new MemoryBudget(100);
    await budget.withAccount(async (account) => account.takeInput(100, 0));
    expect(budget.usedBytes).toBe(0);
    const failing = budget.withAccount(async (account) => {
      account.takeInput(100, 0);
      throw new Error("lost");
    });
    await expect(failing).rejects.toThrow("lost");
    expect(budget.usedBytes).toBe(0);
  });

  test("an account that has not moved for two minutes is given up when another finds no room", () => {
    let now = 0;
    const budget = new MemoryBudget(100, () => now);
    const left = budget.newAccount();
    left.takeInput(60, 0);
    now = 119_000;
    expect(answerOf(() => budget.newAccount().takeInput(60, 0))).toBe("busy");
    now = 121_000;
    expect(budget.usedBytes).toBe(60);
    expect(answerOf(() => budget.newAccount().takeInput(60, 0))).toBe("taken");
    expect(budget.usedBytes).toBe(60);
    // It was not dropped after all, and comes back.
    expect(answerOf(() => left.reserve(1))).toBe("busy");
    left.close();
    expect(budget.usedBytes).toBe(60);
  });

  test("an account that goes on is not given up", () => {
    let now = 0;
    const budget = new MemoryBudget(100, () => now);
    const slow = budget.newAccount();
    slow.takeInput(60, 0);
    now = 100_000;
    slow.reserve(0);
    now = 200_000;
    expect(answerOf(() => budget.newAccount().takeInput(60, 0))).toBe("busy");
    expect(answerOf(() => slow.reserve(10))).toBe("taken");
  });

  test("a picture on its caller's account gives back what making its thumbnail took, and no more", async () => {
    const file = writeJpeg(photo(600, 400));
    await isolateMemory.withAccount(async (account) => {
      account.takeInput(file.length, 0);
      const facts = { contentType: "image/jpeg", width: 600, height: 400, orientation: 1 } as const;
      const made = await makeThumbnail(file, facts, { size: 128, fit: "cover" }, { account });
      expect(made).toMatchObject({ outcome: "made" });
      expect(account.heldBytes).toBe(file.length);
      expect(account.workingBytes).toBeGreaterThan(100_000);
    });
    expect(isolateMemory.usedBytes).toBe(0);
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

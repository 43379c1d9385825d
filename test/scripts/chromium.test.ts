import { chmod } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { findChromium } from "../../scripts/test/chromium.ts";
import { temporaryFolder, writeFiles } from "./support/folder.ts";

/** A folder of programs by these names. */
async function folderOf(...names: string[]): Promise<string> {
  const folder = await temporaryFolder();
  await writeFiles(folder, Object.fromEntries(names.map((name) => [name, "#!/bin/sh\n"])));
  await Promise.all(names.map((name) => chmod(join(folder, name), 0o755)));
  return folder;
}

test("the Chromium of the browser tests is the one that CHROMIUM names", async () => {
  const [folder, other] = [await folderOf("mine"), await folderOf("chromium")];
  expect(findChromium({ CHROMIUM: join(folder, "mine"), PATH: other })).toBe(join(folder, "mine"));
});

test("without CHROMIUM it is the likeliest name, in whatever folder of the PATH", async () => {
  const [first, second] = [await folderOf("google-chrome"), await folderOf("chromium", "google-chrome")];
  expect(findChromium({ PATH: [first, second].join(delimiter) })).toBe(join(second, "chromium"));
  expect(findChromium({ CHROMIUM: "", PATH: first })).toBe(join(first, "google-chrome"));
});

test("a CHROMIUM that is no program is told, and not passed over", async () => {
  const folder = await folderOf("chromium");
  await chmod(join(folder, "chromium"), 0o644);
  expect(() => findChromium({ CHROMIUM: join(folder, "chromium"), PATH: folder })).toThrow(
    /^CHROMIUM names .*chromium, which is no program/,
  );
});

test.skipIf(process.platform === "darwin")("a system without one is told what to install", async () => {
  const folder = await temporaryFolder();
  expect(() => findChromium({ PATH: folder })).toThrow(/Debian's package is called `chromium`/);
});

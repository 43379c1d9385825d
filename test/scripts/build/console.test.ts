import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assetParts } from "../../../scripts/build/licences/assets.ts";
import { parts } from "../../../scripts/build/licences/parts.ts";
import { buildConsole } from "../../../scripts/build/console.ts";
import { licencesText } from "../../../scripts/build/licences.ts";
import { measureFirstLoad } from "../../../scripts/bundle.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";

const assets = join(projectRoot, "dist", "assets");
const kibibyte = 1_024;

test("the first load of the console has at most 60 KiB of scripts and 12 KiB of styles, compressed", async () => {
  const { scripts, styles } = await measureFirstLoad(assets);
  expect(scripts.gzip).toBeGreaterThan(10 * kibibyte);
  expect(scripts.gzip).toBeLessThanOrEqual(60 * kibibyte);
  expect(styles.gzip).toBeGreaterThan(kibibyte / 2);
  expect(styles.gzip).toBeLessThanOrEqual(12 * kibibyte);
});

test("a console that was built of the same is not built again", async () => {
  const record = join(projectRoot, "dist", "modules", "console.json");
  const before = await readFile(record, "utf8");
  const built = await buildConsole("dist/assets");
  expect(JSON.stringify(built, null, 2)).toBe(before);
});

test("nothing of an earlier console lies among the assets", async () => {
  const { files } = await buildConsole("dist/assets");
  const found = (await readdir(join(assets, "console"))).map((name) => `console/${name}`);
  expect(found.toSorted()).toEqual(files.filter((name) => name.startsWith("console/")).toSorted());
});

test("every package whose code the console ships is in the file of licences", async () => {
  const { packages } = await buildConsole("dist/assets");
  expect(packages.map(({ name }) => name)).toContain("svelte");
  const text = licencesText([...parts, ...assetParts(packages)]);
  expect(packages.filter(({ name }) => !text.includes(`\n${name} `))).toEqual([]);
});

test("no file of the console names another host that a browser would ask", async () => {
  const { files } = await buildConsole("dist/assets");
  const page = await readFile(join(assets, "index.html"), "utf8");
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  for (const name of files.filter((each) => each.endsWith(".css")))
    expect(await readFile(join(assets, name), "utf8")).not.toMatch(/url\(|@import/);
});

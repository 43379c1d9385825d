import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  budgetProblem,
  bundleBudget,
  measureAssets,
  measureBundle,
  measureFirstLoad,
  sizeLine,
  sizeLines,
} from "../../scripts/bundle.ts";
import { temporaryFolder, writeFiles } from "./support/folder.ts";

test("the bundle's parts are measured as they are uploaded, without source maps", async () => {
  const folder = await temporaryFolder();
  const wasm = Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * index) % 251));
  await writeFiles(folder, {
    "index.js": "x".repeat(2_048),
    "index.js.map": "{}",
    "README.md": "",
    "deep/a.wasm": wasm,
  });
  const parts = await measureBundle(folder);
  expect(parts).toEqual([
    { name: "a.wasm", size: 4_096, gzip: gzipSync(wasm).length },
    { name: "index.js", size: 2_048, gzip: gzipSync("x".repeat(2_048)).length },
  ]);
  expect(sizeLines(parts).at(-1)).toMatch(/^ {6}6\.0 KiB +0\.\d KiB gzip {2}in all$/);
});

test("static assets are counted together, without what only tells how they are served", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { _headers: "/*", "a.css": "a".repeat(1_024), "viewer/b.js": "b".repeat(1_024) });
  const gzip = gzipSync("a".repeat(1_024)).length + gzipSync("b".repeat(1_024)).length;
  const assets = await measureAssets(folder);
  expect(assets).toEqual({ name: "static assets, 2 files", size: 2_048, gzip });
  expect(sizeLine(assets)).toMatch(/^ {6}2\.0 KiB +0\.\d KiB gzip {2}static assets, 2 files$/);
});

test("the console's first load is what its page names, without what is loaded later", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    "index.html":
      '<link rel="icon" href="/favicon.svg"><script src="/console/a.js"></script>' +
      '<link rel="modulepreload" href="/console/b.js"><link rel="stylesheet" href="/console/a.css">',
    "console/a.js": "a".repeat(1_024),
    "console/b.js": "b".repeat(1_024),
    "console/later.js": "c".repeat(1_024),
    "console/a.css": "d".repeat(512),
  });
  const { scripts, styles } = await measureFirstLoad(folder);
  expect([scripts.size, styles.size]).toEqual([2_048, 512]);
  expect(scripts.gzip).toBe(gzipSync("a".repeat(1_024)).length + gzipSync("b".repeat(1_024)).length);
});

test("a bundle within its budget has no problem, and one that is larger by a byte is told with both sizes", () => {
  const part = (gzip: number) => ({ name: "index.js", size: 4 * gzip, gzip });
  expect(budgetProblem([part(bundleBudget - 1_024), part(1_024)])).toBeNull();
  expect(budgetProblem([part(bundleBudget - 1_024), part(1_025)])).toContain(
    "The Worker has 2560.0 KiB compressed, more than its budget of 2560.0 KiB",
  );
});

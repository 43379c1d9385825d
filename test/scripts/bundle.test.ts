import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { measureBundle, sizeLines } from "../../scripts/bundle.ts";
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

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { runCorpus } from "../../../scripts/corpus/corpus.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

vi.mock("../../../scripts/corpus/look.ts", () => ({
  lookAt: () => Promise.reject(new TypeError("undefined is not a function")),
}));

test("a crash is told and gives one, and the other files have their turn", async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { "in/a.jpg": "a", "in/b.jpg": "b" });
  const said: string[] = [];
  const code = await runCorpus({ argv: ["in", "out"], start: folder, say: (line) => void said.push(line) });
  expect(code).toBe(1);
  expect(said).toContain("     2  crashed");
  expect(said).toContain("DIFFERS  b.jpg: crashed: undefined is not a function");
  expect(await readFile(join(folder, "out", "index.html"), "utf8")).toContain(
    '<b>a.jpg</b><b class="bad">crashed: undefined is not a function</b>',
  );
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCorpus } from "../../../scripts/corpus/cases.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

async function corpusOf(files: Record<string, unknown>) {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files))
    await writeFiles(folder, { [name]: typeof content === "string" ? content : JSON.stringify(content) });
  return { folder, read: () => readCorpus(folder) };
}

test("every file below the folder is a case, with what its own folder says of it", async () => {
  const { read } = await corpusOf({
    "a/facts.json": { about: "A kind", files: { "x.jpg": { width: 1 }, "in/y.jpg": { width: 2 } } },
    "a/x.jpg": "",
    "a/in/y.jpg": "",
    "b/expected.json": { "x.jpg": { make: "Maker", read_by: "another tool" } },
    "b/x.jpg": "",
    "b/README.md": "",
    "c/steps/facts.json": { files: {}, steps: ["Do this."] },
    "d.txt": "",
  });
  const { cases, gone } = read();
  expect(cases.map(({ name, facts, expected }) => [name, facts?.width, expected?.make])).toEqual([
    ["a/in/y.jpg", 2, undefined],
    ["a/x.jpg", 1, undefined],
    ["b/x.jpg", undefined, "Maker"],
    ["d.txt", undefined, undefined],
  ]);
  expect(gone).toEqual([]);
});

test("a file that something is said of, or that is referred to, and that is not there, is gone", async () => {
  const { read } = await corpusOf({
    "a/facts.json": {
      files: {
        "x.jpg": { reference: "r.png" },
        "y.jpg": { thumbnail: "unsupported, or like z.jpg" },
        "w.jpg": {},
      },
    },
    "a/x.jpg": "",
    "a/y.jpg": "",
    "expected.json": { "v.jpg": {} },
  });
  expect(read().gone).toEqual(["a/r.png", "a/w.jpg", "a/z.jpg", "v.jpg"]);
});

test.each<[string, unknown, string]>([
  ["a field that it does not know", { colour: 1 }, "colour"],
  ["a field within a field that it does not know", { camera: { maker: "Maker" } }, "maker"],
  ["a field within the time that it does not know", { taken: { on: "2024" } }, "on"],
  ["a state that there is not", { state: "done" }, "state"],
  ["a colour of two channels", { srgb: [1, 2] }, "srgb"],
  ["a place that is none", { pixels: { "1;2": [1, 2, 3] } }, "pixels"],
  [
    "a sentence that is not understood",
    { thumbnail: "any, or as b.jpg" },
    "must be `unsupported, or as FILE`",
  ],
  ["a mean difference to nothing", { mean_difference_at_most: 2 }, "a mean_difference_at_most to nothing"],
  ["a tolerance of nothing", { tolerance: 2 }, "a tolerance of nothing"],
])("facts.json with %s is an error", async (_what, facts, message) => {
  const { folder, read } = await corpusOf({ "facts.json": { files: { "a.jpg": facts } }, "a.jpg": "" });
  expect(read).toThrow(`${join(folder, "facts.json")} is not as it should be`);
  expect(read).toThrow(message);
});

test.each<[string, unknown, string]>([
  ["facts.json", { files: {}, more: 1 }, "is not as it should be"],
  ["facts.json", "{", "is no JSON"],
  ["expected.json", { "a.jpg": { mime: 7 } }, "is not as it should be"],
  ["expected.json", "", "is no JSON"],
])("%s that is %j is an error", async (name, content, message) => {
  const { folder, read } = await corpusOf({ [name]: content });
  expect(read).toThrow(`${join(folder, name)} ${message}`);
});

test("a file whose name is not UTF-8 is told before anything is sent", async () => {
  const { folder, read } = await corpusOf({ "a.jpg": "", "\u{fffd}.jpg": "" });
  expect(read().cases.map(({ name }) => name)).toEqual(["a.jpg", "\u{fffd}.jpg"]);
  await writeFile(Buffer.concat([Buffer.from(`${folder}/Caf`), Buffer.of(0xe9), Buffer.from(".jpg")]), "");
  expect(read).toThrow("The name of Caf\u{fffd}.jpg is not UTF-8");
});

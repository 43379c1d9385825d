import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { generate } from "../../../scripts/generate/generate.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";

const snapshot = "docs/openapi.json";
const types = "packages/client/src/openapi.ts";
const codes = "packages/client/src/error-codes.ts";

async function emptyRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "tagline-generate-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await mkdir(join(root, "docs"));
  await mkdir(join(root, "packages/client/src"), { recursive: true });
  return root;
}

test("the generated files of the repository are those that generating writes", async () => {
  const root = await emptyRoot();
  const said: string[] = [];
  expect(await generate({ argv: [], root, say: (line) => void said.push(line) })).toBe(0);
  expect(said).toEqual([`Wrote ${snapshot}, ${types}, ${codes}.`]);
  for (const path of [snapshot, types, codes]) {
    const [written, kept] = await Promise.all(
      [root, projectRoot].map(async (folder) => readFile(join(folder, path), "utf8")),
    );
    expect(written === kept, `${path} is stale: run \`npm run generate\``).toBe(true);
  }
});

test("--check writes nothing, names each file that is stale, and how it is renewed", async () => {
  const root = await emptyRoot();
  const kept = await readFile(join(projectRoot, snapshot), "utf8");
  await writeFile(join(root, snapshot), kept.replace('"title": "Tagline"', '"title": "Other"'));
  for (const path of [types, codes])
    await writeFile(join(root, path), await readFile(join(projectRoot, path)));
  const said: string[] = [];
  expect(await generate({ argv: ["--check"], root, say: (line) => void said.push(line) })).toBe(1);
  expect(said).toEqual([
    `${snapshot} does not fit the source of the Worker any more: run \`npm run generate\` and commit it.`,
  ]);
  expect(await readFile(join(root, snapshot), "utf8")).toContain('"title": "Other"');
});

test("the snapshot names no version, so that a release leaves it as it is", async () => {
  const document: unknown = JSON.parse(await readFile(join(projectRoot, snapshot), "utf8"));
  expect(document).toMatchObject({ info: { version: "0.0.0" } });
});

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { execPath } from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Given, Seen } from "../support/client/program.ts";
import { jpegBytes } from "../support/images/jpeg.ts";
import { createConsumer, expectedOf, runProgram, seenIn, type Consumer } from "./support/consumer.ts";
import { bunProgram, denoProgram } from "./support/runtimes.ts";
import { dataFolder, startService, type RunningService } from "./support/service.ts";
import { startWorker } from "./support/workerd.ts";

let data: Awaited<ReturnType<typeof dataFolder>>;
let service: RunningService;
let consumer: Consumer;

beforeAll(async () => {
  data = await dataFolder();
  [service, consumer] = await Promise.all([startService(data), createConsumer()]);
});

afterAll(async () => {
  await service.stop();
  await Promise.all([data.remove(), consumer.remove()]);
});

/** What a program is given that puts its photos into a folder of its own. */
function given(folder: string): Given {
  const photo = Buffer.from(jpegBytes({ width: 64, height: 48 })).toString("base64");
  return { url: service.url, key: service.key, folder, photo };
}

/** Whether progress was told from nothing to all. */
function isWhole({ progress, total }: Seen): boolean {
  return progress[0] === 0 && progress.at(-1) === total;
}

test("the package has what runs, its types, what it is and its licence, and nothing else", () => {
  const kinds = consumer.files
    .filter((file) => /\.\w+$|LICENSE/.test(file))
    .map((file) => file.replace(/^dist\/.*?(\.d\.ts|\.js)$/, "$1"));
  expect([...new Set(kinds)].sort()).toEqual([".d.ts", ".js", "LICENSE", "README.md", "package.json"]);
});

test("the program in the package's README does what it says", async () => {
  const readme = await readFile(join(consumer.folder, "node_modules/tagline-client/README.md"), "utf8");
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
  const own = code.replace("http://localhost:8787", service.url).replace("YOUR KEY", service.key);
  await writeFile(join(consumer.folder, "readme.mjs"), own);
  await writeFile(join(consumer.folder, "lake.jpg"), jpegBytes({ width: 64, height: 48 }));
  const { stdout } = await promisify(execFile)(execPath, ["readme.mjs"], { cwd: consumer.folder });
  const lines = stdout.trimEnd().split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "ready 64 48",
    "2024/lake.jpg",
    "There is a photo with this key already.",
  ]);
  expect(lines.at(-1)).toMatch(/^completed \d+$/);
});

test.each<[string, () => [string, ...string[]]]>([
  ["Node", () => [execPath]],
  ["Deno", () => [denoProgram(), "run", "--no-prompt", "--allow-net", "--allow-env", "--allow-read"]],
  ["Bun", () => [bunProgram(), "run"]],
])("a program that was compiled in an empty project does its work on %s", async (name, command) => {
  const own = given(name);
  const seen = await runProgram(consumer, command(), own);
  expect(seen).toMatchObject(expectedOf(own));
  expect(isWhole(seen)).toBe(true);
});

test("the same program does its work in a Worker", async () => {
  const script = await consumer.bundle(`import { program } from "./program.js";
    export default { fetch: async (request) => Response.json(await program(await request.json())) };`);
  const worker = await startWorker(consumer.folder, script);
  try {
    const own = given("Worker");
    const answer = await fetch(worker.url, { method: "POST", body: JSON.stringify(own) });
    const seen = seenIn(await answer.text());
    expect(seen).toMatchObject(expectedOf(own));
    expect(isWhole(seen)).toBe(true);
  } finally {
    await worker.stop();
  }
});

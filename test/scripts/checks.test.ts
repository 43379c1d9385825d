import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checks, plan, runChecks, vitestOnly } from "../../scripts/test/checks.ts";
import { projectRoot } from "../../scripts/wrangler.ts";

test("checks run in order and stop at the first that fails, with how to run it alone", async () => {
  const said: string[] = [];
  const list = [
    { name: "one", program: "node", args: ["-e", ""] },
    { name: "two", program: "node", args: ["-e", "process.exit(3)"] },
    { name: "three", program: "node", args: ["-e", ""] },
  ];
  expect(await runChecks(list, (line) => void said.push(line.trim()))).toBe(3);
  expect(said.slice(0, 2)).toEqual(["— one (1 of 3)", "— two (2 of 3)"]);
  expect(said[2]).toMatch(/^FAILED: two, after \d+\.\d s\. To run it alone: npx node -e process\.exit\(3\)$/);
  expect(said).toHaveLength(3);
});

test("checks that all pass are counted", async () => {
  const said: string[] = [];
  expect(
    await runChecks([{ name: "one", program: "node", args: ["-e", ""] }], (line) => void said.push(line)),
  ).toBe(0);
  expect(said.at(-1)).toMatch(/All 1 checks passed in/);
});

test("with arguments only the tests run", () => {
  expect(vitestOnly(["--project", "node"])).toEqual([
    { name: "tests", program: "vitest", args: ["run", "--project", "node"] },
  ]);
});

test("what takes minutes says so, and names the quick way, before it begins", () => {
  const { opening, list } = plan([]);
  expect(opening).toMatch(/minutes on two cores/);
  expect(opening).toContain("npm test -- test/http");
  expect(list).toBe(checks);
});

test("one folder is built for first, so that a fresh clone can test it, and nothing is announced", () => {
  const { opening, list } = plan(["test/http"]);
  expect(opening).toBeUndefined();
  expect(list.map(({ name }) => name)).toEqual(["build", "tests"]);
  expect(list.at(-1)?.args).toEqual(["run", "test/http"]);
});

test("npm test and npm run check look at the same things", async () => {
  const manifest = await readFile(join(projectRoot, "package.json"), "utf8");
  const shared = checks.filter(({ program, args }) => program !== "vitest" && args[0] !== "scripts/size.ts");
  const absent = shared
    .map(({ program, args }) => [program, ...args].join(" "))
    .filter((line) => !manifest.includes(line));
  expect(absent).toEqual([]);
});

test("npm test ends with the size of the bundle, which has a budget", () => {
  expect(checks.at(-1)).toMatchObject({ program: "node", args: ["scripts/size.ts"] });
});

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { describe, expect, test } from "vitest";

import patternRules, { backtracking } from "../../../scripts/lint/regular-expressions.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";
import { linted } from "../support/linted.ts";
import { hostileTexts } from "./hostile.ts";
import { patternsIn, patternsOfProject, type Pattern } from "./source.ts";

/** What backtracks takes hours, or does not end at all; what does not takes milliseconds. */
const patienceMs = 30_000;

/**
 * Feeds every pattern its hostile texts in a worker, which can be ended while a pattern runs: a pattern that is at it for
 * longer than `patience` is named, and so is one that cannot be fed.
 */
async function stuckOf(patterns: readonly Pattern[], patience: number): Promise<string | null> {
  const workerData = patterns.map(({ source, flags }) => [source, flags]);
  const worker = new Worker(new URL("feed.ts", import.meta.url), { workerData });
  let fed = 0;
  const nameOf = (index: number): string => `${patterns[index]?.at}: /${patterns[index]?.source}/`;
  try {
    return await new Promise((resolve) => {
      let timer = setTimeout(() => resolve(nameOf(fed)), patience);
      worker.on("message", () => {
        fed += 1;
        clearTimeout(timer);
        if (fed === patterns.length) resolve(null);
        else timer = setTimeout(() => resolve(nameOf(fed)), patience);
      });
      worker.on("error", (error: unknown) => resolve(`${nameOf(fed)} ${String(error)}`));
    });
  } finally {
    await worker.terminate();
  }
}

/** As `Range` was read once: 13 KB of blanks kept it busy for good. */
const oldRange = { source: String.raw`^bytes=\s*(\d*)\s*-\s*(\d*)\s*$`, flags: "i", at: "old" };

describe("the regular expressions of the project", () => {
  test("are found wherever they are written", async () => {
    const code = 'const a: RegExp = /a+\\/[/]b/gu;\nnew RegExp("b|c", "i"); x.replace(/d/, `${/e/}`);';
    expect(patternsIn(code, "x.ts").map(({ source, flags, at }) => `${at} ${source} ${flags}`)).toEqual([
      "x.ts:1 a+\\/[/]b gu",
      "x.ts:2 b|c i",
      "x.ts:2 d ",
      "x.ts:2 e ",
    ]);
    const files = new Set((await patternsOfProject()).map(({ at }) => at.split(":")[0]));
    expect([...files]).toEqual(
      expect.arrayContaining([
        "src/core/trace.ts",
        "src/http/headers/byte-range.ts",
        "scripts/bootstrap.mjs",
      ]),
    );
  });

  test("get through 100 KB of whatever leads them astray", { timeout: 600_000 }, async () => {
    const patterns = await patternsOfProject();
    expect(patterns.length).toBeGreaterThan(50);
    expect(await stuckOf(patterns, patienceMs)).toBeNull();
  });

  test("would be noticed if one of them backtracked", async () => {
    expect(await stuckOf([oldRange], 1_000)).toBe(`old: /${oldRange.source}/`);
  });

  test("are fed texts of 100 KB, among them one that repeats all that takes a blank", () => {
    const texts = hostileTexts(oldRange.source, oldRange.flags);
    const blanks = " ".repeat(25_000);
    expect(texts).toContain(`bytes=${blanks}${blanks}-${blanks}${blanks}\u0001`);
    for (const text of texts) expect(text.length).toBeGreaterThanOrEqual(100_000);
  });
});

describe("the rule of the linter", () => {
  test("is loaded: a file with a pattern that backtracks does not pass", async () => {
    const folder = await temporaryFolder();
    const code =
      'export const literal = /^a*a*$/;\nexport const text = new RegExp("(?:b+)+c");\nexport const good = /^a*$/;\n';
    await writeFiles(folder, { "patterns.ts": code });
    const oxlint = join(projectRoot, "node_modules", "oxlint", "bin", "oxlint");
    const config = join(projectRoot, ".oxlintrc.json");
    const argv = [oxlint, "-c", config, "--format", "unix", join(folder, "patterns.ts")];
    const { stdout, status } = spawnSync(process.execPath, argv, { encoding: "utf8" });
    const lines = stdout.split("\n").filter((line) => line.includes("patterns(backtracking)"));
    expect(new Set(lines.map((line) => /patterns\.ts:(\d)/.exec(line)?.[1]))).toEqual(new Set(["1", "2"]));
    expect(status).toBe(1);
  });

  test.each([
    [oldRange.source, "i"],
    ["^(?:a+)+$", ""],
    ["^a*a*$", ""],
    [String.raw`\/+$`, ""],
    [String.raw`x*y`, "g"],
  ])("refuses /%s/", (source, flags) => {
    expect(backtracking(source, flags)).not.toEqual([]);
  });

  test.each([
    ["^a*$", ""],
    [String.raw`^bytes=(\d*)-(\d*)$`, "i"],
    ["^(?:ab)+$", ""],
    ["[a-z]+", "g"],
  ])("lets /%s/ pass", (source, flags) => {
    expect(backtracking(source, flags)).toEqual([]);
  });

  test.each([
    ["a literal", "x.replace(/a*a*$/, y);"],
    ["a text", 'new RegExp("a*a*$");'],
    ["a text without new", 'RegExp("a*a*$", "u");'],
    ["a text with flags that only the run tells", 'new RegExp("a*a*$", flags);'],
  ])("looks into %s", (_, code) => {
    expect(new Set(linted(patternRules, code).map((each) => each.split(" ", 1)[0]))).toEqual(
      new Set(["patterns(backtracking)"]),
    );
  });

  test.each(["new RegExp(a + b);", "RegExp(`${a}*`);", "new RegExp();"])(
    "wants %s written down, as nobody can look at it beforehand",
    (code) => {
      expect(linted(patternRules, code)).toEqual([expect.stringContaining("patterns(constant) ")]);
    },
  );

  test.each(["/^a*$/;", 'new RegExp("^a*$", "u");', 'new Map("a*a*$");', '"a*a*$";'])(
    "has nothing against %s",
    (code) => {
      expect(linted(patternRules, code)).toEqual([]);
    },
  );
});

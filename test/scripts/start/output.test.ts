import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keptOutput, LineSieve } from "../../../scripts/start/output.ts";
import type { LogLevel } from "../../../src/core/log.ts";
import { temporaryFolder } from "../support/folder.ts";

/** What a person is shown of these lines. */
function shown(level: LogLevel | null, ...lines: string[]): string[] {
  const said: string[] = [];
  const sieve = new LineSieve((line) => void said.push(line));
  sieve.level = level;
  for (const line of lines) sieve.take(line);
  return said;
}

const noise = [
  "[custom build] Running: npm run --silent build",
  "Using secrets defined in .dev.vars",
  "Binding                     Resource",
  "env.DB (tagline)            D1 Database",
  "",
  "\u001b[33m▲ \u001b[43;33m[\u001b[43;30mWARNING\u001b[43;33m]\u001b[0m Scheduled Workers are not triggered.",
  "",
  "  To manually trigger a scheduled event, run:",
  "⎔ Starting local server...",
  "[wrangler:info] Ready on http://localhost:8787",
];

test("what wrangler prints while it starts is not shown", () => {
  expect(shown(null, ...noise)).toEqual([]);
  expect(shown("debug", ...noise)).toEqual([]);
});

test("an error of the build is shown at once and whole, with what the build has printed", () => {
  const error = [
    "\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1mBuild failed with 1 error:\u001b[0m",
    "",
    "  ✘ [ERROR] Expected a semicolon",
    "      src/app.ts:3:8:",
  ];
  const build = "[custom build] ERROR TS1005: ';' expected.";
  expect(shown(null, ...noise, build, ...error, "⎔ Connection status updated", "  more")).toEqual([
    build,
    ...error,
  ]);
});

test("what an earlier build has printed is not told again", () => {
  const error = "✘ [ERROR] no";
  const lines = ["[custom build] old", "[custom build] Running: build", "[custom build] new", error, error];
  expect(shown(null, ...lines)).toEqual(["[custom build] new", error, error]);
});

test("the service's own lines are shown from the level on, with their causes, once it runs", () => {
  const lines = [
    "INFO  request.done method=GET",
    "WARN  message.retried attempts=1",
    "  caused by: Error: away",
    "    at consumer.ts:3",
    "[wrangler:info] GET /health 200 OK (3ms)",
    "✘ [ERROR] ERROR message.dead type=task",
  ];
  expect(shown(null, ...lines)).toEqual([]);
  expect(shown("warn", ...lines)).toEqual([lines[1], lines[2], lines[3], lines[5]]);
  expect(shown("info", ...lines)).toEqual([...lines.slice(0, 4), lines[5]]);
});

test("that an edited service runs is said", () => {
  expect(shown("warn", "⎔ Reloading local server...", "⎔ Local server updated and ready")).toHaveLength(1);
});

test("all that is printed is kept in a file of its owner's, and handed on line by line", async () => {
  const path = join(await temporaryFolder(), "state", "tagline.log");
  const lines: string[] = [];
  const write = keptOutput(path, (line) => void lines.push(line));
  for (const chunk of ["one\ntw", "o\n\nth", "ree"]) write(chunk);
  expect(lines).toEqual(["one", "two", ""]);
  expect(await readFile(path, "utf8")).toBe("one\ntwo\n\nthree");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  keptOutput(path, () => {});
  expect(await readFile(path, "utf8")).toBe("");
});

import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";
import { z } from "zod";

import layerRules, { closedRooms, importProblem, layers } from "../../../scripts/lint/layers.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { linted } from "../support/linted.ts";

/** What a reader takes in at a glance. */
const mostFiles = 12;

/** The kernel is AssemblyScript, compiled by itself. */
const kernel = "src/thumbnail/kernel";

function sourceFiles(): string[] {
  return readdirSync(join(projectRoot, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length).replace(/^\//, ""))
    .filter((file) => !file.startsWith(`${kernel}/`));
}

describe("the rooms of src", () => {
  test("hold at most twelve files each", () => {
    const counts = new Map<string, number>();
    for (const file of sourceFiles()) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > mostFiles)).toEqual([]);
  });

  test("are all in a layer", () => {
    const known = new Set(layers.flat());
    const tops = sourceFiles().map((file) => file.split("/")[1]?.replace(/\.ts$/, ""));
    expect(tops.filter((top) => top !== undefined && !known.has(top))).toEqual([]);
  });

  test("that are closed to one another exist", () => {
    const files = sourceFiles();
    const isRoom = (room: string): boolean => files.some((file) => file.startsWith(`src/${room}/`));
    expect(closedRooms.flat().filter((room) => !isRoom(room))).toEqual([]);
  });

  test("each have a sentence in the map", () => {
    const map = readFileSync(join(projectRoot, "docs/architecture.md"), "utf8");
    const rooms = new Set(sourceFiles().map((file) => dirname(file)));
    expect([...rooms].filter((room) => !map.includes(`\`${room}\``))).toEqual([]);
  });
});

describe("the rule of the layers", () => {
  test.for([
    ["media/load", "db/media/reads", "allowed"],
    ["http/routes/media/item", "core/errors", "allowed"],
    ["media/load", "media/metadata/change", "allowed"],
    ["media/load", "ingest/coordinator/start", "below"],
    ["db/connection", "metadata/byte-view", "beside"],
    ["core/errors", "protocol/run", "below"],
    ["ingest/settling/pair", "ingest/listing/judge", "must not import"],
    ["strange/file", "core/errors", "in no layer"],
    ["core/errors", "strange/file", "in no layer"],
  ] as const)("judges an import of %s from %s", ([from, to, problem]) => {
    expect(importProblem(from, to) ?? "allowed").toContain(problem);
  });

  const below = "core/a is in a layer below http/context or beside it, and must not import it.";
  const coreFile = join(projectRoot, "src/core/a.ts");

  test.each([
    'import { x } from "../http/context.ts";',
    'import type { X } from "../http/context.ts";',
    'import "../http/context.ts";',
    'const x = await import("../http/context.ts");',
    'export { x } from "../http/context.ts";',
    'export * from "../http/context.ts";',
  ])("sees %s", (code) => {
    expect(linted(layerRules, code, coreFile)).toEqual([`layers(imports) ${below}`]);
  });

  test.each([
    ["of a neighbour", 'import { x } from "./errors.ts";', coreFile],
    ["of a package", 'import { z } from "zod";', coreFile],
    ["of what is not below src", 'import x from "../../dist/x.js";', coreFile],
    ["that only its run tells", "const x = await import(name);", coreFile],
    ["in a file elsewhere", 'import "../src/http/context.ts";', join(projectRoot, "scripts/a.ts")],
  ])("has nothing against an import %s", (_, code, file) => {
    expect(linted(layerRules, code, file)).toEqual([]);
  });
});

describe("the settings of the linter", () => {
  const settings = z.object({ overrides: z.array(z.object({ files: z.array(z.string()) })) });

  test("name files that exist: a pattern that matches nothing holds nothing", () => {
    const text = readFileSync(join(projectRoot, ".oxlintrc.json"), "utf8");
    const patterns = settings.parse(JSON.parse(text)).overrides.flatMap(({ files }) => files);
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.filter((each) => globSync(each, { cwd: projectRoot }).length === 0)).toEqual([]);
  });
});

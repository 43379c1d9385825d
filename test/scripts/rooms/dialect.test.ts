import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { describe, expect, test } from "vitest";
import { z } from "zod";

import dialect, { isInCapitals, repeatsName } from "../../../scripts/lint/dialect.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";
import { linted } from "../support/linted.ts";

describe("names in capitals", () => {
  test.each(["MAX_PIXELS", "D50", "QUALITY", "BT601"])("are found: %s", (name) => {
    expect(isInCapitals(name)).toBe(true);
  });

  test.each(["maxPixels", "Kernel", "x", "X", "toRGB", "d50"])("are not: %s", (name) => {
    expect(isInCapitals(name)).toBe(false);
  });
});

describe("comments that only repeat the name they stand on", () => {
  test.each([
    ["* The kernel. ", "Kernel"],
    ["* The filters of a list. ", "listFilter"],
    ["*\n * Whether it is planar.\n ", "isPlanar"],
    ["* XYZ to sRGB ", "xyzToSrgb"],
    ["* Returns the page. ", "pageOf"],
    ["* Gets a value of a type. ", "typeOf"],
    ["* Max pixels. ", "MAX_PIXELS"],
    ["* ", "empty"],
  ])("are found: %j on %s", (comment, name) => {
    expect(repeatsName(comment, name)).toBe(true);
  });

  test.each([
    ["* The kernel, compiled by itself. ", "Kernel"],
    ["* Pictures above this are not decoded. ", "maxPixels"],
    ["* Bytes of a `HuffmanSpec`. ", "specBytes"],
    ["* T.81 K.3. ", "standardTables"],
    ["* Gives the page back. ", "returnPage"],
  ])("are not: %j on %s", (comment, name) => {
    expect(repeatsName(comment, name)).toBe(false);
  });
});

/** Files with one fault each, by the rule that finds it. */
const faulty: readonly (readonly [string, string])[] = [
  ["dialect(constants)", "/** A limit. */\nexport const MOST_FILES = 12;\n"],
  [
    "dialect(constants)",
    "/** Counts. */\nexport function f(): number {\n  const MOST = 12;\n  return MOST;\n}\n",
  ],
  ["dialect(readonly)", "/** Where it is. */\nexport interface Place {\n  at: number;\n}\n"],
  ["dialect(comments)", "/** The kernel. */\nexport class Kernel {\n  readonly at = 1;\n}\n"],
  [
    "dialect(comments)",
    "/** Where it is. */\nexport interface Place {\n  /** The row. */\n  readonly row: number;\n}\n",
  ],
  ["dialect(exports)", "export const mostRows = 12;\n"],
  ["dialect(exports)", "export async function read(): Promise<void> {}\n"],
  ["dialect(exports)", "// Counted from the top.\nexport type Row = number;\n"],
  [
    "dialect(exports)",
    "/** Counted from the top. */\n\nconst row = 1;\nexport interface Place {\n  readonly row: typeof row;\n}\n",
  ],
  [
    "dialect(comments)",
    "/** Where it is. */\nexport class Place {\n  /** Its row. */\n  row(): number {\n    return 1;\n  }\n}\n",
  ],
  [
    "eslint(max-params)",
    "/** Adds up. */\nexport const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => a + b + c + d + e;\n",
  ],
];

const sound = `/** Files that a room holds at the most. */
export const mostFiles = 12;
/** Where something lies. */
export interface Place {
  /** Counted from the top. */
  readonly row: number;
  read(): number;
}
/** What is filled in place. */
export type Writable = { -readonly [Part in keyof Place]: Place[Part] };
/** Reads a row by its number, or all of them. */
export function read(row: number): string;
export function read(): readonly string[];
export function read(row?: number): string | readonly string[] {
  return row === undefined ? [] : String(row);
}
export { mostRows } from "./rows.ts";
/** Adds up. */
export const f = (a: 1, b: 1, c: 1, d: { readonly e: 1 }) => a + b + c + d.e;
`;

describe("the rules of the dialect", () => {
  const own = faulty.filter(([rule]) => rule.startsWith("dialect("));

  test.each(own)("find by %s the one fault of\n%s", (rule, code) => {
    expect(linted(dialect, code)).toEqual([expect.stringContaining(`${rule} `)]);
  });

  test("let a sound file pass", () => {
    expect(linted(dialect, sound)).toEqual([]);
  });

  test.each([
    ["a name in capitals that can change", "let MOST_FILES = 12;"],
    ["names that are taken out of something", "const { MOST_FILES, rows } = limits;"],
    ["a comment that is no doc comment", "/* The kernel. */\nclass Kernel {}"],
    ["a doc comment on what has no name", "class A {\n  /** The kernel. */\n  'kernel' = 1;\n}"],
    ["what a file hands on", 'export * from "./rows.ts";'],
  ])("have nothing against %s", (_, code) => {
    expect(linted(dialect, code)).toEqual([]);
  });

  test("name each constant of one declaration", () => {
    expect(linted(dialect, "const MOST_ROWS = 1, files = 2, MOST_FILES = 3;")).toEqual([
      "dialect(constants) Constants are named in camelCase: MOST_ROWS.",
      "dialect(constants) Constants are named in camelCase: MOST_FILES.",
    ]);
  });
});

const settingsSchema = z.looseObject({ jsPlugins: z.array(z.string()) });

/** The settings of the project for a folder of its own, which has no types to look at. */
function settingsElsewhere(): string {
  const text = readFileSync(join(projectRoot, ".oxlintrc.json"), "utf8");
  const settings = settingsSchema.parse(JSON.parse(text));
  const jsPlugins = settings.jsPlugins.map((plugin) => join(projectRoot, plugin));
  return JSON.stringify({ ...settings, jsPlugins, options: {} });
}

test("the linter refuses a file of src with any of these faults, and lets a sound one pass", async () => {
  const folder = await temporaryFolder();
  const files = faulty.map(([, code], index) => [`src/core/faulty-${index}.ts`, code] as const);
  await writeFiles(folder, {
    ".oxlintrc.json": settingsElsewhere(),
    "src/core/sound.ts": sound,
    ...Object.fromEntries(files),
  });
  const oxlint = join(projectRoot, "node_modules", "oxlint", "bin", "oxlint");
  const argv = [oxlint, "--format", "unix", "src"];
  const { stdout, status } = spawnSync(process.execPath, argv, { encoding: "utf8", cwd: folder });
  const found = stdout
    .split("\n")
    .filter((line) => line.endsWith("]"))
    .map(
      (line) => `${basename(line.split(".ts:", 1)[0] ?? "")} ${line.slice(line.lastIndexOf("/") + 1, -1)}`,
    );
  expect(found.sort()).toEqual(faulty.map(([rule], index) => `faulty-${index} ${rule}`).sort());
  expect(status).toBe(1);
});

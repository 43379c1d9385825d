import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";

import { describe, expect, test } from "vitest";

import { projectRoot } from "../../../scripts/wrangler.ts";

/** The documents that name files, and so go wrong in silence when a file is moved. */
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...globSync("docs/**/*.md", { cwd: projectRoot }),
];

/** What the examples of docs/extending.md and docs/developing.md build: a reader makes these files, the project has none of them. */
const examples = new Set([
  "src/metadata/facts/label.ts",
  "test/metadata/facts/NAME.test.ts",
  "src/thumbnail/pixmap/decode.ts",
  "src/storage/web-album.ts",
  "src/extractors/signs.ts",
  "src/db/media/same-day.ts",
  "src/http/routes/media/same-day.ts",
  "test/http/media/same-day.test.ts",
]);

/** Folders of the project, of which the documents speak by their whole paths. */
const roots = ["src", "test", "scripts", "bench", "docs", "migrations", "public", "deploy"];

function textOf(document: string): string {
  return readFileSync(join(projectRoot, document), "utf8");
}

/** The paths of the project that a document has in code, without a line's number or a pattern. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([a-z]+\/[\w./-]+)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => roots.some((root) => path.startsWith(`${root}/`)))
    .filter((path) => !examples.has(path));
}

/** All files of TypeScript that the project has. */
const sources = roots
  .filter((root) => existsSync(join(projectRoot, root)))
  .flatMap((root) =>
    readdirSync(join(projectRoot, root), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${root}/${name.replaceAll(sep, "/")}`),
  );

/** Whether a file is named by its whole path or by the end of it, as where the folder has been told just before. */
function isThere(name: string): boolean {
  if (examples.has(name) || existsSync(join(projectRoot, name))) return true;
  return sources.some((path) => path === name || path.endsWith(`/${name}`));
}

/** The files of TypeScript that a document has in code. */
function filesIn(text: string): string[] {
  return [...text.matchAll(/`([\w./-]+\.ts)`/g)].map(([, name = ""]) => name);
}

/** The files of TypeScript that the comments of a source name. */
function filesInComments(text: string): string[] {
  const isComment = (line: string): boolean => ["/*", "*", "//"].some((mark) => line.startsWith(mark));
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(isComment)
    .flatMap((line) => line.split(/[^\w./-]/))
    .map((word) => word.replace(/\.$/, ""))
    .filter((word) => word.endsWith(".ts"));
}

/** Where the links of a document lead to in the project. */
function linksIn(text: string): string[] {
  return text
    .split("](")
    .slice(1)
    .map((rest) => rest.split(/[)#\s]/, 1)[0] ?? "")
    .filter((target) => target !== "" && !target.includes(":"));
}

/** A test by its file, or by the folder of its file, and the beginning of its name. */
interface NamedTest {
  readonly path: string;
  readonly name: string;
}

function testsIn(text: string): NamedTest[] {
  return [...text.matchAll(/`(test\/[\w./-]+)` "([^"]+)"/g)].map(([, path = "", name = ""]) => ({
    path,
    name,
  }));
}

function sourceOf(path: string): string {
  const whole = join(projectRoot, path);
  if (!existsSync(whole)) return "";
  if (!statSync(whole).isDirectory()) return readFileSync(whole, "utf8");
  return readdirSync(whole, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(whole, name), "utf8"))
    .join("\n");
}

describe("what the documents name", () => {
  test.for(documents)("exists where %s says", (document) => {
    const gone = pathsIn(textOf(document)).filter((path) => !existsSync(join(projectRoot, path)));
    expect(gone).toEqual([]);
  });

  test.for(documents)("is somewhere where %s says only its name", (document) => {
    expect(filesIn(textOf(document)).filter((name) => !isThere(name))).toEqual([]);
  });

  test.for(documents)("is where the links of %s lead", (document) => {
    const folder = dirname(join(projectRoot, document));
    expect(linksIn(textOf(document)).filter((target) => !existsSync(join(folder, target)))).toEqual([]);
  });

  test("exists where a comment in src says", () => {
    const own = sources.filter((path) => path.startsWith("src/"));
    const gone = own.flatMap((path) =>
      filesInComments(textOf(path))
        .filter((name) => !isThere(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(gone).toEqual([]);
  });

  test.for(["docs/security.md", "docs/testing.md"])("are tests that are there: %s", (document) => {
    const named = testsIn(textOf(document));
    expect(named.filter(({ path, name }) => !sourceOf(path).includes(name))).toEqual([]);
  });

  test("is found: files and tests are named in these documents", () => {
    expect(pathsIn(textOf("docs/architecture.md")).length).toBeGreaterThan(40);
    expect(testsIn(textOf("docs/security.md")).length).toBeGreaterThan(10);
  });
});
